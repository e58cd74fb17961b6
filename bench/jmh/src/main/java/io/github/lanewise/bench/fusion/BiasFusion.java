package io.github.lanewise.bench.fusion;

import io.github.lanewise.Activation;
import io.github.lanewise.DenseLayer;
import io.github.lanewise.FloatMatrix;
import io.github.lanewise.Gemm;
import io.github.lanewise.Workspace;
import java.util.List;

/** Z = W·Aprev + b: the bias is where the chains start, or C is filled with it before. */
final class BiasFusion implements Fusion {
  private final int nOut;
  private final int m;
  private final FloatMatrix w;
  private final float[] b;
  private final FloatMatrix aPrev;
  private final FloatMatrix z;
  private final DenseLayer layer;
  private final Workspace workspace = Workspace.forProducts();

  BiasFusion(int nOut, int nIn, int m) {
    this.nOut = nOut;
    this.m = m;
    w = FloatMatrix.columnMajor(Fusion.random(1, nOut * nIn, 1), nOut, nIn);
    b = Fusion.random(2, nOut, 1);
    aPrev = FloatMatrix.columnMajor(Fusion.random(3, nIn * m, 1), nIn, m);
    z = FloatMatrix.columnMajor(new float[nOut * m], nOut, m);
    layer = new DenseLayer(w, FloatMatrix.columnMajor(b, nOut, 1), Activation.IDENTITY);
  }

  @Override
  public void fused() {
    layer.forward(aPrev, z, z, workspace);
  }

  @Override
  public void apart() {
    for (int i = 0; i < m; i++) {
      System.arraycopy(b, 0, z.array(), i * nOut, nOut);
    }
    Gemm.multiplyAdd(w, aPrev, z, workspace);
  }

  @Override
  public List<float[]> results() {
    return List.of(z.array());
  }
}
