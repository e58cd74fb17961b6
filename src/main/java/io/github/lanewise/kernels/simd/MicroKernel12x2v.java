package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.PANEL_COLUMNS;
import static io.github.lanewise.kernels.simd.Lanes.PANEL_LD;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;

/**
 * Loop 0 for operands packed into panels: 12 rows by 2 vectors. Its strides are constants, so C2
 * lifts every bounds check out of the loop, which leaves 24 fma among 42 instructions; {@link
 * MicroKernel6x4v} with strides of any size needs 80 for as many, and the ports that its index
 * arithmetic takes are those of the fma.
 */
final class MicroKernel12x2v {
  private MicroKernel12x2v() {}

  // spotless:off
  /** A full tile: 24 accumulators. */
  static void run(
      int k,
      float[] a, int aOff,
      float[] b, int bOff,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + VL);
    FloatVector c10 = FloatVector.fromArray(SPECIES, init, initOff + rsInit);
    FloatVector c11 = FloatVector.fromArray(SPECIES, init, initOff + rsInit + VL);
    FloatVector c20 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit);
    FloatVector c21 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit + VL);
    FloatVector c30 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit);
    FloatVector c31 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit + VL);
    FloatVector c40 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit);
    FloatVector c41 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit + VL);
    FloatVector c50 = FloatVector.fromArray(SPECIES, init, initOff + 5 * rsInit);
    FloatVector c51 = FloatVector.fromArray(SPECIES, init, initOff + 5 * rsInit + VL);
    FloatVector c60 = FloatVector.fromArray(SPECIES, init, initOff + 6 * rsInit);
    FloatVector c61 = FloatVector.fromArray(SPECIES, init, initOff + 6 * rsInit + VL);
    FloatVector c70 = FloatVector.fromArray(SPECIES, init, initOff + 7 * rsInit);
    FloatVector c71 = FloatVector.fromArray(SPECIES, init, initOff + 7 * rsInit + VL);
    FloatVector c80 = FloatVector.fromArray(SPECIES, init, initOff + 8 * rsInit);
    FloatVector c81 = FloatVector.fromArray(SPECIES, init, initOff + 8 * rsInit + VL);
    FloatVector c90 = FloatVector.fromArray(SPECIES, init, initOff + 9 * rsInit);
    FloatVector c91 = FloatVector.fromArray(SPECIES, init, initOff + 9 * rsInit + VL);
    FloatVector ca0 = FloatVector.fromArray(SPECIES, init, initOff + 10 * rsInit);
    FloatVector ca1 = FloatVector.fromArray(SPECIES, init, initOff + 10 * rsInit + VL);
    FloatVector cb0 = FloatVector.fromArray(SPECIES, init, initOff + 11 * rsInit);
    FloatVector cb1 = FloatVector.fromArray(SPECIES, init, initOff + 11 * rsInit + VL);
    for (int p = 0; p < k; p++) {
      int ap = aOff + p * PANEL_LD;
      int bp = bOff + p * PANEL_COLUMNS;
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
    c01.intoArray(c, cOff + VL);
    c10.intoArray(c, cOff + rsC);
    c11.intoArray(c, cOff + rsC + VL);
    c20.intoArray(c, cOff + 2 * rsC);
    c21.intoArray(c, cOff + 2 * rsC + VL);
    c30.intoArray(c, cOff + 3 * rsC);
    c31.intoArray(c, cOff + 3 * rsC + VL);
    c40.intoArray(c, cOff + 4 * rsC);
    c41.intoArray(c, cOff + 4 * rsC + VL);
    c50.intoArray(c, cOff + 5 * rsC);
    c51.intoArray(c, cOff + 5 * rsC + VL);
    c60.intoArray(c, cOff + 6 * rsC);
    c61.intoArray(c, cOff + 6 * rsC + VL);
    c70.intoArray(c, cOff + 7 * rsC);
    c71.intoArray(c, cOff + 7 * rsC + VL);
    c80.intoArray(c, cOff + 8 * rsC);
    c81.intoArray(c, cOff + 8 * rsC + VL);
    c90.intoArray(c, cOff + 9 * rsC);
    c91.intoArray(c, cOff + 9 * rsC + VL);
    ca0.intoArray(c, cOff + 10 * rsC);
    ca1.intoArray(c, cOff + 10 * rsC + VL);
    cb0.intoArray(c, cOff + 11 * rsC);
    cb1.intoArray(c, cOff + 11 * rsC + VL);
  }
  // spotless:on
}
