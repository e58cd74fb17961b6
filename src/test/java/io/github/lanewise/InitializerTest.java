package io.github.lanewise;

import static io.github.lanewise.Floats.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where weights start: the same seed gives the same bits, and the distribution is the paper's. */
class InitializerTest {
  private static final int N_IN = 300;
  private static final int N_OUT = 100;

  /** SplitMix64 (Steele, Lea and Flood, 2014), so that the bits hang on no library's promise. */
  private static final class SplitMix64 {
    private long seed;

    SplitMix64(long seed) {
      this.seed = seed;
    }

    double nextDouble() {
      seed += 0x9e3779b97f4a7c15L;
      long z = seed;
      z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
      z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
      z ^= z >>> 31;
      return (z >>> 11) * 0x1p-53;
    }
  }

  @ParameterizedTest
  @EnumSource(Initializer.class)
  void drawsByTheDocumentedFormula(Initializer initializer) {
    float[] w = new float[N_OUT * N_IN];
    initializer.fill(FloatMatrix.columnMajor(w, N_OUT, N_IN), new SplittableRandom(42));

    SplitMix64 draws = new SplitMix64(42);
    float[] expected = new float[w.length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (float) (limit(initializer) * (2 * draws.nextDouble() - 1));
    }
    assertSameBits("weights", w, expected);
  }

  /** Column by column, whatever the layout, and nothing but the elements. */
  @Test
  void fillsAnyView() {
    float[] packed = new float[15];
    Initializer.HE.fill(FloatMatrix.columnMajor(packed, 3, 5), new SplittableRandom(1));
    float[] byRow = Floats.sentinels(40);
    FloatMatrix view = FloatMatrix.rowMajor(byRow, 2, 3, 5, 7);
    Initializer.HE.fill(view, new SplittableRandom(1));
    assertSameBits("weights", Floats.elements(view), packed);
    float[] expected = Floats.sentinels(40);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 5; j++) {
        expected[2 + 7 * i + j] = packed[i + 3 * j];
      }
    }
    assertSameBits("all", byRow, expected);
  }

  /**
   * |w| ≤ r. Of n uniform draws the mean deviates by r/√(3n) and the mean of squares, r²/3, by
   * r²·√(4/45)/√n: 6 standard deviations are the tolerance.
   */
  @ParameterizedTest
  @EnumSource(Initializer.class)
  void isUniformWithThePapersVariance(Initializer initializer) {
    double r = limit(initializer);
    float[] w = new float[N_OUT * N_IN];
    initializer.fill(FloatMatrix.columnMajor(w, N_OUT, N_IN), new SplittableRandom(7));
    double n = w.length;
    double sum = 0;
    double squares = 0;
    double largest = 0;
    for (float x : w) {
      sum += x;
      squares += (double) x * x;
      largest = Math.max(largest, Math.abs(x));
    }
    assertThat(largest).isLessThanOrEqualTo((float) r);
    // That all n draws keep away from the outer thousandth has a probability of 0.999ⁿ < 10⁻¹³.
    assertThat(largest).isGreaterThan(0.999 * r);
    assertThat(sum / n).isCloseTo(0, within(6 * r / Math.sqrt(3 * n)));
    assertThat(squares / n).isCloseTo(r * r / 3, within(6 * r * r * Math.sqrt(4 / 45.0 / n)));
  }

  private static double limit(Initializer initializer) {
    return switch (initializer) {
      case HE -> Math.sqrt(6.0 / N_IN);
      case XAVIER -> Math.sqrt(6.0 / (N_IN + N_OUT));
    };
  }

  @ParameterizedTest
  @MethodSource("io.github.lanewise.Activations#all")
  void networksChooseByActivation(Activation g) {
    boolean xavier =
        switch (g.kind()) {
          case IDENTITY, SIGMOID, TANH -> true;
          default -> false;
        };
    Network.Builder builder = Network.builder(30).dense(20, g).dense(10, g);
    Network chosen = builder.build(5);
    Network said = builder.build(xavier ? Initializer.XAVIER : Initializer.HE, 5);
    Network other = builder.build(xavier ? Initializer.HE : Initializer.XAVIER, 5);
    assertSameBits(g.toString(), chosen.parameters(), said.parameters());
    assertThat(chosen.parameters()).isNotEqualTo(other.parameters());
    for (int l = 0; l < 2; l++) {
      assertThat(Floats.elements(chosen.layers().get(l).bias())).containsOnly(0);
    }
  }

  /** The parameters of a seed, for good: a release that changes them breaks everybody's seeds. */
  @Test
  void seedsKeepTheirBits() {
    Network.Builder builder =
        Network.builder(784).dense(128, Activation.RELU).dense(10, Activation.IDENTITY);
    assertThat(checksum(builder.build(2026))).isEqualTo(1606271043L);
    assertThat(checksum(builder.build(Initializer.XAVIER, -1))).isEqualTo(4064957768L);
    assertThat(checksum(builder.build(2027))).isNotEqualTo(checksum(builder.build(2026)));
  }

  private static long checksum(Network network) {
    CRC32 crc = new CRC32();
    for (float x : network.parameters()) {
      int bits = Float.floatToRawIntBits(x);
      for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
        crc.update(bits >>> shift & 0xff);
      }
    }
    return crc.getValue();
  }
}
