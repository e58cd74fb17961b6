package io.github.lanewise.kernels;

/**
 * The elementary functions in double precision: what the errors of {@link Elementary} are measured
 * against. Their own errors, some 2^-50, do not show in the ulps of a float.
 */
final class Exact {
  private Exact() {}

  private static final double SQRT_2_PI = Math.sqrt(2 * Math.PI);

  static double sigmoid(double x) {
    double e = Math.exp(-Math.abs(x));
    return (x < 0 ? e : 1) / (1 + e);
  }

  static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  static double silu(double x) {
    return times(x, sigmoid(x));
  }

  static double siluFromZ(double z) {
    return sigmoid(z) + times(z, sigmoid(z) * sigmoid(-z));
  }

  static double hardswish(double x) {
    return x <= -3 ? 0 : x >= 3 ? x : x * (x + 3) / 6;
  }

  static double hardswishFromZ(double z) {
    return z <= -3 ? 0 : z >= 3 ? 1 : (2 * z + 3) / 6;
  }

  static double geluTanh(double x) {
    return times(x, sigmoid(twoW(x)));
  }

  static double geluTanhFromZ(double z) {
    double v = twoW(z);
    double slope = Math.sqrt(8 / Math.PI) * (1 + 3 * 0.044715 * z * z);
    return sigmoid(v) + times(z * slope, sigmoid(v) * sigmoid(-v));
  }

  private static double twoW(double x) {
    return Math.sqrt(8 / Math.PI) * (x + 0.044715 * x * x * x);
  }

  static double gelu(double x) {
    return Math.max(x, 0) - times(Math.abs(x), tail(Math.abs(x)));
  }

  static double geluFromZ(double z) {
    double a = Math.abs(z);
    double d = tail(a) - times(a, Math.exp(-a * a / 2) / SQRT_2_PI);
    return z > 0 ? 1 - d : d;
  }

  /** x·factor, but an infinite x is no match for a factor that has vanished. */
  private static double times(double x, double factor) {
    return factor == 0 ? 0 : x * factor;
  }

  /** Φ(-a) for a ≥ 0: the series of Φ near 0, the continued fraction of Laplace beyond. */
  private static double tail(double a) {
    double density = Math.exp(-a * a / 2) / SQRT_2_PI;
    if (density == 0) {
      return 0;
    }
    if (a < 2.5) {
      double sum = 0;
      double term = a;
      for (int k = 1; term > 1e-18 * sum; k++) {
        sum += term;
        term *= a * a / (2 * k + 1);
      }
      return 0.5 - density * sum;
    }
    double fraction = a;
    for (int k = 12 + (int) (660 / (a * a)); k > 0; k--) {
      fraction = a + k / fraction;
    }
    return density / fraction;
  }
}
