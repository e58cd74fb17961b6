package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** {@link RowKernel8x1v} where the columns of A are contiguous. */
final class ColumnKernel8x1v {
  private ColumnKernel8x1v() {}

  // spotless:off
  /** 8 rows × 1 vector: 8 accumulators. */
  static void run1v(
      int rows, int k,
      float[] a, int aOff, int csA,
      float[] b, int bOff, int rsB,
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
    for (int p = 0, ap = aOff, aq = aOff + lower, bp = bOff; p < kc; p++, ap += csA, aq += csA, bp += rsB) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      c0 = FloatVector.broadcast(SPECIES, a[ap]).fma(b0, c0);
      c1 = FloatVector.broadcast(SPECIES, a[ap + 1]).fma(b0, c1);
      c2 = FloatVector.broadcast(SPECIES, a[ap + 2]).fma(b0, c2);
      c3 = FloatVector.broadcast(SPECIES, a[ap + 3]).fma(b0, c3);
      c4 = FloatVector.broadcast(SPECIES, a[aq]).fma(b0, c4);
      c5 = FloatVector.broadcast(SPECIES, a[aq + 1]).fma(b0, c5);
      c6 = FloatVector.broadcast(SPECIES, a[aq + 2]).fma(b0, c6);
      c7 = FloatVector.broadcast(SPECIES, a[aq + 3]).fma(b0, c7);
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
