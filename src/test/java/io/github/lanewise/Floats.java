package io.github.lanewise;

import static org.assertj.core.api.Assertions.fail;

import java.util.SplittableRandom;

/** Arrays of seeded floats, and their comparison by bits. */
public final class Floats {
  private Floats() {}

  /** Uniform on [-limit, limit). */
  public static float[] uniform(SplittableRandom random, int length, float limit) {
    float[] x = new float[length];
    for (int i = 0; i < length; i++) {
      x[i] = (float) (limit * (2 * random.nextDouble() - 1));
    }
    return x;
  }

  /**
   * Floats that no formula yields by accident, each another one, so that a stray write or copy
   * shows.
   */
  public static float[] sentinels(int length) {
    float[] x = new float[length];
    for (int i = 0; i < length; i++) {
      x[i] = Float.intBitsToFloat(0x6b5a_0000 + i);
    }
    return x;
  }

  /** A matrix of seeded floats, column by column with gaps, that starts a little into its array. */
  static FloatMatrix gappy(SplittableRandom random, int rows, int columns, int gap) {
    int ld = rows + gap;
    return FloatMatrix.columnMajor(uniform(random, gap + ld * columns, 1), gap, rows, columns, ld);
  }

  /** The elements of a matrix, column by column, without gaps. */
  static float[] elements(FloatMatrix x) {
    float[] elements = new float[x.rows() * x.columns()];
    for (int j = 0; j < x.columns(); j++) {
      for (int i = 0; i < x.rows(); i++) {
        elements[i + j * x.rows()] = x.get(i, j);
      }
    }
    return elements;
  }

  /** Equal bit for bit; zeros differ by sign, and every NaN is the same. */
  public static void assertSameBits(String what, float[] actual, float[] expected) {
    if (actual.length != expected.length) {
      fail("%s: %d floats instead of %d", what, actual.length, expected.length);
    }
    for (int i = 0; i < expected.length; i++) {
      if (Float.floatToIntBits(actual[i]) != Float.floatToIntBits(expected[i])) {
        fail(
            "%s: float %d of %d is %s (%08x) instead of %s (%08x)",
            what,
            i,
            expected.length,
            actual[i],
            Float.floatToRawIntBits(actual[i]),
            expected[i],
            Float.floatToRawIntBits(expected[i]));
      }
    }
  }
}
