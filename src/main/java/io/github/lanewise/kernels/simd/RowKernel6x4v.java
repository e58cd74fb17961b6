package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;

/**
 * Loop 0 with 32 registers and B in place: 5 or 6 rows by 4 vectors, the first three rows and the
 * last three, of the 8 in the copy that {@link RowKernel8x3v} reads; else its contract.
 */
final class RowKernel6x4v {
  private RowKernel6x4v() {}

  // spotless:off
  /** 6 rows × 4 vectors: 24 accumulators. */
  static void run4v(
      int rows, int k,
      float[] a, int aOff,
      float[] b, int bOff, int rsB, int last,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int kc = Math.min(k, KC);
    int lower = rows - 3;
    int init3 = initOff + lower * rsInit;
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + VL);
    FloatVector c02 = FloatVector.fromArray(SPECIES, init, initOff + 2 * VL);
    FloatVector c03 = FloatVector.fromArray(SPECIES, init, initOff + last);
    FloatVector c10 = FloatVector.fromArray(SPECIES, init, initOff + rsInit);
    FloatVector c11 = FloatVector.fromArray(SPECIES, init, initOff + rsInit + VL);
    FloatVector c12 = FloatVector.fromArray(SPECIES, init, initOff + rsInit + 2 * VL);
    FloatVector c13 = FloatVector.fromArray(SPECIES, init, initOff + rsInit + last);
    FloatVector c20 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit);
    FloatVector c21 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit + VL);
    FloatVector c22 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit + 2 * VL);
    FloatVector c23 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit + last);
    FloatVector c30 = FloatVector.fromArray(SPECIES, init, init3);
    FloatVector c31 = FloatVector.fromArray(SPECIES, init, init3 + VL);
    FloatVector c32 = FloatVector.fromArray(SPECIES, init, init3 + 2 * VL);
    FloatVector c33 = FloatVector.fromArray(SPECIES, init, init3 + last);
    FloatVector c40 = FloatVector.fromArray(SPECIES, init, init3 + rsInit);
    FloatVector c41 = FloatVector.fromArray(SPECIES, init, init3 + rsInit + VL);
    FloatVector c42 = FloatVector.fromArray(SPECIES, init, init3 + rsInit + 2 * VL);
    FloatVector c43 = FloatVector.fromArray(SPECIES, init, init3 + rsInit + last);
    FloatVector c50 = FloatVector.fromArray(SPECIES, init, init3 + 2 * rsInit);
    FloatVector c51 = FloatVector.fromArray(SPECIES, init, init3 + 2 * rsInit + VL);
    FloatVector c52 = FloatVector.fromArray(SPECIES, init, init3 + 2 * rsInit + 2 * VL);
    FloatVector c53 = FloatVector.fromArray(SPECIES, init, init3 + 2 * rsInit + last);
    for (int p = 0, bp = bOff; p < kc; p++, bp += rsB) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + VL);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bp + 2 * VL);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, bp + last);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOff + p]);
      c00 = x0.fma(b0, c00); c01 = x0.fma(b1, c01); c02 = x0.fma(b2, c02); c03 = x0.fma(b3, c03);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[aOff + p + KC]);
      c10 = x1.fma(b0, c10); c11 = x1.fma(b1, c11); c12 = x1.fma(b2, c12); c13 = x1.fma(b3, c13);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[aOff + p + 2 * KC]);
      c20 = x2.fma(b0, c20); c21 = x2.fma(b1, c21); c22 = x2.fma(b2, c22); c23 = x2.fma(b3, c23);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[aOff + p + 5 * KC]);
      c30 = x3.fma(b0, c30); c31 = x3.fma(b1, c31); c32 = x3.fma(b2, c32); c33 = x3.fma(b3, c33);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[aOff + p + 6 * KC]);
      c40 = x4.fma(b0, c40); c41 = x4.fma(b1, c41); c42 = x4.fma(b2, c42); c43 = x4.fma(b3, c43);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[aOff + p + 7 * KC]);
      c50 = x5.fma(b0, c50); c51 = x5.fma(b1, c51); c52 = x5.fma(b2, c52); c53 = x5.fma(b3, c53);
    }
    int c3 = cOff + lower * rsC;
    c00.intoArray(c, cOff);
    c01.intoArray(c, cOff + VL);
    c02.intoArray(c, cOff + 2 * VL);
    c03.intoArray(c, cOff + last);
    c10.intoArray(c, cOff + rsC);
    c11.intoArray(c, cOff + rsC + VL);
    c12.intoArray(c, cOff + rsC + 2 * VL);
    c13.intoArray(c, cOff + rsC + last);
    c20.intoArray(c, cOff + 2 * rsC);
    c21.intoArray(c, cOff + 2 * rsC + VL);
    c22.intoArray(c, cOff + 2 * rsC + 2 * VL);
    c23.intoArray(c, cOff + 2 * rsC + last);
    c30.intoArray(c, c3);
    c31.intoArray(c, c3 + VL);
    c32.intoArray(c, c3 + 2 * VL);
    c33.intoArray(c, c3 + last);
    c40.intoArray(c, c3 + rsC);
    c41.intoArray(c, c3 + rsC + VL);
    c42.intoArray(c, c3 + rsC + 2 * VL);
    c43.intoArray(c, c3 + rsC + last);
    c50.intoArray(c, c3 + 2 * rsC);
    c51.intoArray(c, c3 + 2 * rsC + VL);
    c52.intoArray(c, c3 + 2 * rsC + 2 * VL);
    c53.intoArray(c, c3 + 2 * rsC + last);
  }
  // spotless:on
}
