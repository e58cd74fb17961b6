package io.github.lanewise.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.lanewise.kernels.Elementary.Claim;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The elementary functions against double precision, against their own order, and against each
 * other. Prime strides through the bit patterns reach every binade of both signs, NaN included; the
 * inputs that a walk through all 2^32 ({@link Ulps}) found worst are tried by name.
 */
class MathAccuracyTest {
  private static final int STRIDE = 4_999;
  private static final int STRIDE_OF_TWINS = 20_011;
  private static final int STRIDE_OF_RUNS = 1_000_003;
  private static final int RUN = 300;

  static Stream<Elementary> functions() {
    return Elementary.all().stream();
  }

  static Stream<Elementary> monotone() {
    return functions().filter(Elementary::monotone);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void staysWithinItsBound(Elementary f) {
    for (Claim claim : f.claims()) {
      check(f, claim, (float) claim.worst());
    }
    for (long bits = 0; bits < 1L << 32; bits += STRIDE) {
      float x = Float.intBitsToFloat((int) bits);
      for (Claim claim : f.claims()) {
        if (claim.covers(x)) {
          check(f, claim, x);
        }
      }
    }
  }

  private static void check(Elementary f, Claim claim, float x) {
    float actual = f.scalar().of(x);
    double exactly = f.exact().applyAsDouble(x);
    double error = claim.error(actual, exactly);
    if (!(error <= claim.bound())) {
      fail("%s(%s) is %s instead of %s: error %s", f, x, actual, exactly, error);
    }
  }

  /**
   * Runs of neighbouring floats, in every binade: where one function takes over from another too.
   */
  @ParameterizedTest
  @MethodSource("monotone")
  void neverFalls(Elementary f) {
    for (long start = 0; start < 1L << 32; start += STRIDE_OF_RUNS) {
      neverFallsFrom((int) start, f);
    }
    for (float seam : new float[] {0, 1, -1, -20, -104, 89, 40, -109, 10}) {
      neverFallsFrom(Float.floatToIntBits(seam) - RUN / 2, f);
    }
  }

  private static void neverFallsFrom(int start, Elementary f) {
    for (int bits = start; bits < start + RUN; bits++) {
      float x = Float.intBitsToFloat(bits);
      float next = Math.nextUp(x);
      if (f.covers(x) && f.covers(next)) {
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
  void twinsAgree(Elementary f) {
    VectorSpecies<Float> species = FloatVector.SPECIES_PREFERRED;
    float[] x = new float[species.length()];
    float[] y = new float[species.length()];
    for (long bits = 0; bits < 1L << 32; bits += (long) STRIDE_OF_TWINS * x.length) {
      for (int lane = 0; lane < x.length; lane++) {
        x[lane] = Float.intBitsToFloat((int) bits + lane * STRIDE_OF_TWINS);
      }
      f.vector().run(x.length, x, 0, y, 0);
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

  /**
   * The table of src/docs/numerics.md; a derivative from a has no meaning where there is nothing.
   */
  @ParameterizedTest
  @CsvSource({
    // spotless:off
    // function, -Infinity, -1.4E-45, -0.0, 0.0, 1.4E-45, Infinity
    "exp           ,       0.0,       1.0,       1.0,       1.0,       1.0, Infinity",
    "sigmoid       ,       0.0,       0.5,       0.5,       0.5,       0.5,      1.0",
    "tanh          ,      -1.0,  -1.4E-45,      -0.0,       0.0,   1.4E-45,      1.0",
    "softplus      ,       0.0, 0.6931472, 0.6931472, 0.6931472, 0.6931472, Infinity",
    "gelu          ,      -0.0,      -0.0,      -0.0,       0.0,       0.0, Infinity",
    "geluTanh      ,      -0.0,      -0.0,      -0.0,       0.0,       0.0, Infinity",
    "silu          ,      -0.0,      -0.0,      -0.0,       0.0,       0.0, Infinity",
    "hardswish     ,      -0.0,      -0.0,      -0.0,       0.0,       0.0, Infinity",
    "relu          ,       0.0,       0.0,       0.0,       0.0,   1.4E-45, Infinity",
    "leakyRelu     , -Infinity,      -0.0,      -0.0,       0.0,   1.4E-45, Infinity",
    "elu(1)        ,      -1.0,  -1.4E-45,      -0.0,       0.0,   1.4E-45, Infinity",
    "elu           ,     -1.67,  -2.8E-45,      -0.0,       0.0,   1.4E-45, Infinity",
    "geluFromZ     ,      -0.0,       0.5,       0.5,       0.5,       0.5,      1.0",
    "geluTanhFromZ ,      -0.0,       0.5,       0.5,       0.5,       0.5,      1.0",
    "siluFromZ     ,      -0.0,       0.5,       0.5,       0.5,       0.5,      1.0",
    "hardswishFromZ,       0.0,       0.5,       0.5,       0.5,       0.5,      1.0",
    "reluFromA     ,          ,          ,       0.0,       0.0,       1.0,      1.0",
    "leakyReluFromA,      0.01,      0.01,      0.01,      0.01,       1.0,      1.0",
    "eluFromA      ,          ,      1.67,      1.67,      1.67,       1.0,      1.0",
    "sigmoidFromA  ,          ,          ,      -0.0,       0.0,   1.4E-45,         ",
    "tanhFromA     ,          ,       1.0,       1.0,       1.0,       1.0,         ",
    "softplusFromA ,          ,          ,       0.0,       0.0,   1.4E-45,      1.0",
    // spotless:on
  })
  void infinitiesZerosAndSubnormals(
      String name, Float low, Float below, Float minusZero, Float zero, Float above, Float high) {
    Elementary f = functions().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    assertSame(f, Float.NEGATIVE_INFINITY, low);
    assertSame(f, -Float.MIN_VALUE, below);
    assertSame(f, -0f, minusZero);
    assertSame(f, 0f, zero);
    assertSame(f, Float.MIN_VALUE, above);
    assertSame(f, Float.POSITIVE_INFINITY, high);
  }

  private static void assertSame(Elementary f, float x, Float expected) {
    if (expected == null) {
      assertThat(f.covers(x)).isFalse();
      return;
    }
    float actual = f.scalar().of(x);
    assertThat(Float.floatToIntBits(actual))
        .as("%s(%s) is %s instead of %s", f, x, actual, expected)
        .isEqualTo(Float.floatToIntBits(expected));
  }
}
