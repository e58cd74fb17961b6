package io.github.lanewise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Values and gradients against double. The tolerance of a gradient is computed by {@link
 * BallBackpropagation#lossGradient}. That of a value follows from its formula: the sum is made in
 * double, so only the elementary functions in it count, each good to 4 ulps, 8u with u = 2⁻²⁴.
 */
class LossTest {
  private static final double U = 0x1p-24;

  private final SplittableRandom random = new SplittableRandom(12);

  @ParameterizedTest
  @EnumSource(Loss.class)
  void valueAndGradientAreThoseOfTheFormula(Loss loss) {
    for (int m : new int[] {1, 2, 7, 33}) {
      for (int n : new int[] {1, 2, 10, 37}) {
        for (float spread : new float[] {0.01f, 3, 60}) {
          float[] y = Floats.uniform(random, m * n, spread);
          float[] t = targets(loss, m, n);
          check(loss, m, n, y, t);
        }
      }
    }
  }

  private static void check(Loss loss, int m, int n, float[] y, float[] t) {
    float[] dY = new float[m * n];
    double value = loss.evaluate(matrix(y, n, m), matrix(t, n, m), matrix(dY, n, m));
    double exact =
        DoubleNetwork.loss(loss, m, n, DoubleNetwork.widened(y), DoubleNetwork.widened(t));
    assertThat(value).isCloseTo(exact, within(valueTolerance(loss, m, n, y, t, exact)));

    Ball[] balls = new Ball[m * n];
    Arrays.setAll(balls, i -> Ball.of(y[i]));
    Ball[] expected = BallBackpropagation.lossGradient(loss, m, n, balls, t);
    for (int i = 0; i < dY.length; i++) {
      assertThat((double) dY[i])
          .as("%s %d×%d, element %d", loss, n, m, i)
          .isCloseTo(expected[i].mid(), within(expected[i].rad()));
      assertThat(expected[i].rad()).isLessThan(1e-4);
    }
  }

  private static double valueTolerance(
      Loss loss, int m, int n, float[] y, float[] t, double exact) {
    double tolerance =
        switch (loss) {
          // log Σ e^x errs by Σ's relative error: 8u each, and the rounding of x, |x| ≤ 120, times
          // u.
          case SOFTMAX_CROSS_ENTROPY -> 2 * (8 + 2 * largest(y)) * U;
          // t·softplus(−y) + (1 − t)·softplus(y), no term of which is negative: 8u of the value.
          case SIGMOID_BINARY_CROSS_ENTROPY -> 8 * U * exact;
          // One rounding of y − t, squared.
          case MEAN_SQUARED_ERROR -> 2 * (U + U * U) * exact;
        };
    // What double adds to a sum of m·n terms of this size.
    return tolerance + m * n * 0x1p-53 * (exact + largest(y) * (1 + largest(t)));
  }

  /** Confident and right: the value is tiny, and all its digits count. */
  @ParameterizedTest
  @ValueSource(floats = {-90, -30, -17, -10, -3, 3, 10, 17, 30, 90})
  void binaryCrossEntropyKeepsSmallValues(float y) {
    float t = y > 0 ? 1 : 0;
    float[] dY = new float[1];
    double value =
        Loss.SIGMOID_BINARY_CROSS_ENTROPY.evaluate(
            matrix(new float[] {y}, 1, 1), matrix(new float[] {t}, 1, 1), matrix(dY, 1, 1));
    double exact = StrictMath.log1p(StrictMath.exp(-Math.abs((double) y)));
    // Below the normal floats a rounding of softplus is absolute.
    assertThat(value).isCloseTo(exact, within(8 * U * exact + Float.MIN_VALUE));
    assertThat(value).isPositive();
  }

  /** Logits that overflow exp, in float and in double: finite values, and probabilities 0 and 1. */
  @Test
  void softmaxOfLargeLogits() {
    float[] y = {1e4f, -1e4f, 0, -1e4f, 1e4f, 9999};
    float[] t = {1, 0, 0, 1, 0, 0};
    float[] dY = new float[6];
    double value =
        Loss.SOFTMAX_CROSS_ENTROPY.evaluate(matrix(y, 3, 2), matrix(t, 3, 2), matrix(dY, 3, 2));
    // The first example is right and costs nothing; the second costs 2·10⁴ + log(1 + 1/e).
    double second = 2e4 + StrictMath.log1p(StrictMath.exp(-1));
    assertThat(value).isCloseTo(second / 2, within(2 * 8 * U));
    double p = 1 / (1 + StrictMath.exp(-1));
    float[] expected = {0, 0, 0, -0.5f, (float) (p / 2), (float) ((1 - p) / 2)};
    for (int i = 0; i < 6; i++) {
      assertThat(dY[i]).isCloseTo(expected[i], within((float) (32 * U)));
    }
    check(Loss.SOFTMAX_CROSS_ENTROPY, 2, 3, new float[] {88.8f, 89, -89, 0, -104, 1}, t);
  }

  @Test
  void sigmoidOfLargeLogits() {
    float[] y = {1e4f, -1e4f, 1e4f, -1e4f};
    float[] t = {1, 0, 0, 1};
    float[] dY = new float[4];
    double value =
        Loss.SIGMOID_BINARY_CROSS_ENTROPY.evaluate(
            matrix(y, 1, 4), matrix(t, 1, 4), matrix(dY, 1, 4));
    assertThat(value).isEqualTo(2e4 / 4);
    assertThat(dY).containsExactly(0, 0, 0.25f, -0.25f);
  }

  /** Infinite logits: the limit of the value, beside a finite gradient. */
  @ParameterizedTest
  @CsvSource({
    "SOFTMAX_CROSS_ENTROPY, 1, -Infinity, 1, 0, 0, 0, 0",
    "SOFTMAX_CROSS_ENTROPY, 1, -Infinity, 0, 1, Infinity, 1, -1",
    "SIGMOID_BINARY_CROSS_ENTROPY, Infinity, -Infinity, 1, 0, 0, 0, 0",
    "SIGMOID_BINARY_CROSS_ENTROPY, Infinity, -Infinity, 0, 0, Infinity, 0.5, 0",
    "SIGMOID_BINARY_CROSS_ENTROPY, Infinity, -Infinity, 1, 1, Infinity, 0, -0.5",
    "SIGMOID_BINARY_CROSS_ENTROPY, Infinity, -Infinity, 0.5, 0, Infinity, 0.25, 0",
    "SIGMOID_BINARY_CROSS_ENTROPY, Infinity, -Infinity, 1, 0.5, Infinity, 0, -0.25"
  })
  void infiniteLogits(
      Loss loss, float y0, float y1, float t0, float t1, double value, float dY0, float dY1) {
    float[] dY = new float[2];
    assertThat(
            loss.evaluate(
                matrix(new float[] {y0, y1}, 2, 1),
                matrix(new float[] {t0, t1}, 2, 1),
                matrix(dY, 2, 1)))
        .isEqualTo(value);
    assertThat(dY).containsExactly(dY0, dY1);
  }

  /** NaN in, NaN out, in the value and in the gradient of its example; the others keep theirs. */
  @ParameterizedTest
  @EnumSource(Loss.class)
  void nanPropagates(Loss loss) {
    int n = 19;
    int m = 3;
    float[] y = Floats.uniform(random, n * m, 1);
    float[] t = targets(loss, m, n);
    float[] clean = new float[n * m];
    assertThat(loss.evaluate(matrix(y, n, m), matrix(t, n, m), matrix(clean, n, m))).isFinite();
    for (int spoiled = 0; spoiled < n * m; spoiled++) {
      float[] other = y.clone();
      other[spoiled] = Float.NaN;
      float[] dY = new float[n * m];
      assertThat(loss.evaluate(matrix(other, n, m), matrix(t, n, m), matrix(dY, n, m))).isNaN();
      float[] expected = clean.clone();
      if (loss == Loss.SOFTMAX_CROSS_ENTROPY) {
        int example = spoiled / n * n;
        Arrays.fill(expected, example, example + n, Float.NaN);
      } else {
        expected[spoiled] = Float.NaN;
      }
      Floats.assertSameBits(loss + " with " + spoiled + " spoiled", dY, expected);
    }
  }

  /** Nothing but dY is written, wherever in its array it starts. */
  @ParameterizedTest
  @EnumSource(Loss.class)
  void staysInside(Loss loss) {
    int n = 19;
    int m = 3;
    float[] y = Floats.uniform(random, n * m + 5, 1);
    float[] t = Floats.uniform(random, n * m + 5, 1);
    float[] dY = Floats.sentinels(n * m + 9);
    float[] yBefore = y.clone();
    float[] tBefore = t.clone();
    double value =
        loss.evaluate(
            FloatMatrix.columnMajor(y, 3, n, m, n),
            FloatMatrix.columnMajor(t, 1, n, m, n),
            FloatMatrix.columnMajor(dY, 4, n, m, n));

    float[] packed = new float[n * m];
    double packedValue =
        loss.evaluate(
            matrix(Arrays.copyOfRange(y, 3, 3 + n * m), n, m),
            matrix(Arrays.copyOfRange(t, 1, 1 + n * m), n, m),
            matrix(packed, n, m));
    float[] expected = Floats.sentinels(dY.length);
    System.arraycopy(packed, 0, expected, 4, packed.length);
    Floats.assertSameBits("dY", dY, expected);
    Floats.assertSameBits("y", y, yBefore);
    Floats.assertSameBits("target", t, tBefore);
    assertThat(value).isEqualTo(packedValue);
  }

  private float[] targets(Loss loss, int m, int n) {
    float[] t = new float[m * n];
    switch (loss) {
      case SOFTMAX_CROSS_ENTROPY -> {
        // Sums of two dyadic fractions are 1 exactly.
        for (int e = 0; e < m; e++) {
          float share = random.nextInt(65) / 64f;
          t[e * n + random.nextInt(n)] += share;
          t[e * n + random.nextInt(n)] += 1 - share;
        }
      }
      case SIGMOID_BINARY_CROSS_ENTROPY -> {
        for (int i = 0; i < t.length; i++) {
          t[i] = random.nextInt(65) / 64f;
        }
      }
      case MEAN_SQUARED_ERROR -> t = Floats.uniform(random, m * n, 3);
    }
    return t;
  }

  private static double largest(float[] x) {
    double largest = 0;
    for (float each : x) {
      largest = Math.max(largest, Math.abs(each));
    }
    return largest;
  }

  private static FloatMatrix matrix(float[] array, int rows, int columns) {
    return FloatMatrix.columnMajor(array, rows, columns);
  }
}
