package io.github.lanewise;

/**
 * A number and a bound on how far from it the library's float may lie (ball arithmetic, van der
 * Hoeven, 2009). Each operation adds the radii that the operands bring and, where the library
 * rounds, one rounding: so the tolerance of a test is computed beside the value, and no operation
 * is forgotten.
 *
 * @param mid the exact number, in double
 * @param rad bound on the float's distance from it
 */
record Ball(double mid, double rad) {
  /** Unit roundoff of float; a little more, for the roundings of the double that follows it. */
  static final double U = 0x1.001p-24;

  /** Below the normal floats a rounding is absolute. */
  private static final double TINY = 0x1p-149;

  static Ball of(double exact) {
    return new Ball(exact, 0);
  }

  Ball plus(Ball other) {
    return new Ball(mid + other.mid, rad + other.rad);
  }

  Ball minus(Ball other) {
    return new Ball(mid - other.mid, rad + other.rad);
  }

  Ball times(Ball other) {
    return new Ball(
        mid * other.mid, Math.abs(mid) * other.rad + Math.abs(other.mid) * rad + rad * other.rad);
  }

  /** 1/this, for a ball that keeps away from 0. */
  Ball inverse() {
    return new Ball(1 / mid, rad / (Math.abs(mid) * (Math.abs(mid) - rad)));
  }

  /** After one rounding to float. */
  Ball rounded() {
    return widened(U * (Math.abs(mid) + rad) + TINY);
  }

  Ball widened(double by) {
    return new Ball(mid, rad + by);
  }
}
