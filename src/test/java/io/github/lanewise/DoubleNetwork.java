package io.github.lanewise;

import java.util.ArrayList;
import java.util.List;

/**
 * The loss of a network as a function of its parameters, in double and straight from the textbook:
 * formulae of its own, no code of the library but the sizes and the names of the activations.
 */
final class DoubleNetwork {
  private final int[] sizes;
  private final List<Activation> activations = new ArrayList<>();
  private final Loss loss;
  private final double[] x;
  private final double[] target;
  private final int m;

  /** How near any Z of the last evaluation came to a point where g has no derivative. */
  private double kinkDistance;

  /** Which pieces of the piecewise activations the last evaluation was on. */
  private int pieces;

  DoubleNetwork(Network network, float[] x, float[] target, int m, Loss loss) {
    this.sizes = network.sizes();
    network.layers().forEach(layer -> activations.add(layer.activation()));
    this.loss = loss;
    this.x = widened(x);
    this.target = widened(target);
    this.m = m;
  }

  static double[] widened(float[] x) {
    double[] wide = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      wide[i] = x[i];
    }
    return wide;
  }

  double kinkDistance() {
    return kinkDistance;
  }

  int pieces() {
    return pieces;
  }

  /** The loss for parameters laid out as {@link Network#parameters()}. */
  double loss(double[] parameters) {
    kinkDistance = Double.POSITIVE_INFINITY;
    pieces = 1;
    double[] a = x;
    int offset = 0;
    for (int l = 0; l < activations.size(); l++) {
      int nIn = sizes[l];
      int nOut = sizes[l + 1];
      double[] next = new double[nOut * m];
      for (int e = 0; e < m; e++) {
        for (int i = 0; i < nOut; i++) {
          double z = parameters[offset + nOut * nIn + i];
          for (int p = 0; p < nIn; p++) {
            z += parameters[offset + i + p * nOut] * a[p + e * nIn];
          }
          noteKinks(activations.get(l), z);
          next[i + e * nOut] = value(activations.get(l), z);
        }
      }
      offset += nOut * (nIn + 1);
      a = next;
    }
    return loss(loss, m, sizes[activations.size()], a, target);
  }

  private void noteKinks(Activation g, double z) {
    for (double kink : kinks(g)) {
      kinkDistance = Math.min(kinkDistance, Math.abs(z - kink));
      pieces = 31 * pieces + (z > kink ? 1 : 0);
    }
  }

  private static double[] kinks(Activation g) {
    return switch (g.kind()) {
      case RELU, LEAKY_RELU, ELU -> new double[] {0};
      case HARDSWISH -> new double[] {-3, 3};
      default -> new double[0];
    };
  }

  /** g(z). */
  static double value(Activation g, double z) {
    return switch (g.kind()) {
      case IDENTITY -> z;
      case RELU -> z > 0 ? z : 0;
      case LEAKY_RELU -> z > 0 ? z : g.parameter() * z;
      case ELU -> z > 0 ? z : g.parameter() * StrictMath.expm1(z);
      case SIGMOID -> 1 / (1 + StrictMath.exp(-z));
      case TANH -> StrictMath.tanh(z);
      case SOFTPLUS -> Math.max(z, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
      case GELU -> z * (1 + erf(z / Math.sqrt(2))) / 2;
      case GELU_TANH ->
          z / 2 * (1 + StrictMath.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z * z * z)));
      case SILU -> z / (1 + StrictMath.exp(-z));
      case HARDSWISH -> z * Math.min(Math.max(z + 3, 0), 6) / 6;
    };
  }

  /** g'(z). */
  static double derivative(Activation g, double z) {
    return switch (g.kind()) {
      case IDENTITY -> 1;
      case RELU -> z > 0 ? 1 : 0;
      case LEAKY_RELU -> z > 0 ? 1 : g.parameter();
      case ELU -> z > 0 ? 1 : g.parameter() * StrictMath.exp(z);
      case SIGMOID -> logistic(z) * logistic(-z);
      case TANH -> 1 / (StrictMath.cosh(z) * StrictMath.cosh(z));
      case SOFTPLUS -> logistic(z);
      case GELU ->
          (1 + erf(z / Math.sqrt(2))) / 2 + z * StrictMath.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
      case GELU_TANH -> {
        double c = Math.sqrt(2 / Math.PI);
        double t = StrictMath.tanh(c * (z + 0.044715 * z * z * z));
        yield (1 + t) / 2 + z / 2 * (1 - t * t) * c * (1 + 3 * 0.044715 * z * z);
      }
      case SILU -> logistic(z) * (1 + z * logistic(-z));
      case HARDSWISH -> z <= -3 ? 0 : z >= 3 ? 1 : (2 * z + 3) / 6;
    };
  }

  private static double logistic(double z) {
    return 1 / (1 + StrictMath.exp(-z));
  }

  /**
   * erf x = 2/√π·e^(−x²)·Σ 2ⁿ·x^(2n+1)/(1·3·5···(2n+1)) (Abramowitz and Stegun, 7.1.6): all terms
   * have one sign, so nothing cancels; beyond 6 it is ±1 in double.
   */
  static double erf(double x) {
    if (Math.abs(x) > 6) {
      return Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
  }

  /** A loss for m examples of n contiguous outputs. */
  static double loss(Loss loss, int m, int n, double[] y, double[] t) {
    double sum = 0;
    for (int e = 0; e < m; e++) {
      double max = Double.NEGATIVE_INFINITY;
      for (int i = e * n; i < (e + 1) * n; i++) {
        max = Math.max(max, y[i]);
      }
      double exponentials = 0;
      for (int i = e * n; i < (e + 1) * n; i++) {
        exponentials += StrictMath.exp(y[i] - max);
      }
      for (int i = e * n; i < (e + 1) * n; i++) {
        sum +=
            switch (loss) {
              case SOFTMAX_CROSS_ENTROPY -> -t[i] * (y[i] - max - StrictMath.log(exponentials));
              case SIGMOID_BINARY_CROSS_ENTROPY ->
                  t[i] * value(Activation.SOFTPLUS, -y[i])
                      + (1 - t[i]) * value(Activation.SOFTPLUS, y[i]);
              case MEAN_SQUARED_ERROR -> (y[i] - t[i]) * (y[i] - t[i]);
            };
      }
    }
    return loss == Loss.SOFTMAX_CROSS_ENTROPY ? sum / m : sum / ((double) m * n);
  }
}
