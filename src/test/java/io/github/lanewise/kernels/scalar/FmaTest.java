package io.github.lanewise.kernels.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The emulation that machines without an fma instruction run has the bits of {@link Math#fma(float,
 * float, float)}, which the language defines to be rounded once. Random bits alone would hardly
 * ever meet the cases that break emulations, so each kind of them gets a million draws of its own.
 */
class FmaTest {
  private static final int DRAWS = 1_000_000;

  private final SplittableRandom random = new SplittableRandom(99);

  /** Any bits: NaN, infinities, and sums that overflow or swallow one of their terms. */
  @Test
  void anyBits() {
    for (int i = 0; i < DRAWS; i++) {
      check(bits(), bits(), bits());
    }
  }

  /** c near −a·b: all the digits of the sum come from the low half of the product. */
  @Test
  void cancellation() {
    for (int i = 0; i < DRAWS; i++) {
      float a = scaled(60);
      float b = scaled(60);
      float c = -(a * b);
      check(a, b, Float.intBitsToFloat(Float.floatToRawIntBits(c) + random.nextInt(-2, 3)));
    }
  }

  /**
   * Sums half-way between two floats, and a trace beside it: a product a·b of few digits that ends
   * half a unit below c's last place, and one in the last places that double can hold or just
   * beyond them.
   */
  @Test
  void halfWay() {
    for (int i = 0; i < DRAWS; i++) {
      float c = scaled(20);
      float half = Math.ulp(c) / 2;
      // (1 + trace)(1 − trace) and the like: exact products just beside 1.
      float trace = Math.scalb(1f, -random.nextInt(1, 24));
      float a = (1 + trace) * half;
      float b = random.nextBoolean() ? 1 - trace : 1;
      check(random.nextBoolean() ? a : -a, b, c);
      check(half, random.nextBoolean() ? 1 : -1, c);
      check(Math.scalb(half, -random.nextInt(0, 60)), 1 + trace, c);
    }
  }

  /** Results around and below the smallest normal float, where a result has fewer digits. */
  @Test
  void subnormalResults() {
    for (int i = 0; i < DRAWS; i++) {
      float a = Math.scalb(mantissa(), random.nextInt(-80, -40));
      float b = Math.scalb(mantissa(), random.nextInt(-80, -55));
      float c = Float.intBitsToFloat(random.nextInt(1 << 25) | sign());
      check(a, b, c);
      check(a, b, random.nextBoolean() ? 0f : -0f);
    }
  }

  /** Results around the largest float. */
  @Test
  void overflow() {
    for (int i = 0; i < DRAWS; i++) {
      float a = Math.scalb(mantissa(), random.nextInt(60, 66));
      float b = Math.scalb(mantissa(), random.nextInt(60, 66));
      float c = Float.intBitsToFloat((0x7f7f_ffff - random.nextInt(1 << 24)) | sign());
      check(a, b, c);
    }
  }

  /** Terms of any distance, up to where one of them is only a sticky bit of the other. */
  @Test
  void everyDistance() {
    for (int i = 0; i < DRAWS; i++) {
      int exponent = random.nextInt(-30, 31);
      float a = Math.scalb(mantissa(), exponent);
      float b = mantissa();
      float c = Math.scalb(mantissa(), exponent + random.nextInt(-60, 61));
      check(a, b, c);
    }
  }

  /** Every triple of the numbers with names. */
  @Test
  void specials() {
    float[] specials = {
      0f,
      -0f,
      1f,
      -1f,
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      Float.MIN_NORMAL,
      -Float.MIN_NORMAL,
      0x0.fffffep-126f,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      0x1.000002p0f,
      0x1.fffffep-1f,
      0.5f,
      2f,
      0x1p-24f,
      0x1p-25f,
      0x1p24f,
      0x1p-75f
    };
    for (float a : specials) {
      for (float b : specials) {
        for (float c : specials) {
          check(a, b, c);
        }
      }
    }
  }

  /** What the chains call is one of the two. */
  @Test
  void fmaIsRoundedOnce() {
    // (1 + 2⁻²³)(1 − 2⁻²³) − 1 = −2⁻⁴⁶, which two roundings would make 0.
    assertThat(Fma.fma(1 + 0x1p-23f, 1 - 0x1p-23f, -1)).isEqualTo(-0x1p-46f);
  }

  private void check(float a, float b, float c) {
    float expected = Math.fma(a, b, c);
    float actual = Fma.emulated(a, b, c);
    if (Float.floatToIntBits(actual) != Float.floatToIntBits(expected)) {
      fail("%a · %a + %a = %a, not %a", a, b, c, expected, actual);
    }
  }

  private int sign() {
    return random.nextInt() & Integer.MIN_VALUE;
  }

  private float bits() {
    return Float.intBitsToFloat(random.nextInt());
  }

  /** ±[1, 2), often with few digits. */
  private float mantissa() {
    int bits = (random.nextInt() & 0x807f_ffff) | 0x3f80_0000;
    return Float.intBitsToFloat(bits & -1 << random.nextInt(24));
  }

  private float scaled(int exponent) {
    return Math.scalb(mantissa(), random.nextInt(-exponent, exponent + 1));
  }
}
