package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;

/**
 * Loop 0 with 16 registers where A stays in place by columns and B is in panels: 5 rows by 2
 * vectors, else the contract of {@link PanelKernel4x2v}. A narrow C does not repay a copy of A. A
 * sixth row would be one accumulator too many: a place of A that moves by a variable distance keeps
 * its checks in the loop, and C2 then spills (36 instructions for 12 fma and half of the speed; 30
 * for these 10, and as fast as from packed operands).
 */
final class PanelKernel5x2v {
  private PanelKernel5x2v() {}

  // spotless:off
  /** 5 rows × 2 vectors, 10 accumulators; column p of A begins p·csA after the first. */
  static void columns(
      int k, int last,
      float[] a, int aOff, int csA,
      float[] b, int bOff,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int kc = Math.min(k, KC);
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff), c10 = c00, c20 = c00, c30 = c00, c40 = c00;
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + last), c11 = c01, c21 = c01, c31 = c01, c41 = c01;
    if (rsInit != 0) {
      c10 = FloatVector.fromArray(SPECIES, init, initOff + rsInit);
      c11 = FloatVector.fromArray(SPECIES, init, initOff + rsInit + last);
      c20 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit);
      c21 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit + last);
      c30 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit);
      c31 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit + last);
      c40 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit);
      c41 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit + last);
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
  }
  // spotless:on
}
