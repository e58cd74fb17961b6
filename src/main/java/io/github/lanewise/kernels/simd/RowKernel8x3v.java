package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;

/**
 * Loop 0 with 32 registers and B in place: 4 to 8 rows by 2 or 3 vectors, the first four rows and
 * the last four, else the contract of {@link RowKernel4x4v}. A is a copy whose 8 rows, the halves
 * of the tile, are KC apart: from one place, at constant distances, 52 instructions for 24 fma, no
 * vector spilled; two places for two halves, and it is 62, two vectors of B on the stack and half
 * the speed.
 */
final class RowKernel8x3v {
  private RowKernel8x3v() {}

  // spotless:off
  /** 8 rows × 3 vectors: 24 accumulators. */
  static void run3v(
      int rows, int k,
      float[] a, int aOff,
      float[] b, int bOff, int rsB, int last,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int kc = Math.min(k, KC);
    int lower = rows - 4;
    int init4 = initOff + lower * rsInit;
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + VL);
    FloatVector c02 = FloatVector.fromArray(SPECIES, init, initOff + last);
    FloatVector c10 = FloatVector.fromArray(SPECIES, init, initOff + rsInit);
    FloatVector c11 = FloatVector.fromArray(SPECIES, init, initOff + rsInit + VL);
    FloatVector c12 = FloatVector.fromArray(SPECIES, init, initOff + rsInit + last);
    FloatVector c20 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit);
    FloatVector c21 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit + VL);
    FloatVector c22 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit + last);
    FloatVector c30 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit);
    FloatVector c31 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit + VL);
    FloatVector c32 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit + last);
    FloatVector c40 = FloatVector.fromArray(SPECIES, init, init4);
    FloatVector c41 = FloatVector.fromArray(SPECIES, init, init4 + VL);
    FloatVector c42 = FloatVector.fromArray(SPECIES, init, init4 + last);
    FloatVector c50 = FloatVector.fromArray(SPECIES, init, init4 + rsInit);
    FloatVector c51 = FloatVector.fromArray(SPECIES, init, init4 + rsInit + VL);
    FloatVector c52 = FloatVector.fromArray(SPECIES, init, init4 + rsInit + last);
    FloatVector c60 = FloatVector.fromArray(SPECIES, init, init4 + 2 * rsInit);
    FloatVector c61 = FloatVector.fromArray(SPECIES, init, init4 + 2 * rsInit + VL);
    FloatVector c62 = FloatVector.fromArray(SPECIES, init, init4 + 2 * rsInit + last);
    FloatVector c70 = FloatVector.fromArray(SPECIES, init, init4 + 3 * rsInit);
    FloatVector c71 = FloatVector.fromArray(SPECIES, init, init4 + 3 * rsInit + VL);
    FloatVector c72 = FloatVector.fromArray(SPECIES, init, init4 + 3 * rsInit + last);
    for (int p = 0, bp = bOff; p < kc; p++, bp += rsB) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + VL);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bp + last);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOff + p]);
      c00 = x0.fma(b0, c00); c01 = x0.fma(b1, c01); c02 = x0.fma(b2, c02);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[aOff + p + KC]);
      c10 = x1.fma(b0, c10); c11 = x1.fma(b1, c11); c12 = x1.fma(b2, c12);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[aOff + p + 2 * KC]);
      c20 = x2.fma(b0, c20); c21 = x2.fma(b1, c21); c22 = x2.fma(b2, c22);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[aOff + p + 3 * KC]);
      c30 = x3.fma(b0, c30); c31 = x3.fma(b1, c31); c32 = x3.fma(b2, c32);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[aOff + p + 4 * KC]);
      c40 = x4.fma(b0, c40); c41 = x4.fma(b1, c41); c42 = x4.fma(b2, c42);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[aOff + p + 5 * KC]);
      c50 = x5.fma(b0, c50); c51 = x5.fma(b1, c51); c52 = x5.fma(b2, c52);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[aOff + p + 6 * KC]);
      c60 = x6.fma(b0, c60); c61 = x6.fma(b1, c61); c62 = x6.fma(b2, c62);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[aOff + p + 7 * KC]);
      c70 = x7.fma(b0, c70); c71 = x7.fma(b1, c71); c72 = x7.fma(b2, c72);
    }
    int c4 = cOff + lower * rsC;
    c00.intoArray(c, cOff);
    c01.intoArray(c, cOff + VL);
    c02.intoArray(c, cOff + last);
    c10.intoArray(c, cOff + rsC);
    c11.intoArray(c, cOff + rsC + VL);
    c12.intoArray(c, cOff + rsC + last);
    c20.intoArray(c, cOff + 2 * rsC);
    c21.intoArray(c, cOff + 2 * rsC + VL);
    c22.intoArray(c, cOff + 2 * rsC + last);
    c30.intoArray(c, cOff + 3 * rsC);
    c31.intoArray(c, cOff + 3 * rsC + VL);
    c32.intoArray(c, cOff + 3 * rsC + last);
    c40.intoArray(c, c4);
    c41.intoArray(c, c4 + VL);
    c42.intoArray(c, c4 + last);
    c50.intoArray(c, c4 + rsC);
    c51.intoArray(c, c4 + rsC + VL);
    c52.intoArray(c, c4 + rsC + last);
    c60.intoArray(c, c4 + 2 * rsC);
    c61.intoArray(c, c4 + 2 * rsC + VL);
    c62.intoArray(c, c4 + 2 * rsC + last);
    c70.intoArray(c, c4 + 3 * rsC);
    c71.intoArray(c, c4 + 3 * rsC + VL);
    c72.intoArray(c, c4 + 3 * rsC + last);
  }

  /** 8 rows × 2 vectors: 16 accumulators. */
  static void run2v(
      int rows, int k,
      float[] a, int aOff,
      float[] b, int bOff, int rsB, int last,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int kc = Math.min(k, KC);
    int lower = rows - 4;
    int init4 = initOff + lower * rsInit;
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + last);
    FloatVector c10 = FloatVector.fromArray(SPECIES, init, initOff + rsInit);
    FloatVector c11 = FloatVector.fromArray(SPECIES, init, initOff + rsInit + last);
    FloatVector c20 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit);
    FloatVector c21 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit + last);
    FloatVector c30 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit);
    FloatVector c31 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit + last);
    FloatVector c40 = FloatVector.fromArray(SPECIES, init, init4);
    FloatVector c41 = FloatVector.fromArray(SPECIES, init, init4 + last);
    FloatVector c50 = FloatVector.fromArray(SPECIES, init, init4 + rsInit);
    FloatVector c51 = FloatVector.fromArray(SPECIES, init, init4 + rsInit + last);
    FloatVector c60 = FloatVector.fromArray(SPECIES, init, init4 + 2 * rsInit);
    FloatVector c61 = FloatVector.fromArray(SPECIES, init, init4 + 2 * rsInit + last);
    FloatVector c70 = FloatVector.fromArray(SPECIES, init, init4 + 3 * rsInit);
    FloatVector c71 = FloatVector.fromArray(SPECIES, init, init4 + 3 * rsInit + last);
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
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[aOff + p + 6 * KC]);
      c60 = x6.fma(b0, c60); c61 = x6.fma(b1, c61);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[aOff + p + 7 * KC]);
      c70 = x7.fma(b0, c70); c71 = x7.fma(b1, c71);
    }
    int c4 = cOff + lower * rsC;
    c00.intoArray(c, cOff);
    c01.intoArray(c, cOff + last);
    c10.intoArray(c, cOff + rsC);
    c11.intoArray(c, cOff + rsC + last);
    c20.intoArray(c, cOff + 2 * rsC);
    c21.intoArray(c, cOff + 2 * rsC + last);
    c30.intoArray(c, cOff + 3 * rsC);
    c31.intoArray(c, cOff + 3 * rsC + last);
    c40.intoArray(c, c4);
    c41.intoArray(c, c4 + last);
    c50.intoArray(c, c4 + rsC);
    c51.intoArray(c, c4 + rsC + last);
    c60.intoArray(c, c4 + 2 * rsC);
    c61.intoArray(c, c4 + 2 * rsC + last);
    c70.intoArray(c, c4 + 3 * rsC);
    c71.intoArray(c, c4 + 3 * rsC + last);
  }

  // spotless:on
}
