package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;

/** Loop 0 with 16 registers for the first rows of C, as {@link PackingKernel12x2v}. */
final class PackingKernel6x2v {
  private PackingKernel6x2v() {}

  // spotless:off
  /** 6 rows × 2 vectors, 12 accumulators; row i of A begins i·KC after the first. */
  static void rows(
      int k,
      float[] a, int aOff,
      float[] b, int bOff, int rsB,
      float[] panel, int off,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int kc = Math.min(k, KC);
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff), c10 = c00, c20 = c00, c30 = c00, c40 = c00, c50 = c00;
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + VL), c11 = c01, c21 = c01, c31 = c01, c41 = c01, c51 = c01;
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
  }
  // spotless:on
}
