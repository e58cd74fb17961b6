package io.github.lanewise;

import static io.github.lanewise.Floats.assertSameBits;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** dZ = dA ⊙ g'(saved) and db = Σ dZ in one sweep: twins agree, and both are the formula. */
class HadamardTest {
  private final SplittableRandom random = new SplittableRandom(16);

  @ParameterizedTest
  @MethodSource("io.github.lanewise.Sweeps#activations")
  void twinsAgree(Activation g) {
    for (int n = 0; n <= Sweeps.LONGEST; n++) {
      for (int gap = 0; gap <= 3; gap += 3) {
        Sweep sweep = new Sweep(g, n % 4, n, gap);
        for (boolean accumulate : new boolean[] {false, true}) {
          sweep.twinsAgree(accumulate);
        }
      }
    }
  }

  private final class Sweep {
    final Activation g;
    final int m;
    final int n;
    final int ldDA;
    final int ldSaved;
    final int ldDZ;
    final int dAOff = random.nextInt(5);
    final int savedOff = random.nextInt(5);
    final int dZOff = random.nextInt(5);
    final int dbOff = random.nextInt(5);
    final float[] dA;
    final float[] saved;
    final float[] db;

    Sweep(Activation g, int m, int n, int gap) {
      this.g = g;
      this.m = m;
      this.n = n;
      ldDA = n + gap;
      ldSaved = n + gap / 3;
      ldDZ = n + 2 * gap;
      dA = Sweeps.hard(random, dAOff + m * ldDA + 8);
      saved = Sweeps.hard(random, savedOff + m * ldSaved + 8);
      db = Sweeps.hard(random, dbOff + n + 8);
    }

    void twinsAgree(boolean accumulate) {
      String what = g + ", " + m + " runs of " + n + (accumulate ? ", accumulated" : "");
      float[] dAKept = dA.clone();
      float[] savedKept = saved.clone();
      float[] dZ = Floats.sentinels(dZOff + m * ldDZ + 8);
      float[] expectedDZ = dZ.clone();
      float[] simdDb = db.clone();
      float[] scalarDb = db.clone();
      simd(dA, saved, dZ, dZOff, ldDZ, simdDb, accumulate);
      scalar(dA, saved, expectedDZ, dZOff, ldDZ, scalarDb, accumulate);
      assertSameBits(what + ": dZ", dZ, expectedDZ);
      assertSameBits(what + ": db", simdDb, scalarDb);
      assertSameBits(what + ": dA", dA, dAKept);
      assertSameBits(what + ": saved", saved, savedKept);

      float[] overDA = dA.clone();
      float[] expectedOverDA = dA.clone();
      simd(overDA, saved, overDA, dAOff, ldDA, db.clone(), accumulate);
      scalar(expectedOverDA, saved, expectedOverDA, dAOff, ldDA, db.clone(), accumulate);
      assertSameBits(what + ": over dA", overDA, expectedOverDA);

      float[] overSaved = saved.clone();
      float[] expectedOverSaved = saved.clone();
      simd(dA, overSaved, overSaved, savedOff, ldSaved, db.clone(), accumulate);
      scalar(dA, expectedOverSaved, expectedOverSaved, savedOff, ldSaved, db.clone(), accumulate);
      assertSameBits(what + ": over saved", overSaved, expectedOverSaved);
    }

    // spotless:off
    private void simd(
        float[] gradient, float[] kept, float[] out, int outOff, int ldOut,
        float[] sums, boolean accumulate) {
      Sweeps.SIMD.hadamard(
          g.kind(), g.parameter(), m, n, gradient, dAOff, ldDA, kept, savedOff, ldSaved,
          out, outOff, ldOut, sums, dbOff, accumulate);
    }

    private void scalar(
        float[] gradient, float[] kept, float[] out, int outOff, int ldOut,
        float[] sums, boolean accumulate) {
      Sweeps.SCALAR.hadamard(
          g.kind(), g.parameter(), m, n, gradient, dAOff, ldDA, kept, savedOff, ldSaved,
          out, outOff, ldOut, sums, dbOff, accumulate);
    }
    // spotless:on
  }

  /**
   * The public method: one product per element, one sum per neuron in the order of the examples.
   */
  @ParameterizedTest
  @MethodSource("io.github.lanewise.Sweeps#activations")
  void isItsFormula(Activation g) {
    for (int m : new int[] {0, 1, 2, 11}) {
      for (int n : new int[] {1, 7, 40}) {
        for (boolean accumulate : new boolean[] {false, true}) {
          isItsFormula(g, n, m, accumulate);
        }
      }
    }
  }

  private void isItsFormula(Activation g, int n, int m, boolean accumulate) {
    FloatMatrix dA = Floats.gappy(random, n, m, 2);
    FloatMatrix saved = Floats.gappy(random, n, m, 1);
    FloatMatrix dZ = FloatMatrix.columnMajor(Floats.sentinels(5 + m * (n + 3)), 5, n, m, n + 3);
    FloatMatrix db = Floats.gappy(random, n, 1, 2);
    float[] expectedDZ = dZ.array().clone();
    float[] expectedDb = db.array().clone();
    if (!accumulate) {
      Arrays.fill(expectedDb, db.offset(), db.offset() + n, 0);
    }
    for (int j = 0; j < m; j++) {
      for (int i = 0; i < n; i++) {
        float dz = dA.get(i, j) * g.derivative(saved.get(i, j));
        expectedDZ[5 + i + j * (n + 3)] = dz;
        expectedDb[db.offset() + i] += dz;
      }
    }
    Hadamard.apply(g, dA, saved, dZ, db, accumulate);
    assertSameBits(g + ": dZ", dZ.array(), expectedDZ);
    assertSameBits(g + ": db", db.array(), expectedDb);
  }
}
