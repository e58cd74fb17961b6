package io.github.lanewise;

import static io.github.lanewise.Floats.assertSameBits;

import io.github.lanewise.kernels.Kernels;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The sweeps that no activation is in: the exponentials of softmax and the updates of the
 * optimizers. The SIMD kernels have the bits of their scalar twins for every length and for the
 * hardest numbers.
 */
class SweepTwinsTest {
  private final SplittableRandom random = new SplittableRandom(17);

  @Test
  void exponentials() {
    for (int n = 0; n <= Sweeps.LONGEST; n++) {
      int xOff = random.nextInt(5);
      int yOff = random.nextInt(5);
      float[] x = Sweeps.hard(random, xOff + n + 8);
      float[] y = Floats.sentinels(yOff + n + 8);
      float[] expected = y.clone();
      Sweeps.SIMD.exp(n, x, xOff, y, yOff);
      Sweeps.SCALAR.exp(n, x, xOff, expected, yOff);
      assertSameBits("exp of " + n, y, expected);

      float[] inPlace = x.clone();
      float[] expectedInPlace = x.clone();
      Sweeps.SIMD.exp(n, inPlace, xOff, inPlace, xOff);
      Sweeps.SCALAR.exp(n, expectedInPlace, xOff, expectedInPlace, xOff);
      assertSameBits("exp of " + n + " in place", inPlace, expectedInPlace);
    }
  }

  @Test
  void transpositions() {
    for (int m = 0; m <= Sweeps.LONGEST; m += 3) {
      for (int n = 0; n <= Sweeps.LONGEST; n++) {
        int xOff = random.nextInt(5);
        int yOff = random.nextInt(5);
        int ldX = n + random.nextInt(3);
        int ldY = m + random.nextInt(3);
        float[] x = Floats.sentinels(xOff + m * ldX + 8);
        float[] y = new float[yOff + n * ldY + 8];
        float[] expected = y.clone();
        Sweeps.SIMD.transpose(m, n, x, xOff, ldX, y, yOff, ldY);
        Sweeps.SCALAR.transpose(m, n, x, xOff, ldX, expected, yOff, ldY);
        assertSameBits(m + " runs of " + n, y, expected);
      }
    }
  }

  @Test
  void sgd() {
    for (int n = 0; n <= Sweeps.LONGEST; n++) {
      State simd = new State(n);
      State scalar = new State(simd);
      simd.sgd(Sweeps.SIMD, n);
      scalar.sgd(Sweeps.SCALAR, n);
      simd.assertSame(scalar);
    }
  }

  @Test
  void adam() {
    for (int n = 0; n <= Sweeps.LONGEST; n++) {
      State simd = new State(n);
      State scalar = new State(simd);
      simd.adam(Sweeps.SIMD, n);
      scalar.adam(Sweeps.SCALAR, n);
      simd.assertSame(scalar);
    }
  }

  /**
   * Parameters, gradients and two floats of state each; a few more before and behind the n, to stay
   * as they are.
   */
  private final class State {
    final float[] p;
    final float[] g;
    final float[] m;
    final float[] v;

    State(int n) {
      p = Sweeps.hard(random, n + 8);
      g = Sweeps.hard(random, n + 8);
      m = Sweeps.hard(random, n + 8);
      v = Sweeps.hard(random, n + 8);
    }

    State(State other) {
      p = other.p.clone();
      g = other.g.clone();
      m = other.m.clone();
      v = other.v.clone();
    }

    void sgd(Kernels kernels, int n) {
      kernels.sgd(n, 0.01f, 0.9f, p, 3, g, 5, v);
      kernels.sgd(n, 0.03f, p, 2, m, 1);
    }

    void adam(Kernels kernels, int n) {
      kernels.adam(n, 0.02f, 0.9f, 0.999f, 3.5f, 1e-8f, p, 3, g, 5, m, v);
    }

    void assertSame(State other) {
      assertSameBits("parameters", p, other.p);
      assertSameBits("gradients", g, other.g);
      assertSameBits("means", m, other.m);
      assertSameBits("squares", v, other.v);
    }
  }
}
