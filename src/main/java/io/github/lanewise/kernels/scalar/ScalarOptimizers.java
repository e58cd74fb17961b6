package io.github.lanewise.kernels.scalar;

import static io.github.lanewise.kernels.scalar.Fma.fma;

/**
 * Parameter updates for the elements [from, to). State that decays below the normal range becomes
 * 0: 0.9 times a small subnormal rounds back to itself, so it would stay there for good, and
 * processors take a hundred cycles for each.
 */
public final class ScalarOptimizers {
  private ScalarOptimizers() {}

  // spotless:off
  /** p = p − rate·g. */
  public static void sgd(int from, int to, float rate, float[] p, float[] g) {
    for (int i = from; i < to; i++) {
      p[i] = fma(-rate, g[i], p[i]);
    }
  }

  /** v = momentum·v + g, p = p − rate·v. */
  public static void sgd(
      int from, int to, float rate, float momentum, float[] p, float[] g, float[] v) {
    for (int i = from; i < to; i++) {
      float velocity = flush(fma(momentum, v[i], g[i]));
      v[i] = velocity;
      p[i] = fma(-rate, velocity, p[i]);
    }
  }

  /** m = β₁m + (1 − β₁)g, v = β₂v + (1 − β₂)g², p = p − rate·m / (scale·√v + ε). */
  public static void adam(
      int from, int to, float rate, float beta1, float beta2, float scale, float epsilon,
      float[] p, float[] g, float[] m, float[] v) {
    float rest1 = 1 - beta1;
    float rest2 = 1 - beta2;
    for (int i = from; i < to; i++) {
      float gi = g[i];
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
