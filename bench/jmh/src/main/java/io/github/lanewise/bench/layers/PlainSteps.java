package io.github.lanewise.bench.layers;

import io.github.lanewise.bench.peer.Chain;
import io.github.lanewise.bench.peer.Mlp;
import io.github.lanewise.bench.peer.TrainingPeer;
import io.github.lanewise.kernels.scalar.ScalarMath;
import java.nio.FloatBuffer;

/**
 * The steps of a training in plain Java, one element after the other, with the scalar twin's
 * exponential: what Lanewise's must be to the bit.
 */
final class PlainSteps implements TrainingPeer.Steps {
  private final Mlp mlp;
  private final TrainingPeer.Batch batch;
  private final float momentum;

  /** Of each layer W, an input a line, and b; and the velocities of both. */
  private final float[][][] parameters;

  private final float[][][] velocities;
  private float rate;

  PlainSteps(Mlp mlp, TrainingPeer.Batch batch, float rate, float momentum) {
    this.mlp = mlp;
    this.batch = batch;
    this.rate = rate;
    this.momentum = momentum;
    parameters = new float[mlp.layers()][][];
    velocities = new float[mlp.layers()][][];
    for (int l = 0; l < mlp.layers(); l++) {
      float[] w = Chain.transposed(mlp.weights(l), mlp.size(l + 1), mlp.size(l));
      parameters[l] = new float[][] {w, mlp.bias(l)};
      velocities[l] = new float[][] {new float[w.length], new float[mlp.size(l + 1)]};
    }
  }

  @Override
  public double step() {
    int m = batch.size();
    float[][] a = new float[mlp.layers() + 1][];
    a[0] = batch.x();
    for (int l = 0; l < mlp.layers(); l++) {
      a[l + 1] = mlp.layer(l, m, a[l], parameters[l][0], parameters[l][1]);
    }
    float[] dZ = new float[m * mlp.outputs()];
    double loss = loss(a[mlp.layers()], dZ);
    for (int l = mlp.layers() - 1; l >= 0; l--) {
      int nIn = mlp.size(l);
      int nOut = mlp.size(l + 1);
      float[] below = new float[m * nIn];
      if (l > 0) {
        float[] transposed = Chain.transposed(parameters[l][0], nIn, nOut);
        Chain.multiply(m, nIn, nOut, dZ, nOut, 1, transposed, below);
        for (int i = 0; i < below.length; i++) {
          below[i] *= a[l][i] > 0 ? 1 : 0;
        }
      }
      float[] dW = new float[nIn * nOut];
      Chain.multiply(nIn, nOut, m, a[l], 1, nIn, dZ, dW);
      update(l, 0, dW);
      update(l, 1, Chain.sums(nOut, dZ));
      dZ = below;
    }
    return loss;
  }

  /** Softmax and cross-entropy, and their gradient. */
  private double loss(float[] y, float[] dY) {
    int m = batch.size();
    int n = mlp.outputs();
    float[] max = new float[m];
    double loss = 0;
    for (int e = 0; e < m; e++) {
      max[e] = Float.NEGATIVE_INFINITY;
      for (int i = e * n; i < (e + 1) * n; i++) {
        max[e] = Math.max(max[e], y[i]);
      }
      loss += (double) max[e] - y[e * n + batch.labels()[e]];
    }
    for (int e = 0; e < m; e++) {
      double sum = 0;
      for (int i = e * n; i < (e + 1) * n; i++) {
        dY[i] = ScalarMath.exp(y[i] - max[e]);
        sum += dY[i];
      }
      loss += StrictMath.log(sum);
      float scale = (float) (1 / sum);
      for (int j = 0; j < n; j++) {
        float target = j == batch.labels()[e] ? 1 : 0;
        dY[e * n + j] = (dY[e * n + j] * scale - target) * (1f / m);
      }
    }
    return loss / m;
  }

  /** v = momentum·v + g, p = p − rate·v; what decays below the normal range becomes 0. */
  private void update(int layer, int part, float[] g) {
    float[] p = parameters[layer][part];
    float[] v = velocities[layer][part];
    for (int i = 0; i < p.length; i++) {
      v[i] = Math.fma(momentum, v[i], g[i]);
      v[i] = momentum > 0 && Math.abs(v[i]) < Float.MIN_NORMAL ? 0 : v[i];
      p[i] = Math.fma(-rate, v[i], p[i]);
    }
  }

  @Override
  public void rate(float rate) {
    this.rate = rate;
  }

  @Override
  public float[] parameters() {
    FloatBuffer all = FloatBuffer.allocate(mlp.network().parameters().length);
    for (int l = 0; l < mlp.layers(); l++) {
      all.put(Chain.transposed(parameters[l][0], mlp.size(l), mlp.size(l + 1)));
      all.put(parameters[l][1]);
    }
    return all.array();
  }
}
