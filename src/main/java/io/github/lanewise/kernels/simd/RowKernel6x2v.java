package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Loop 0 with 16 registers and B in place: 3 to 6 rows by 2 vectors, the first three rows and the
 * last three, else the contract of {@link RowKernel4x4v}. A is a copy whose 6 rows, the halves of
 * the tile, are KC apart, as for {@link RowKernel8x3v}. Of one vector, {@code last} 0, both are the
 * same.
 */
final class RowKernel6x2v {
  private RowKernel6x2v() {}

  // spotless:off
  /** 6 rows × 2 vectors: 12 accumulators. */
  static void run2v(
      int rows, int k,
      float[] a, int aOff,
      float[] b, int bOff, int rsB, int last,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int kc = Math.min(k, KC);
    int lower = rows - 3;
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff), c10 = c00, c20 = c00, c30 = c00, c40 = c00, c50 = c00;
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + last), c11 = c01, c21 = c01, c31 = c01, c41 = c01, c51 = c01;
    if (rsInit != 0) {
      int init3 = initOff + lower * rsInit;
      c10 = FloatVector.fromArray(SPECIES, init, initOff + rsInit);
      c11 = FloatVector.fromArray(SPECIES, init, initOff + rsInit + last);
      c20 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit);
      c21 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit + last);
      c30 = FloatVector.fromArray(SPECIES, init, init3);
      c31 = FloatVector.fromArray(SPECIES, init, init3 + last);
      c40 = FloatVector.fromArray(SPECIES, init, init3 + rsInit);
      c41 = FloatVector.fromArray(SPECIES, init, init3 + rsInit + last);
      c50 = FloatVector.fromArray(SPECIES, init, init3 + 2 * rsInit);
      c51 = FloatVector.fromArray(SPECIES, init, init3 + 2 * rsInit + last);
    }
    for (int p = 0, bp = bOff; p < kc; p++, bp += rsB) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + last);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOff + p]);
      c00 = x0.fma(b0, c00); c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[aOff + p + KC]);
      c10 = x1.fma(b0, c10); c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[aOff + p + 2 * KC]);
      c20 = x2.fma(b0, c20); c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[aOff + p + 3 * KC]);
      c30 = x3.fma(b0, c30); c31 = x3.fma(b1, c31);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[aOff + p + 4 * KC]);
      c40 = x4.fma(b0, c40); c41 = x4.fma(b1, c41);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[aOff + p + 5 * KC]);
      c50 = x5.fma(b0, c50); c51 = x5.fma(b1, c51);
    }
    int c3 = cOff + lower * rsC;
    c00.intoArray(c, cOff);
    c01.intoArray(c, cOff + last);
    c10.intoArray(c, cOff + rsC);
    c11.intoArray(c, cOff + rsC + last);
    c20.intoArray(c, cOff + 2 * rsC);
    c21.intoArray(c, cOff + 2 * rsC + last);
    c30.intoArray(c, c3);
    c31.intoArray(c, c3 + last);
    c40.intoArray(c, c3 + rsC);
    c41.intoArray(c, c3 + rsC + last);
    c50.intoArray(c, c3 + 2 * rsC);
    c51.intoArray(c, c3 + 2 * rsC + last);
  }
  // spotless:on
}
