package io.github.lanewise;

import static io.github.lanewise.Floats.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A = g(Z): the SIMD kernel has the bits of its scalar twin, whatever the shape and the numbers.
 */
class ActivationTest {
  private final SplittableRandom random = new SplittableRandom(15);

  @ParameterizedTest
  @MethodSource("io.github.lanewise.Sweeps#activations")
  void twinsAgree(Activation g) {
    for (int n = 0; n <= Sweeps.LONGEST; n++) {
      int m = n % 4;
      for (int gap = 0; gap <= 3; gap += 3) {
        int ldZ = n + gap;
        int ldA = n + gap / 3;
        int zOff = random.nextInt(5);
        int aOff = random.nextInt(5);
        float[] z = Sweeps.hard(random, zOff + m * ldZ + 8);
        float[] zBefore = z.clone();
        float[] a = Floats.sentinels(aOff + m * ldA + 8);
        float[] expected = a.clone();
        Sweeps.SIMD.activate(g.kind(), g.parameter(), m, n, z, zOff, ldZ, a, aOff, ldA);
        Sweeps.SCALAR.activate(g.kind(), g.parameter(), m, n, z, zOff, ldZ, expected, aOff, ldA);
        assertSameBits(g + ", " + m + " runs of " + n, a, expected);
        assertSameBits("z", z, zBefore);

        float[] both = z.clone();
        float[] expectedBoth = z.clone();
        Sweeps.SIMD.activate(g.kind(), g.parameter(), m, n, both, zOff, ldZ, both, zOff, ldZ);
        Sweeps.SCALAR.activate(
            g.kind(), g.parameter(), m, n, expectedBoth, zOff, ldZ, expectedBoth, zOff, ldZ);
        assertSameBits(g + " in place, " + m + " runs of " + n, both, expectedBoth);
      }
    }
  }

  /** {@link Activation#value}, one float at a time, has the bits of the matrix. */
  @ParameterizedTest
  @MethodSource("io.github.lanewise.Sweeps#activations")
  void valueHasTheBitsOfApply(Activation g) {
    float[] z = Sweeps.special();
    float[] a = new float[z.length];
    g.apply(FloatMatrix.columnMajor(z, z.length, 1), FloatMatrix.columnMajor(a, a.length, 1));
    float[] values = new float[z.length];
    for (int i = 0; i < z.length; i++) {
      values[i] = g.value(z[i]);
    }
    assertSameBits(g.toString(), a, values);
  }

  /** Only the elements of a are written, and z may be a. */
  @ParameterizedTest
  @MethodSource("io.github.lanewise.Sweeps#activations")
  void applyStaysInside(Activation g) {
    FloatMatrix z = Floats.gappy(random, 19, 3, 4);
    FloatMatrix a = FloatMatrix.columnMajor(Floats.sentinels(80), 5, 19, 3, 20);
    g.apply(z, a);
    float[] expected = Floats.sentinels(80);
    for (int j = 0; j < 3; j++) {
      for (int i = 0; i < 19; i++) {
        expected[5 + i + 20 * j] = g.value(z.get(i, j));
      }
    }
    assertSameBits("a", a.array(), expected);
    g.apply(z, z);
    assertSameBits("in place", Floats.elements(z), Floats.elements(a));
  }

  /** Near the formula of the textbook everywhere. */
  @ParameterizedTest
  @MethodSource("io.github.lanewise.Sweeps#activations")
  void isItsFormula(Activation g) {
    for (int i = -4000; i <= 4000; i++) {
      float z = i / 128f;
      double exact = DoubleNetwork.value(g, z);
      assertThat(Math.abs(g.value(z) - exact))
          .as("%s(%s)", g, z)
          .isLessThanOrEqualTo(Activations.tolerance(exact));
    }
  }

  /**
   * g' beside the derivative of the textbook; where it comes from A, A's own rounding counts too.
   */
  @ParameterizedTest
  @MethodSource("io.github.lanewise.Sweeps#activations")
  void derivativeIsItsFormula(Activation g) {
    for (int i = -4000; i <= 4000; i++) {
      float z = (i + 0.5f) / 128; // between the kinks
      float a = g.value(z);
      double exact = DoubleNetwork.derivative(g, z);
      // dg'/dA is 2 at most, and where it is not 0 or 1, A is 1 at most, or elu's alpha.
      double scale = Math.max(1, g.parameter());
      double fromA = g.derivativeFromA() ? 2 * Activations.tolerance(scale) : 0;
      double tolerance = Activations.DERIVATIVE_TOLERANCE * scale + fromA;
      float derivative = g.derivative(g.derivativeFromA() ? a : z);
      assertThat(Math.abs(derivative - exact)).as("%s'(%s)", g, z).isLessThanOrEqualTo(tolerance);
    }
  }

  @ParameterizedTest
  @MethodSource("io.github.lanewise.Sweeps#activations")
  void nanIn(Activation g) {
    assertThat(g.value(Float.NaN)).isNaN();
    if (g.equals(Activation.IDENTITY)) {
      assertThat(g.derivative(Float.NaN)).isEqualTo(1);
    } else {
      assertThat(g.derivative(Float.NaN)).isNaN();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "relu, Infinity, Infinity",
    "relu, -Infinity, 0",
    "leaky_relu(0.5), -Infinity, -Infinity",
    "elu(2.0), -Infinity, -2",
    "sigmoid, Infinity, 1",
    "sigmoid, -Infinity, 0",
    "tanh, Infinity, 1",
    "tanh, -Infinity, -1",
    "softplus, Infinity, Infinity",
    "softplus, -Infinity, 0",
    "gelu, Infinity, Infinity",
    "gelu_tanh, Infinity, Infinity",
    "silu, Infinity, Infinity",
    "hardswish, Infinity, Infinity",
    "hardswish, -3, 0",
    "hardswish, 3, 3",
    "relu, 0, 0",
    "tanh, 0, 0",
    "sigmoid, 0, 0.5",
    "gelu, 0, 0"
  })
  void limits(String name, float z, float value) {
    // 0 of either sign.
    assertThat(Activation.parse(name).value(z) == value).isTrue();
  }

  @ParameterizedTest
  @MethodSource("io.github.lanewise.Sweeps#activations")
  void isReadFromWhatItWrites(Activation g) {
    Activation read = Activation.parse(g.toString());
    assertThat(read).isEqualTo(g).hasSameHashCodeAs(g).hasToString(g.toString());
    assertThat(read.derivativeFromA()).isEqualTo(g.derivativeFromA());
  }

  @Test
  void differ() {
    assertThat(Sweeps.ACTIVATIONS).doesNotHaveDuplicates();
    assertThat(Sweeps.ACTIVATIONS.stream().map(Activation::toString)).doesNotHaveDuplicates();
    assertThat(Activation.leakyRelu(0.5f)).isEqualTo(Activation.leakyRelu(0.5f));
    assertThat(Activation.leakyRelu(0.5f)).isNotEqualTo(Activation.leakyRelu(0.25f));
    assertThat(Activation.leakyRelu(0.5f)).isNotEqualTo(Activation.elu(0.5f));
    assertThat(Activation.leakyRelu(0.01f)).hasToString("leaky_relu(0.01)");
    assertThat(Activation.RELU).isNotEqualTo("relu");
    assertThat(Arrays.asList(Activation.parse("relu"), Activation.parse("gelu")))
        .containsExactly(Activation.RELU, Activation.GELU);
  }
}
