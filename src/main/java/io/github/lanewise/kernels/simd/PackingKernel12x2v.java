package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;

/**
 * Loop 0 with 32 registers for the first rows of C: {@link PanelKernel12x2v} from rows of B in
 * place, which it leaves in the micropanel that the rows below read. So B is packed without being
 * read once more, and its misses hide behind 24 fma a step.
 */
final class PackingKernel12x2v {
  private PackingKernel12x2v() {}

  // spotless:off
  /** 12 rows × 2 vectors, 24 accumulators; row i of A begins i·KC after the first. */
  static void rows(
      int k,
      float[] a, int aOff,
      float[] b, int bOff, int rsB,
      float[] panel, int off,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int kc = Math.min(k, KC);
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff), c10 = c00, c20 = c00, c30 = c00, c40 = c00, c50 = c00, c60 = c00, c70 = c00, c80 = c00, c90 = c00, ca0 = c00, cb0 = c00;
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + VL), c11 = c01, c21 = c01, c31 = c01, c41 = c01, c51 = c01, c61 = c01, c71 = c01, c81 = c01, c91 = c01, ca1 = c01, cb1 = c01;
    if (rsInit != 0) {
      c10 = FloatVector.fromArray(SPECIES, init, initOff + rsInit);
      c11 = FloatVector.fromArray(SPECIES, init, initOff + rsInit + VL);
      c20 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit);
      c21 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit + VL);
      c30 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit);
      c31 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit + VL);
      c40 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit);
      c41 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit + VL);
      c50 = FloatVector.fromArray(SPECIES, init, initOff + 5 * rsInit);
      c51 = FloatVector.fromArray(SPECIES, init, initOff + 5 * rsInit + VL);
      c60 = FloatVector.fromArray(SPECIES, init, initOff + 6 * rsInit);
      c61 = FloatVector.fromArray(SPECIES, init, initOff + 6 * rsInit + VL);
      c70 = FloatVector.fromArray(SPECIES, init, initOff + 7 * rsInit);
      c71 = FloatVector.fromArray(SPECIES, init, initOff + 7 * rsInit + VL);
      c80 = FloatVector.fromArray(SPECIES, init, initOff + 8 * rsInit);
      c81 = FloatVector.fromArray(SPECIES, init, initOff + 8 * rsInit + VL);
      c90 = FloatVector.fromArray(SPECIES, init, initOff + 9 * rsInit);
      c91 = FloatVector.fromArray(SPECIES, init, initOff + 9 * rsInit + VL);
      ca0 = FloatVector.fromArray(SPECIES, init, initOff + 10 * rsInit);
      ca1 = FloatVector.fromArray(SPECIES, init, initOff + 10 * rsInit + VL);
      cb0 = FloatVector.fromArray(SPECIES, init, initOff + 11 * rsInit);
      cb1 = FloatVector.fromArray(SPECIES, init, initOff + 11 * rsInit + VL);
    }
    for (int p = 0, bp = bOff; p < kc; p++, bp += rsB) {
      int to = off + p * (2 * VL);
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + VL);
      b0.intoArray(panel, to);
      b1.intoArray(panel, to + VL);
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
