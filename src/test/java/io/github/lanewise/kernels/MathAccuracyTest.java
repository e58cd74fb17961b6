package io.github.lanewise.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.lanewise.kernels.scalar.ScalarMath;
import io.github.lanewise.kernels.simd.VectorMath;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The elementary functions against double precision, against their own order, and against each
 * other. Prime strides through the bit patterns reach every binade of both signs, NaN included; the
 * inputs that a walk through all 2^32 found worst are tried by name. The bounds are those of
 * src/docs/numerics.md.
 */
class MathAccuracyTest {
  private static final float ALPHA = 1.67f;
  private static final float SLOPE = 0.01f;

  private static final int STRIDE = 4_999;
  private static final int STRIDE_OF_TWINS = 20_011;
  private static final int STRIDE_OF_RUNS = 1_000_003;
  private static final int RUN = 300;

  /** The unit of absolute errors: half an ulp of 1. */
  private static final double UNIT = 0x1p-24;

  private interface Scalar {
    float of(float x);
  }

  private interface Lanewise {
    FloatVector of(FloatVector x);
  }

  /** A function in both twins; the bound is in ulps of the exact value, or in units of 2^-24. */
  record Function(
      String name,
      Scalar scalar,
      Lanewise vector,
      DoubleUnaryOperator exact,
      double least,
      double most,
      double bound,
      boolean absolute,
      double worst) {

    @Override
    public String toString() {
      return name;
    }

    boolean accepts(float x) {
      return x >= least && x <= most;
    }

    double error(float actual, double exactly) {
      if (Float.isInfinite(actual) || Float.isInfinite((float) exactly)) {
        return actual == (float) exactly ? 0 : Double.POSITIVE_INFINITY;
      }
      int exponent = Math.max(Math.getExponent(exactly), Float.MIN_EXPONENT);
      return Math.abs(actual - exactly) / (absolute ? UNIT : Math.scalb(1.0, exponent - 23));
    }
  }

  private static Function within(
      double ulps, double worst, String name, Scalar s, Lanewise v, DoubleUnaryOperator exact) {
    double infinity = Double.POSITIVE_INFINITY;
    return new Function(name, s, v, exact, -infinity, infinity, ulps, false, worst);
  }

  private static Function absolutely(
      double units, double worst, String name, Scalar s, Lanewise v, DoubleUnaryOperator exact) {
    double infinity = Double.POSITIVE_INFINITY;
    return new Function(name, s, v, exact, -infinity, infinity, units, true, worst);
  }

  private static Function on(double least, double most, Function f) {
    return new Function(
        f.name, f.scalar, f.vector, f.exact, least, most, f.bound, f.absolute, f.worst);
  }

  // spotless:off
  static Stream<Function> monotone() {
    return Stream.of(
        within(1, -0x1.b5484ep4, "exp", ScalarMath::exp, VectorMath::exp, Math::exp),
        on(Double.NEGATIVE_INFINITY, 0,
            within(1, -0x1.6b75d4p-2, "expm1Negative",
                ScalarMath::expm1Negative, VectorMath::expm1Negative, Math::expm1)),
        within(2, -0x1.1abce6p0, "sigmoid",
            ScalarMath::sigmoid, VectorMath::sigmoid, MathAccuracyTest::sigmoid),
        within(2, 0x1.053614p-1, "tanh", ScalarMath::tanh, VectorMath::tanh, Math::tanh),
        within(2, -0x1.444e1cp0, "softplus",
            ScalarMath::softplus, VectorMath::softplus, MathAccuracyTest::softplus),
        within(0, 1, "relu", ScalarMath::relu, VectorMath::relu, x -> x < 0 ? 0 : x),
        within(0.5, -0x1.4p-14, "leakyRelu",
            x -> ScalarMath.leakyRelu(x, SLOPE), x -> VectorMath.leakyRelu(x, SLOPE),
            x -> x < 0 ? SLOPE * x : x),
        within(1, -0x1.6b75d4p-2, "elu, alpha 1",
            x -> ScalarMath.elu(x, 1), x -> VectorMath.elu(x, 1),
            x -> x < 0 ? Math.expm1(x) : x),
        within(2, -0x1.684d08p-2, "elu",
            x -> ScalarMath.elu(x, ALPHA), x -> VectorMath.elu(x, ALPHA),
            x -> x < 0 ? ALPHA * Math.expm1(x) : x),
        on(0, Double.POSITIVE_INFINITY,
            within(1, 0x1.6b75d4p-2, "softplusFromA",
                ScalarMath::softplusFromA, VectorMath::softplusFromA, a -> -Math.expm1(-a))));
  }

