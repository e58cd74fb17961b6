package io.github.lanewise.kernels.scalar;

import static io.github.lanewise.kernels.scalar.Fma.fma;

/**
 * Parameter updates for n elements, p and its state from pOff on, g from gOff on. State that decays
 * below the normal range becomes 0: 0.9 times a small subnormal rounds back to itself, so it would
 * stay there for good, and processors take a hundred cycles for each.
 */
public final class ScalarOptimizers {
  private ScalarOptimizers() {}

  // spotless:off
  /** p = p − rate·g. */
  public static void sgd(int n, float rate, float[] p, int pOff, float[] g, int gOff) {
    for (int i = pOff; i < pOff + n; i++) {
      p[i] = fma(-rate, g[gOff - pOff + i], p[i]);
    }
  }

  /** v = momentum·v + g, p = p − rate·v. */
  public static void sgd(
      int n, float rate, float momentum, float[] p, int pOff, float[] g, int gOff, float[] v) {
    for (int i = pOff; i < pOff + n; i++) {
      float velocity = flush(fma(momentum, v[i], g[gOff - pOff + i]));
      v[i] = velocity;
      p[i] = fma(-rate, velocity, p[i]);
    }
  }

  /** m = β₁m + (1 − β₁)g, v = β₂v + (1 − β₂)g², p = p − rate·m / (scale·√v + ε). */
  public static void adam(
      int n, float rate, float beta1, float beta2, float scale, float epsilon,
      float[] p, int pOff, float[] g, int gOff, float[] m, float[] v) {
    float rest1 = 1 - beta1;
    float rest2 = 1 - beta2;
    for (int i = pOff; i < pOff + n; i++) {
      float gi = g[gOff - pOff + i];
      float mean = flush(fma(beta1, m[i], rest1 * gi));
      float square = flush(fma(beta2, v[i], (rest2 * gi) * gi));
      m[i] = mean;
      v[i] = square;
      p[i] -= (rate * mean) / fma((float) Math.sqrt(square), scale, epsilon);
    }
  }
  // spotless:on

  private static float flush(float x) {
    return Math.abs(x) < Float.MIN_NORMAL ? 0 : x;
  }
}
