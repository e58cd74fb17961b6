package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.NR;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;

/**
 * Loop 0 with 32 registers where there are few rows, all of C or what whole tiles leave over: up to
 * 4 rows by two whole panels of B, 16 chains where {@link PanelKernel4x2v} has 8; else its
 * contract.
 */
final class PanelKernel4x4v {
  private PanelKernel4x4v() {}

  // spotless:off
  /** 1 to 4 rows × 4 vectors, 16 accumulators; the second panel of B is {@code next} after the first. */
  static void rows(
      int rows, int k,
      float[] a, int aOff, int rsA,
      float[] b, int bOff, int next,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int kc = Math.min(k, KC);
    int second = Math.min(rows - 1, 1);
    int lower = Math.max(rows - 2, 0);
    int c1 = cOff + second * rsC, c2 = cOff + lower * rsC, c3 = c2 + second * rsC;
    int init1 = initOff + second * rsInit, init2 = initOff + lower * rsInit, init3 = init2 + second * rsInit;
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + VL);
    FloatVector c02 = FloatVector.fromArray(SPECIES, init, initOff + 2 * VL);
    FloatVector c03 = FloatVector.fromArray(SPECIES, init, initOff + 3 * VL);
    FloatVector c10 = FloatVector.fromArray(SPECIES, init, init1);
    FloatVector c11 = FloatVector.fromArray(SPECIES, init, init1 + VL);
    FloatVector c12 = FloatVector.fromArray(SPECIES, init, init1 + 2 * VL);
    FloatVector c13 = FloatVector.fromArray(SPECIES, init, init1 + 3 * VL);
    FloatVector c20 = FloatVector.fromArray(SPECIES, init, init2);
    FloatVector c21 = FloatVector.fromArray(SPECIES, init, init2 + VL);
    FloatVector c22 = FloatVector.fromArray(SPECIES, init, init2 + 2 * VL);
    FloatVector c23 = FloatVector.fromArray(SPECIES, init, init2 + 3 * VL);
    FloatVector c30 = FloatVector.fromArray(SPECIES, init, init3);
    FloatVector c31 = FloatVector.fromArray(SPECIES, init, init3 + VL);
    FloatVector c32 = FloatVector.fromArray(SPECIES, init, init3 + 2 * VL);
    FloatVector c33 = FloatVector.fromArray(SPECIES, init, init3 + 3 * VL);
    int a1 = aOff + second * rsA, a2 = aOff + lower * rsA, a3 = a2 + second * rsA;
    int bNext = bOff + next;
    for (int p = 0; p < kc; p++) {
      int bp = bOff + p * NR;
      int bq = bNext + p * NR;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + VL);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bq);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, bq + VL);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOff + p]);
      c00 = x0.fma(b0, c00); c01 = x0.fma(b1, c01); c02 = x0.fma(b2, c02); c03 = x0.fma(b3, c03);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      c10 = x1.fma(b0, c10); c11 = x1.fma(b1, c11); c12 = x1.fma(b2, c12); c13 = x1.fma(b3, c13);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
      c20 = x2.fma(b0, c20); c21 = x2.fma(b1, c21); c22 = x2.fma(b2, c22); c23 = x2.fma(b3, c23);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
      c30 = x3.fma(b0, c30); c31 = x3.fma(b1, c31); c32 = x3.fma(b2, c32); c33 = x3.fma(b3, c33);
    }
    c00.intoArray(c, cOff);
    c01.intoArray(c, cOff + VL);
    c02.intoArray(c, cOff + 2 * VL);
    c03.intoArray(c, cOff + 3 * VL);
    c10.intoArray(c, c1);
    c11.intoArray(c, c1 + VL);
    c12.intoArray(c, c1 + 2 * VL);
    c13.intoArray(c, c1 + 3 * VL);
    c20.intoArray(c, c2);
    c21.intoArray(c, c2 + VL);
    c22.intoArray(c, c2 + 2 * VL);
    c23.intoArray(c, c2 + 3 * VL);
    c30.intoArray(c, c3);
    c31.intoArray(c, c3 + VL);
    c32.intoArray(c, c3 + 2 * VL);
    c33.intoArray(c, c3 + 3 * VL);
  }
  // spotless:on
}
