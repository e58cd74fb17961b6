package io.github.lanewise.kernels.scalar;

import io.github.lanewise.kernels.Machine;

/**
 * The fused multiply-add, a·b + c rounded once, that every chain of Lanewise is made of.
 *
 * <p>{@link Math#fma(float, float, float)} is one instruction where the hardware has it and a
 * detour through {@code BigDecimal} where it has not. There the exact emulation below keeps the
 * same bits at a few tens of instructions.
 */
public final class Fma {
  private static final boolean HARDWARE = Machine.hasHardwareFma();

  private Fma() {}

  /** a·b + c, rounded once. */
  public static float fma(float a, float b, float c) {
    return HARDWARE ? Math.fma(a, b, c) : emulated(a, b, c);
  }

  /**
   * The product of two floats is exact in double (24 + 24 ≤ 53 bits); the sum is rounded to odd in
   * double, which makes the final rounding to float the only one that counts (Boldo and Melquiond,
   * "Emulation of a FMA and correctly rounded sums: proved algorithms using rounding to odd",
   * 2008).
   */
  static float emulated(float a, float b, float c) {
    double product = (double) a * b;
    double sum = product + c;
    // TwoSum (Knuth): the exact error of the sum. It is NaN when the sum is not finite.
    double part = sum - product;
    double error = (product - (sum - part)) + (c - part);
    if (error != 0 && Double.isFinite(sum)) {
      long bits = Double.doubleToRawLongBits(sum);
      if ((bits & 1) == 0) {
        sum = Double.longBitsToDouble(bits + ((error > 0) == (sum > 0) ? 1 : -1));
      }
    }
    return (float) sum;
  }
}
