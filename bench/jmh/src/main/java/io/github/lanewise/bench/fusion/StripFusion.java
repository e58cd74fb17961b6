package io.github.lanewise.bench.fusion;

import io.github.lanewise.Activation;
import io.github.lanewise.DenseLayer;
import io.github.lanewise.FloatMatrix;
import io.github.lanewise.Workspace;
import java.util.ArrayList;
import java.util.List;

/**
 * A = gelu(W·Aprev + b), Z kept: the activation on each strip of Z while it is warm, or one sweep
 * after the product.
 */
final class StripFusion implements Fusion {
  /** A part of the layer: some outputs, some examples. */
  private record Strip(DenseLayer layer, FloatMatrix aPrev, FloatMatrix z, FloatMatrix a) {}

  private final List<Strip> strips = new ArrayList<>();
  private final Strip whole;
  private final Workspace workspace = Workspace.forProducts();

  private StripFusion(int nOut, int nIn, int m, int outputs, int examples) {
    FloatMatrix w = FloatMatrix.columnMajor(Fusion.random(1, nOut * nIn, 1), nOut, nIn);
    FloatMatrix b = FloatMatrix.columnMajor(Fusion.random(2, nOut, 1), nOut, 1);
    FloatMatrix aPrev = FloatMatrix.columnMajor(Fusion.random(3, nIn * m, 1), nIn, m);
    FloatMatrix z = FloatMatrix.columnMajor(new float[nOut * m], nOut, m);
    FloatMatrix a = FloatMatrix.columnMajor(new float[nOut * m], nOut, m);
    whole = new Strip(new DenseLayer(w, b, Activation.GELU), aPrev, z, a);
    for (int i = 0; i < nOut; i += outputs) {
      int rows = Math.min(outputs, nOut - i);
      DenseLayer layer =
          new DenseLayer(w.subMatrix(i, 0, rows, nIn), b.subMatrix(i, 0, rows, 1), Activation.GELU);
      for (int j = 0; j < m; j += examples) {
        int columns = Math.min(examples, m - j);
        strips.add(
            new Strip(
                layer,
                aPrev.subMatrix(0, j, nIn, columns),
                z.subMatrix(i, j, rows, columns),
                a.subMatrix(i, j, rows, columns)));
      }
    }
  }

  static Fusion ofExamples(int nOut, int nIn, int m, int examples) {
    return new StripFusion(nOut, nIn, m, nOut, examples);
  }

  static Fusion ofOutputs(int nOut, int nIn, int m, int outputs) {
    return new StripFusion(nOut, nIn, m, outputs, m);
  }

  @Override
  public void fused() {
    for (int i = 0; i < strips.size(); i++) {
      run(strips.get(i));
    }
  }

  @Override
  public void apart() {
    run(whole);
  }

  private void run(Strip strip) {
    strip.layer.forward(strip.aPrev, strip.z, strip.a, workspace);
  }

  @Override
  public List<float[]> results() {
    return List.of(whole.z.array(), whole.a.array());
  }
}
