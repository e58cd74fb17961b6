package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;

/**
 * Loop 0 with 32 registers and B in panels: a whole tile, 12 rows by 2 vectors, else the contract
 * of {@link RowKernel4x4v}. A step loads two vectors of B for 24 fma, so it matters little that
 * every load of 64 bytes from a Java array crosses a line of the cache: of the limit of two fma a
 * cycle this tile keeps 0.95 in assembly where 4×4v keeps 0.6 to 0.8 (src/docs/decisions/0013).
 *
 * <p>24 accumulators and 2 vectors of B are as many registers as C2 fills before it looks at how
 * many there are; from then on it takes each broadcast when the one before is used up: 45
 * instructions for 24 fma by rows, 52 by columns, no vector spilled.
 *
 * <p>Rows that all start from the same one, a bias or zeros, read it once ({@link
 * PanelKernel6x2v}).
 */
final class PanelKernel12x2v {
  private PanelKernel12x2v() {}

  // spotless:off
  /** 12 rows × 2 vectors, 24 accumulators; row i of A begins i·KC after the first. */
  static void rows(
      int k, int last,
      float[] a, int aOff,
      float[] b, int bOff,
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
    for (int p = 0; p < kc; p++) {
      int bp = bOff + p * (2 * VL);
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + VL);
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
      FloatVector x8 = FloatVector.broadcast(SPECIES, a[aOff + p + 8 * KC]);
      c80 = x8.fma(b0, c80); c81 = x8.fma(b1, c81);
      FloatVector x9 = FloatVector.broadcast(SPECIES, a[aOff + p + 9 * KC]);
      c90 = x9.fma(b0, c90); c91 = x9.fma(b1, c91);
      FloatVector xa = FloatVector.broadcast(SPECIES, a[aOff + p + 10 * KC]);
      ca0 = xa.fma(b0, ca0); ca1 = xa.fma(b1, ca1);
      FloatVector xb = FloatVector.broadcast(SPECIES, a[aOff + p + 11 * KC]);
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

  /** The same; column p of A begins p·csA after the first. */
  static void columns(
      int k, int last,
      float[] a, int aOff, int csA,
      float[] b, int bOff,
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
    for (int p = 0, ap = aOff; p < kc; p++, ap += csA) {
      int bp = bOff + p * (2 * VL);
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + VL);
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