  static Stream<Function> functions() {
    return Stream.concat(monotone(), Stream.of(
        within(4, -0x1.8a93a8p3, "gelu",
            ScalarMath::gelu, VectorMath::gelu, MathAccuracyTest::gelu),
        within(2.5, -0x1.4c9664p2, "geluTanh",
            ScalarMath::geluTanh, VectorMath::geluTanh, MathAccuracyTest::geluTanh),
        within(2, -0x1.69e686p6, "silu",
            ScalarMath::silu, VectorMath::silu, MathAccuracyTest::silu),
        within(2.5, 0x1.fde802p-10, "hardswish",
            ScalarMath::hardswish, VectorMath::hardswish, MathAccuracyTest::hardswish),
        on(0, Double.POSITIVE_INFINITY,
            within(0, 0, "reluFromA",
                ScalarMath::reluFromA, VectorMath::reluFromA, a -> a > 0 ? 1 : 0)),
        within(0, 0, "leakyReluFromA",
            a -> ScalarMath.leakyReluFromA(a, SLOPE), a -> VectorMath.leakyReluFromA(a, SLOPE),
            a -> a > 0 ? 1 : SLOPE),
        on(-ALPHA, Double.POSITIVE_INFINITY,
            within(0.5, 0, "eluFromA",
                a -> ScalarMath.eluFromA(a, ALPHA), a -> VectorMath.eluFromA(a, ALPHA),
                a -> a > 0 ? 1 : a + ALPHA)),
        on(0, 1,
            within(1.5, 0x1.ffe95ep-2, "sigmoidFromA",
                ScalarMath::sigmoidFromA, VectorMath::sigmoidFromA, a -> a * (1 - a))),
        on(-1, 1,
            within(0.5, 0x1.6a1p-1, "tanhFromA",
                ScalarMath::tanhFromA, VectorMath::tanhFromA, a -> 1 - a * a)),
        within(1.5, 0x1.00000cp-1, "hardswishFromZ",
            ScalarMath::hardswishFromZ, VectorMath::hardswishFromZ,
            MathAccuracyTest::hardswishFromZ),
        absolutely(2.25, 0.025318492, "geluFromZ",
            ScalarMath::geluFromZ, VectorMath::geluFromZ, MathAccuracyTest::geluFromZ),
        absolutely(2.25, 1.4412597, "geluTanhFromZ",
            ScalarMath::geluTanhFromZ, VectorMath::geluTanhFromZ, MathAccuracyTest::geluTanhFromZ),
        absolutely(2, 0.0070715854, "siluFromZ",
            ScalarMath::siluFromZ, VectorMath::siluFromZ, MathAccuracyTest::siluFromZ)));
  }
  // spotless:on

  @ParameterizedTest
  @MethodSource("functions")
  void staysWithinItsBound(Function f) {
    check(f, (float) f.worst());
    for (long bits = 0; bits < 1L << 32; bits += STRIDE) {
      float x = Float.intBitsToFloat((int) bits);
      if (f.accepts(x)) {
        check(f, x);
      }
    }
  }

  private static void check(Function f, float x) {
    float actual = f.scalar().of(x);
    double exactly = f.exact().applyAsDouble(x);
    double error = f.error(actual, exactly);
    if (!(error <= f.bound())) {
      fail("%s(%s) is %s instead of %s: error %s", f, x, actual, exactly, error);
    }
  }

  /**
   * Runs of neighbouring floats, in every binade: where one function takes over from another too.
   */
  @ParameterizedTest
  @MethodSource("monotone")
  void neverFalls(Function f) {
    for (long start = 0; start < 1L << 32; start += STRIDE_OF_RUNS) {
      neverFallsFrom((int) start, f);
    }
    for (float seam : new float[] {0, 1, -1, -20, -104, 89, 40, -109, 10}) {
      neverFallsFrom(Float.floatToIntBits(seam) - RUN / 2, f);
    }
  }

  private static void neverFallsFrom(int start, Function f) {
    for (int bits = start; bits < start + RUN; bits++) {
      float x = Float.intBitsToFloat(bits);
      float next = Math.nextUp(x);
      if (f.accepts(x) && f.accepts(next)) {
        float y = f.scalar().of(x);
        float yNext = f.scalar().of(next);
        if (!(y <= yNext)) {
          fail("%s(%s) is %s, but %s(%s) is %s", f, x, y, f, next, yNext);
        }
      }
    }
  }

