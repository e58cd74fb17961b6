package io.github.lanewise.kernels;

import io.github.lanewise.kernels.scalar.ScalarMath;
import io.github.lanewise.kernels.simd.VectorMath;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * An elementary function: both twins, the same in double, and what src/docs/numerics.md claims of
 * it. {@link MathAccuracyTest} holds the claims on a stride through the floats, {@link Ulps} on all
 * of them.
 *
 * @param name as in {@link ScalarMath}
 * @param scalar the specification
 * @param vector its twin
 * @param exact the reference
 * @param monotone whether it never falls, within the first claim's interval
 * @param claims bounds of its error; the first holds wherever the function has a meaning
 */
record Elementary(
    String name,
    Scalar scalar,
    Lanewise vector,
    DoubleUnaryOperator exact,
    boolean monotone,
    List<Claim> claims) {

  /** The parameters of elu and leakyRelu here: neither is a power of two. */
  private static final float ALPHA = 1.67f;

  private static final float SLOPE = 0.01f;

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** The unit of absolute errors: half an ulp of 1. */
  private static final double UNIT = 0x1p-24;

  interface Scalar {
    float of(float x);
  }

  /** y_j = g(x_j) for whole vectors. */
  interface Lanewise {
    void run(int length, float[] x, int xOff, float[] y, int yOff);
  }

  interface Derivative {
    void run(int length, float[] dA, int dAOff, float[] x, int xOff, float[] dZ, int dZOff);
  }

  /** g' itself: its product with 1. */
  private static Lanewise ofOne(Derivative derivative) {
    return (length, x, xOff, y, yOff) -> {
      float[] ones = new float[length];
      Arrays.fill(ones, 1);
      derivative.run(length, ones, 0, x, xOff, y, yOff);
    };
  }

  /**
   * That for least ≤ x ≤ most the error is at most a bound.
   *
   * @param bound in ulps of the exact value, or in units of 2^-24
   * @param absolute whether the bound is in units of 2^-24
   * @param worst the input that a walk through all floats found worst
   */
  record Claim(double least, double most, double bound, boolean absolute, double worst) {
    boolean covers(float x) {
      return x >= least && x <= most;
    }

    /** In this claim's unit; infinite where only one of the two values is. */
    double error(float actual, double exactly) {
      if (Float.isInfinite(actual) || Float.isInfinite((float) exactly)) {
        return actual == (float) exactly ? 0 : INFINITY;
      }
      int exponent = Math.max(Math.getExponent(exactly), Float.MIN_EXPONENT);
      double error =
          Math.abs(actual - exactly) / (absolute ? UNIT : Math.scalb(1.0, exponent - 23));
      return Double.isNaN(error) ? INFINITY : error;
    }

    /** The interval, and nothing where it is all numbers. */
    String where() {
      if (least == -INFINITY && most == INFINITY) {
        return "";
      }
      return most == INFINITY
          ? "x ≥ " + least
          : least == -INFINITY ? "x ≤ " + most : least + " ≤ x ≤ " + most;
    }
  }

  boolean covers(float x) {
    return claims.get(0).covers(x);
  }

  @Override
  public String toString() {
    return name;
  }

  private static Claim within(double ulps, double worst) {
    return new Claim(-INFINITY, INFINITY, ulps, false, worst);
  }

  private static Claim within(double ulps, double worst, double least, double most) {
    return new Claim(least, most, ulps, false, worst);
  }

  private static Claim absolutely(double units, double worst) {
    return new Claim(-INFINITY, INFINITY, units, true, worst);
  }

  private static Elementary rising(
      String name, Scalar s, Lanewise v, DoubleUnaryOperator exact, Claim... claims) {
    return new Elementary(name, s, v, exact, true, Arrays.asList(claims));
  }

  private static Elementary of(
      String name, Scalar s, Lanewise v, DoubleUnaryOperator exact, Claim... claims) {
    return new Elementary(name, s, v, exact, false, Arrays.asList(claims));
  }

  // spotless:off
  /** All of them, those that rise first. */
  static List<Elementary> all() {
    return List.of(
        rising("exp", ScalarMath::exp, VectorMath::exp, Math::exp, within(1, -0x1.b5484ep4)),
        rising("sigmoid", ScalarMath::sigmoid, VectorMath::sigmoid, Exact::sigmoid,
            within(2, -0x1.1abce6p0)),
        rising("tanh", ScalarMath::tanh, VectorMath::tanh, Math::tanh, within(2, 0x1.053614p-1)),
        rising("softplus", ScalarMath::softplus, VectorMath::softplus, Exact::softplus,
            within(2, -0x1.444e1cp0)),
        rising("relu", ScalarMath::relu, VectorMath::relu, x -> Math.max(x, 0), within(0, 1)),
        rising("leakyRelu",
            x -> ScalarMath.leakyRelu(x, SLOPE), (n, x, xOff, y, yOff) -> VectorMath.leakyRelu(SLOPE, n, x, xOff, y, yOff),
            x -> x < 0 ? SLOPE * x : x, within(0.5, -0x1.4p-14)),
        rising("elu(1)",
            x -> ScalarMath.elu(x, 1), (n, x, xOff, y, yOff) -> VectorMath.elu(1, n, x, xOff, y, yOff),
            x -> x < 0 ? Math.expm1(x) : x, within(1, -0x1.6b75d4p-2)),
        rising("elu",
            x -> ScalarMath.elu(x, ALPHA), (n, x, xOff, y, yOff) -> VectorMath.elu(ALPHA, n, x, xOff, y, yOff),
            x -> x < 0 ? ALPHA * Math.expm1(x) : x, within(2, -0x1.684d08p-2)),
        rising("softplusFromA", ScalarMath::softplusFromA, ofOne(VectorMath::softplusFromA),
            a -> -Math.expm1(-a), within(1, 0x1.6b75d4p-2, 0, INFINITY)),

        of("gelu", ScalarMath::gelu, VectorMath::gelu, Exact::gelu,
            within(4, -0x1.8a93a8p3), within(4, -5, -5, 5)),
        of("geluTanh", ScalarMath::geluTanh, VectorMath::geluTanh, Exact::geluTanh,
            within(2.5, -0x1.4c9664p2), within(2.25, -0x1.6103cep1, -5, 5)),
        of("silu", ScalarMath::silu, VectorMath::silu, Exact::silu, within(2, -0x1.69e686p6)),
        of("hardswish", ScalarMath::hardswish, VectorMath::hardswish, Exact::hardswish,
            within(2.5, 0x1.fde802p-10)),
        of("reluFromA", ScalarMath::reluFromA, ofOne(VectorMath::reluFromA), a -> a > 0 ? 1 : 0,
            within(0, 0, 0, INFINITY)),
        of("leakyReluFromA",
            a -> ScalarMath.leakyReluFromA(a, SLOPE), ofOne((n, dA, dAOff, a, aOff, dZ, dZOff) ->
                VectorMath.leakyReluFromA(SLOPE, n, dA, dAOff, a, aOff, dZ, dZOff)),
            a -> a > 0 ? 1 : SLOPE, within(0, 0)),
        of("eluFromA",
            a -> ScalarMath.eluFromA(a, ALPHA), ofOne((n, dA, dAOff, a, aOff, dZ, dZOff) ->
                VectorMath.eluFromA(ALPHA, n, dA, dAOff, a, aOff, dZ, dZOff)),
            a -> a > 0 ? 1 : a + ALPHA, within(0.5, -0x1.570a3ap-1, -ALPHA, INFINITY)),
        of("sigmoidFromA", ScalarMath::sigmoidFromA, ofOne(VectorMath::sigmoidFromA), a -> a * (1 - a),
            within(1.5, 0x1.ffe95ep-2, 0, 1)),
        of("tanhFromA", ScalarMath::tanhFromA, ofOne(VectorMath::tanhFromA), a -> 1 - a * a,
            within(0.5, -0x1.fffffep-1, -1, 1)),
        of("hardswishFromZ", ScalarMath::hardswishFromZ, ofOne(VectorMath::hardswishFromZ),
            Exact::hardswishFromZ, within(1.5, -0x1.fffff4p-2)),
        of("geluFromZ", ScalarMath::geluFromZ, ofOne(VectorMath::geluFromZ), Exact::geluFromZ,
            absolutely(2.25, 0.025318492), within(2.25, 1, 0, INFINITY),
            within(5.5, -0.25, -0.5, 0), within(3.25, -3, -INFINITY, -2)),
        of("geluTanhFromZ", ScalarMath::geluTanhFromZ, ofOne(VectorMath::geluTanhFromZ),
            Exact::geluTanhFromZ,
            absolutely(2.25, 0x1.6652f2p0), within(2.25, 0x1.956128p-3, 0, INFINITY),
            within(4.5, -0x1.68cb62p-2, -0.5, 0), within(5.5, -0x1.20b3a6p1, -INFINITY, -2)),
        of("siluFromZ", ScalarMath::siluFromZ, ofOne(VectorMath::siluFromZ), Exact::siluFromZ,
            absolutely(2, 0x1.cf7184p-8), within(2, 0x1.cf7184p-8, 0, INFINITY),
            within(3, -0x1.d2bb86p-8, -0.5, 0), within(4, -0x1.dfe282p1, -INFINITY, -2)));
  }
  // spotless:on
}
