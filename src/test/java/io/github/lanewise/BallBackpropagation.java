package io.github.lanewise;

import java.util.Arrays;

/**
 * Backpropagation in ball arithmetic: what the float gradient of a network must be, and how far
 * rounding may have carried it from there. Every rounding of the documented formulae appears as one
 * {@code rounded()}.
 */
final class BallBackpropagation {
  /** exp errs by 4 ulps at most. */
  private static final double EXP = 8 * Ball.U;

  /** |g'| ≤ 3/2 for every activation (hardswish just below 3). */
  private static final double STEEPEST = 1.5;

  /** |dg'/dsaved| ≤ 2 for every activation (tanh's 1 − a² at a = 1). */
  private static final double STEEPEST_DERIVATIVE = 2;

  private final Network network;
  private final int[] sizes;
  private final int m;

  private BallBackpropagation(Network network, int m) {
    this.network = network;
    this.sizes = network.sizes();
    this.m = m;
  }

  /**
   * The gradient.
   *
   * @param start what the gradients are added to
   */
  static Ball[] gradient(
      Network network, float[] x, float[] target, int m, Loss loss, float[] start) {
    return new BallBackpropagation(network, m).gradient(x, target, loss, start);
  }

  private Ball[] gradient(float[] x, float[] target, Loss loss, float[] start) {
    int layers = network.layers().size();
    Ball[][] a = new Ball[layers + 1][];
    Ball[][] z = new Ball[layers + 1][];
    a[0] = exact(x);
    for (int l = 0; l < layers; l++) {
      z[l + 1] = affine(l, a[l]);
      Activation g = network.layers().get(l).activation();
      a[l + 1] = Arrays.stream(z[l + 1]).map(ball -> value(g, ball)).toArray(Ball[]::new);
    }
    Ball[] gradient = exact(start);
    Ball[] dA = lossGradient(loss, sizes[layers], a[layers], target);
    for (int l = layers - 1; l >= 0; l--) {
      Activation g = network.layers().get(l).activation();
      Ball[] dZ = new Ball[dA.length];
      for (int i = 0; i < dA.length; i++) {
        dZ[i] = dA[i].times(derivative(g, z[l + 1][i], a[l + 1][i])).rounded();
      }
      parameterGradient(l, dZ, a[l], gradient);
      dA = inputGradient(l, dZ);
    }
    return gradient;
  }

  private static Ball[] exact(float[] x) {
    Ball[] balls = new Ball[x.length];
    Arrays.setAll(balls, i -> Ball.of(x[i]));
    return balls;
  }

  private static Ball fma(Ball a, Ball b, Ball c) {
    return a.times(b).plus(c).rounded();
  }

  private Ball weight(int l, int i, int p) {
    return Ball.of(network.layers().get(l).weights().get(i, p));
  }

  private Ball[] affine(int l, Ball[] aPrev) {
    int nIn = sizes[l];
    int nOut = sizes[l + 1];
    Ball[] z = new Ball[nOut * m];
    for (int e = 0; e < m; e++) {
      for (int i = 0; i < nOut; i++) {
        Ball sum = Ball.of(network.layers().get(l).bias().get(i, 0));
        for (int p = 0; p < nIn; p++) {
          sum = fma(weight(l, i, p), aPrev[p + e * nIn], sum);
        }
        z[i + e * nOut] = sum;
      }
    }
    return z;
  }

  private static Ball value(Activation g, Ball z) {
    double value = DoubleNetwork.value(g, z.mid());
    return new Ball(value, STEEPEST * z.rad()).widened(Activations.tolerance(value));
  }

  private static Ball derivative(Activation g, Ball z, Ball a) {
    Ball saved = g.derivativeFromA() ? a : z;
    return new Ball(
        DoubleNetwork.derivative(g, z.mid()),
        STEEPEST_DERIVATIVE * saved.rad() + Activations.DERIVATIVE_TOLERANCE);
  }

  private void parameterGradient(int l, Ball[] dZ, Ball[] aPrev, Ball[] gradient) {
    int nIn = sizes[l];
    int nOut = sizes[l + 1];
    for (int i = 0; i < nOut; i++) {
      int b = network.biasOffset(l) + i;
      for (int e = 0; e < m; e++) {
        gradient[b] = gradient[b].plus(dZ[i + e * nOut]).rounded();
      }
      for (int p = 0; p < nIn; p++) {
        int w = network.weightOffset(l) + i + p * nOut;
        for (int e = 0; e < m; e++) {
          gradient[w] = fma(dZ[i + e * nOut], aPrev[p + e * nIn], gradient[w]);
        }
      }
    }
  }

  private Ball[] inputGradient(int l, Ball[] dZ) {
    int nIn = sizes[l];
    int nOut = sizes[l + 1];
    Ball[] dAPrev = new Ball[nIn * m];
    for (int e = 0; e < m; e++) {
      for (int p = 0; p < nIn; p++) {
        Ball sum = Ball.of(0);
        for (int i = 0; i < nOut; i++) {
          sum = fma(weight(l, i, p), dZ[i + e * nOut], sum);
        }
        dAPrev[p + e * nIn] = sum;
      }
    }
    return dAPrev;
  }

  /** dY for m examples of n contiguous outputs, as the formulae of {@link Loss} compute it. */
  Ball[] lossGradient(Loss loss, int n, Ball[] y, float[] target) {
    return lossGradient(loss, m, n, y, target);
  }

  static Ball[] lossGradient(Loss loss, int m, int n, Ball[] y, float[] target) {
    Ball perElement = Ball.of(1.0 / (m * (double) n)).rounded();
    Ball[] dY = new Ball[m * n];
    for (int e = 0; e < m; e++) {
      if (loss == Loss.SOFTMAX_CROSS_ENTROPY) {
        softmax(n, y, e * n, dY);
      }
      for (int i = e * n; i < (e + 1) * n; i++) {
        Ball t = Ball.of(target[i]);
        dY[i] =
            switch (loss) {
              case SOFTMAX_CROSS_ENTROPY ->
                  dY[i].minus(t).rounded().times(Ball.of(1.0 / m).rounded()).rounded();
              case SIGMOID_BINARY_CROSS_ENTROPY ->
                  value(Activation.SIGMOID, y[i]).minus(t).rounded().times(perElement).rounded();
              case MEAN_SQUARED_ERROR ->
                  y[i].minus(t).rounded().times(perElement).times(Ball.of(2)).rounded();
            };
      }
    }
    return dY;
  }

  private static void softmax(int n, Ball[] y, int from, Ball[] p) {
    Ball max = new Ball(Double.NEGATIVE_INFINITY, 0);
    for (int i = from; i < from + n; i++) {
      max = new Ball(Math.max(max.mid(), y[i].mid()), Math.max(max.rad(), y[i].rad()));
    }
    Ball sum = Ball.of(0);
    for (int i = from; i < from + n; i++) {
      Ball x = y[i].minus(max).rounded();
      double value = StrictMath.exp(x.mid());
      // e^(x + r) - e^x = e^x·expm1(r); below the normal floats an error is absolute.
      double radius = value * StrictMath.expm1(x.rad());
      p[i] = new Ball(value, radius).widened(EXP * (value + radius) + Float.MIN_NORMAL);
      sum = sum.plus(p[i]);
    }
    Ball scale = sum.inverse().rounded();
    for (int i = from; i < from + n; i++) {
      p[i] = p[i].times(scale).rounded();
    }
  }
}
