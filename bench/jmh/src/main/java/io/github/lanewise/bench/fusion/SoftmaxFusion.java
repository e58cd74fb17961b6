package io.github.lanewise.bench.fusion;

import io.github.lanewise.FloatMatrix;
import io.github.lanewise.Loss;
import io.github.lanewise.kernels.simd.SimdKernels;
import java.util.List;

/**
 * Softmax cross-entropy and its gradient in one call, or softmax as a layer and the loss after it.
 */
final class SoftmaxFusion implements Fusion {
  private final int n;
  private final int m;
  private final float[] y;
  private final float[] t;
  private final float[] p;
  private final float[] dY;
  private final FloatMatrix answers;
  private final FloatMatrix target;
  private final FloatMatrix gradient;
  private final double[] maxima;
  private final double[] sums;
  private final float[] loss = new float[1];
  private final SimdKernels kernels = new SimdKernels();

  SoftmaxFusion(int n, int m) {
    this.n = n;
    this.m = m;
    y = Fusion.random(1, n * m, 10);
    t = new float[n * m];
    for (int i = 0; i < m; i++) {
      t[i * n + i * 7 % n] = 1;
    }
    p = new float[n * m];
    dY = new float[n * m];
    answers = FloatMatrix.columnMajor(y, n, m);
    target = FloatMatrix.columnMajor(t, n, m);
    gradient = FloatMatrix.columnMajor(dY, n, m);
    maxima = new double[m];
    sums = new double[m];
  }

  @Override
  public void fused() {
    loss[0] = (float) Loss.SOFTMAX_CROSS_ENTROPY.evaluate(answers, target, gradient);
  }

  @Override
  public void apart() {
    softmax();
    double value = 0;
    for (int i = 0; i < m; i++) {
      for (int j = i * n; j < (i + 1) * n; j++) {
        value += t[j] * (maxima[i] - y[j]);
      }
    }
    for (int i = 0; i < m; i++) {
      double weight = 0;
      for (int j = i * n; j < (i + 1) * n; j++) {
        weight += t[j];
      }
      value += weight * StrictMath.log(sums[i]);
    }
    loss[0] = (float) (value / m);
    float perExample = 1f / m;
    for (int j = 0; j < n * m; j++) {
      dY[j] = (p[j] - t[j]) * perExample;
    }
  }

  private void softmax() {
    for (int i = 0; i < m; i++) {
      float max = Float.NEGATIVE_INFINITY;
      for (int j = i * n; j < (i + 1) * n; j++) {
        max = y[j] > max ? y[j] : max;
      }
      maxima[i] = max;
      for (int j = i * n; j < (i + 1) * n; j++) {
        p[j] = y[j] - max;
      }
    }
    kernels.exp(n * m, p, 0, p, 0);
    for (int i = 0; i < m; i++) {
      double sum = 0;
      for (int j = i * n; j < (i + 1) * n; j++) {
        sum += p[j];
      }
      sums[i] = sum;
      float scale = (float) (1 / sum);
      for (int j = i * n; j < (i + 1) * n; j++) {
        p[j] *= scale;
      }
    }
  }

  @Override
  public List<float[]> results() {
    return List.of(dY, loss);
  }
}