  /** Any float, whether it has a place in the domain or not. NaN yields NaN, of whatever bits. */
  @ParameterizedTest
  @MethodSource("functions")
  void twinsAgree(Function f) {
    VectorSpecies<Float> species = FloatVector.SPECIES_PREFERRED;
    float[] x = new float[species.length()];
    float[] y = new float[species.length()];
    for (long bits = 0; bits < 1L << 32; bits += (long) STRIDE_OF_TWINS * x.length) {
      for (int lane = 0; lane < x.length; lane++) {
        x[lane] = Float.intBitsToFloat((int) bits + lane * STRIDE_OF_TWINS);
      }
      f.vector().of(FloatVector.fromArray(species, x, 0)).intoArray(y, 0);
      for (int lane = 0; lane < x.length; lane++) {
        float expected = f.scalar().of(x[lane]);
        if (Float.floatToIntBits(y[lane]) != Float.floatToIntBits(expected)) {
          fail("%s(%s) is %s, and %s in a lane", f, x[lane], expected, y[lane]);
        }
        if (Float.isNaN(x[lane]) && !Float.isNaN(expected)) {
          fail("%s makes NaN %s", f, expected);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    // function     -Infinity    -0.0   0.0  Infinity
    "exp,            0.0,         1.0,  1.0, Infinity",
    "sigmoid,        0.0,         0.5,  0.5, 1.0",
    "tanh,          -1.0,        -0.0,  0.0, 1.0",
    "softplus,       0.0,   0.6931472, 0.6931472, Infinity",
    "gelu,          -0.0,        -0.0,  0.0, Infinity",
    "geluTanh,      -0.0,        -0.0,  0.0, Infinity",
    "silu,          -0.0,        -0.0,  0.0, Infinity",
    "hardswish,     -0.0,        -0.0,  0.0, Infinity",
    "relu,           0.0,        -0.0,  0.0, Infinity",
    "leakyRelu,     -Infinity,   -0.0,  0.0, Infinity",
    "elu,           -1.67,       -0.0,  0.0, Infinity",
    "geluFromZ,     -0.0,         0.5,  0.5, 1.0",
    "geluTanhFromZ, -0.0,         0.5,  0.5, 1.0",
    "siluFromZ,     -0.0,         0.5,  0.5, 1.0",
    "hardswishFromZ, 0.0,         0.5,  0.5, 1.0",
    "leakyReluFromA, 0.01,        0.01, 0.01, 1.0",
  })
  void infinitiesAndZeros(String name, float low, float minusZero, float zero, float high) {
    Function f = functions().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    assertSame(f.scalar().of(Float.NEGATIVE_INFINITY), low);
    assertSame(f.scalar().of(-0f), minusZero);
    assertSame(f.scalar().of(0f), zero);
    assertSame(f.scalar().of(Float.POSITIVE_INFINITY), high);
  }

  private static void assertSame(float actual, float expected) {
    assertThat(Float.floatToIntBits(actual))
        .as("%s instead of %s", actual, expected)
        .isEqualTo(Float.floatToIntBits(expected));
  }

  // ---- The same in double
  // --------------------------------------------------------------------------

  private static final double SQRT_2_PI = Math.sqrt(2 * Math.PI);

  private static double sigmoid(double x) {
    double e = Math.exp(-Math.abs(x));
    return (x < 0 ? e : 1) / (1 + e);
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double silu(double x) {
    return times(x, sigmoid(x));
  }

  private static double siluFromZ(double z) {
    return sigmoid(z) + times(z, sigmoid(z) * sigmoid(-z));
  }

  private static double hardswish(double x) {
    return x <= -3 ? 0 : x >= 3 ? x : x * (x + 3) / 6;
  }

  private static double hardswishFromZ(double z) {
    return z <= -3 ? 0 : z >= 3 ? 1 : (2 * z + 3) / 6;
  }

  private static double geluTanh(double x) {
    return times(x, sigmoid(twoW(x)));
  }

  private static double geluTanhFromZ(double z) {
    double v = twoW(z);
    double slope = Math.sqrt(8 / Math.PI) * (1 + 3 * 0.044715 * z * z);
    return sigmoid(v) + times(z * slope, sigmoid(v) * sigmoid(-v));
  }

  private static double twoW(double x) {
    return Math.sqrt(8 / Math.PI) * (x + 0.044715 * x * x * x);
  }

  private static double gelu(double x) {
    return Math.max(x, 0) - times(Math.abs(x), tail(Math.abs(x)));
  }

  private static double geluFromZ(double z) {
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
