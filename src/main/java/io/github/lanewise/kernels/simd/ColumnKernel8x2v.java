package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * What {@link ColumnKernel12x2v} leaves over: 4 to 8 rows, the first four and the last four. B is
 * in place or in a panel.
 */
final class ColumnKernel8x2v {
  private ColumnKernel8x2v() {}

  // spotless:off
  /** 8 rows × 2 vectors, 16 accumulators; the second vector of B is {@code next} after the first. */
  static void run(
      int rows, int k, int last,
      float[] a, int aOff, int csA,
      float[] b, int bOff, int rsB, int next,
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
    for (int p = 0, ap = aOff, aq = aOff + lower, bp = bOff; p < kc; p++, ap += csA, aq += csA, bp += rsB) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + next);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[ap]);
      c00 = x0.fma(b0, c00); c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[ap + 1]);
      c10 = x1.fma(b0, c10); c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[ap + 2]);
      c20 = x2.fma(b0, c20); c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[ap + 3]);
      c30 = x3.fma(b0, c30); c31 = x3.fma(b1, c31);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[aq]);
      c40 = x4.fma(b0, c40); c41 = x4.fma(b1, c41);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[aq + 1]);
      c50 = x5.fma(b0, c50); c51 = x5.fma(b1, c51);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[aq + 2]);
      c60 = x6.fma(b0, c60); c61 = x6.fma(b1, c61);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[aq + 3]);
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
