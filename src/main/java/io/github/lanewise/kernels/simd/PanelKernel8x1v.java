package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;

/**
 * Loop 0 with B in a panel where a tile is one vector wide: A in place or packed, its rows
 * contiguous, B in a panel of lines of one vector. p moves all indices by a constant, so no check
 * is left in the loop, and 8 accumulators and a vector of B leave C2 five registers for broadcasts
 * (src/docs/decisions/0009). The contract is that of {@link RowKernel8x1v}.
 */
final class PanelKernel8x1v {
  private PanelKernel8x1v() {}

  // spotless:off
  /** 8 rows × 1 vector: 8 accumulators. */
  static void rows(
      int rows, int k,
      float[] a, int aOff, int rsA,
      float[] b, int bOff,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int kc = Math.min(k, KC);
    int lower = rows - 4;
    int init4 = initOff + lower * rsInit;
    FloatVector c0 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector c1 = FloatVector.fromArray(SPECIES, init, initOff + rsInit);
    FloatVector c2 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit);
    FloatVector c3 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit);
    FloatVector c4 = FloatVector.fromArray(SPECIES, init, init4);
    FloatVector c5 = FloatVector.fromArray(SPECIES, init, init4 + rsInit);
    FloatVector c6 = FloatVector.fromArray(SPECIES, init, init4 + 2 * rsInit);
    FloatVector c7 = FloatVector.fromArray(SPECIES, init, init4 + 3 * rsInit);
    int a1 = aOff + rsA, a2 = a1 + rsA, a3 = a2 + rsA;
    int a4 = aOff + lower * rsA, a5 = a4 + rsA, a6 = a5 + rsA, a7 = a6 + rsA;
    for (int p = 0; p < kc; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bOff + p * VL);
      c0 = FloatVector.broadcast(SPECIES, a[aOff + p]).fma(b0, c0);
      c1 = FloatVector.broadcast(SPECIES, a[a1 + p]).fma(b0, c1);
      c2 = FloatVector.broadcast(SPECIES, a[a2 + p]).fma(b0, c2);
      c3 = FloatVector.broadcast(SPECIES, a[a3 + p]).fma(b0, c3);
      c4 = FloatVector.broadcast(SPECIES, a[a4 + p]).fma(b0, c4);
      c5 = FloatVector.broadcast(SPECIES, a[a5 + p]).fma(b0, c5);
      c6 = FloatVector.broadcast(SPECIES, a[a6 + p]).fma(b0, c6);
      c7 = FloatVector.broadcast(SPECIES, a[a7 + p]).fma(b0, c7);
    }
    int c4Off = cOff + lower * rsC;
    c0.intoArray(c, cOff);
    c1.intoArray(c, cOff + rsC);
    c2.intoArray(c, cOff + 2 * rsC);
    c3.intoArray(c, cOff + 3 * rsC);
    c4.intoArray(c, c4Off);
    c5.intoArray(c, c4Off + rsC);
    c6.intoArray(c, c4Off + 2 * rsC);
    c7.intoArray(c, c4Off + 3 * rsC);
  }
  // spotless:on
}
