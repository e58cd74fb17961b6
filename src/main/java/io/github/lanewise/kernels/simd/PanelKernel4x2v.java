package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.PANEL;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;

/**
 * Loop 0 with 16 registers where A is in place, its rows contiguous, and B in the panels of a
 * packed network, whose lines are PANEL wide: a whole tile, 4 rows by 2 vectors, else the contract
 * of {@link RowKernel4x4v}. As p moves all indices by a constant, no check is left in the loop: 24
 * instructions for 8 fma, not 30.
 */
final class PanelKernel4x2v {
  private PanelKernel4x2v() {}

  // spotless:off
  /** C = init + A·B for a whole tile: 8 accumulators. */
  static void run(
      int k,
      float[] a, int aOff, int rsA,
      float[] b, int bOff,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int kc = Math.min(k, KC);
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + VL);
    FloatVector c10 = FloatVector.fromArray(SPECIES, init, initOff + rsInit);
    FloatVector c11 = FloatVector.fromArray(SPECIES, init, initOff + rsInit + VL);
    FloatVector c20 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit);
    FloatVector c21 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit + VL);
    FloatVector c30 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit);
    FloatVector c31 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit + VL);
    int a1 = aOff + rsA, a2 = a1 + rsA, a3 = a2 + rsA;
    for (int p = 0; p < kc; p++) {
      int bp = bOff + p * PANEL;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + VL);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOff + p]);
      c00 = x0.fma(b0, c00); c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      c10 = x1.fma(b0, c10); c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
      c20 = x2.fma(b0, c20); c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
      c30 = x3.fma(b0, c30); c31 = x3.fma(b1, c31);
    }
    c00.intoArray(c, cOff);
    c01.intoArray(c, cOff + VL);
    c10.intoArray(c, cOff + rsC);
    c11.intoArray(c, cOff + rsC + VL);
    c20.intoArray(c, cOff + 2 * rsC);
    c21.intoArray(c, cOff + 2 * rsC + VL);
    c30.intoArray(c, cOff + 3 * rsC);
    c31.intoArray(c, cOff + 3 * rsC + VL);
  }
  // spotless:on
}
