package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Loop 0 with 32 registers where the columns of A are contiguous and B is in place: 12 rows by 2
 * vectors, else the contract of {@link RowKernel4x4v}. Two places, of A and of B, move by variable
 * distances and keep their checks in the loop, 58 instructions for 24 fma, which is fewer than a
 * core issues in their twelve cycles: as fast as from packed operands ({@link PanelKernel12x2v})
 * while B is in L1.
 */
final class ColumnKernel12x2v {
  private ColumnKernel12x2v() {}

  // spotless:off
  /** 12 rows × 2 vectors, 24 accumulators; the second vector of B is {@code next} after the first. */
  static void run(
      int k, int last,
      float[] a, int aOff, int csA,
      float[] b, int bOff, int rsB, int next,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int kc = Math.min(k, KC);
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff), c10 = c00, c20 = c00, c30 = c00, c40 = c00, c50 = c00, c60 = c00, c70 = c00, c80 = c00, c90 = c00, ca0 = c00, cb0 = c00;
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + last), c11 = c01, c21 = c01, c31 = c01, c41 = c01, c51 = c01, c61 = c01, c71 = c01, c81 = c01, c91 = c01, ca1 = c01, cb1 = c01;
    if (rsInit != 0) {
      c10 = FloatVector.fromArray(SPECIES, init, initOff + rsInit);
      c11 = FloatVector.fromArray(SPECIES, init, initOff + rsInit + last);
      c20 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit);
      c21 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit + last);
      c30 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit);
      c31 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit + last);
      c40 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit);
      c41 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit + last);
      c50 = FloatVector.fromArray(SPECIES, init, initOff + 5 * rsInit);
      c51 = FloatVector.fromArray(SPECIES, init, initOff + 5 * rsInit + last);
      c60 = FloatVector.fromArray(SPECIES, init, initOff + 6 * rsInit);
      c61 = FloatVector.fromArray(SPECIES, init, initOff + 6 * rsInit + last);
      c70 = FloatVector.fromArray(SPECIES, init, initOff + 7 * rsInit);
      c71 = FloatVector.fromArray(SPECIES, init, initOff + 7 * rsInit + last);
      c80 = FloatVector.fromArray(SPECIES, init, initOff + 8 * rsInit);
      c81 = FloatVector.fromArray(SPECIES, init, initOff + 8 * rsInit + last);
      c90 = FloatVector.fromArray(SPECIES, init, initOff + 9 * rsInit);
      c91 = FloatVector.fromArray(SPECIES, init, initOff + 9 * rsInit + last);
      ca0 = FloatVector.fromArray(SPECIES, init, initOff + 10 * rsInit);
      ca1 = FloatVector.fromArray(SPECIES, init, initOff + 10 * rsInit + last);
      cb0 = FloatVector.fromArray(SPECIES, init, initOff + 11 * rsInit);
      cb1 = FloatVector.fromArray(SPECIES, init, initOff + 11 * rsInit + last);
    }
    for (int p = 0, ap = aOff, bp = bOff; p < kc; p++, ap += csA, bp += rsB) {
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
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[ap + 4]);
      c40 = x4.fma(b0, c40); c41 = x4.fma(b1, c41);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[ap + 5]);
      c50 = x5.fma(b0, c50); c51 = x5.fma(b1, c51);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[ap + 6]);
      c60 = x6.fma(b0, c60); c61 = x6.fma(b1, c61);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[ap + 7]);
      c70 = x7.fma(b0, c70); c71 = x7.fma(b1, c71);
      FloatVector x8 = FloatVector.broadcast(SPECIES, a[ap + 8]);
      c80 = x8.fma(b0, c80); c81 = x8.fma(b1, c81);
      FloatVector x9 = FloatVector.broadcast(SPECIES, a[ap + 9]);
      c90 = x9.fma(b0, c90); c91 = x9.fma(b1, c91);
      FloatVector xa = FloatVector.broadcast(SPECIES, a[ap + 10]);
      ca0 = xa.fma(b0, ca0); ca1 = xa.fma(b1, ca1);
      FloatVector xb = FloatVector.broadcast(SPECIES, a[ap + 11]);
      cb0 = xb.fma(b0, cb0); cb1 = xb.fma(b1, cb1);
    }
    c00.intoArray(c, cOff);
    c01.intoArray(c, cOff + last);
    c10.intoArray(c, cOff + rsC);
    c11.intoArray(c, cOff + rsC + last);
    c20.intoArray(c, cOff + 2 * rsC);
    c21.intoArray(c, cOff + 2 * rsC + last);
    c30.intoArray(c, cOff + 3 * rsC);
    c31.intoArray(c, cOff + 3 * rsC + last);
    c40.intoArray(c, cOff + 4 * rsC);
    c41.intoArray(c, cOff + 4 * rsC + last);
    c50.intoArray(c, cOff + 5 * rsC);
    c51.intoArray(c, cOff + 5 * rsC + last);
    c60.intoArray(c, cOff + 6 * rsC);
    c61.intoArray(c, cOff + 6 * rsC + last);
    c70.intoArray(c, cOff + 7 * rsC);
    c71.intoArray(c, cOff + 7 * rsC + last);
    c80.intoArray(c, cOff + 8 * rsC);
    c81.intoArray(c, cOff + 8 * rsC + last);
    c90.intoArray(c, cOff + 9 * rsC);
    c91.intoArray(c, cOff + 9 * rsC + last);
    ca0.intoArray(c, cOff + 10 * rsC);
    ca1.intoArray(c, cOff + 10 * rsC + last);
    cb0.intoArray(c, cOff + 11 * rsC);
    cb1.intoArray(c, cOff + 11 * rsC + last);
  }
  // spotless:on
}
