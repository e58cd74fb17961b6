package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;

/**
 * Loop 0 with B in panels: up to 4 rows by 2 vectors, whatever lies beside the whole tiles of
 * {@link PanelKernel6x2v}; else the contract of {@link RowKernel4x4v}, but that a tile may have a
 * single row. The lines of B are two vectors, the second that of C's column {@code last}. As p
 * moves all indices by a constant, no check is left in the loop: 24 instructions for 8 fma, not 30.
 */
final class PanelKernel4x2v {
  private PanelKernel4x2v() {}

  // spotless:off
  /** 1 to 4 rows × 2 vectors, 8 accumulators; the rows of A are contiguous. */
  static void rows(
      int rows, int k, int last,
      float[] a, int aOff, int rsA,
      float[] b, int bOff,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int kc = Math.min(k, KC);
    int second = Math.min(rows - 1, 1);
    int lower = Math.max(rows - 2, 0);
    int c1 = cOff + second * rsC, c2 = cOff + lower * rsC, c3 = c2 + second * rsC;
    int init1 = initOff + second * rsInit, init2 = initOff + lower * rsInit, init3 = init2 + second * rsInit;
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + last);
    FloatVector c10 = FloatVector.fromArray(SPECIES, init, init1);
    FloatVector c11 = FloatVector.fromArray(SPECIES, init, init1 + last);
    FloatVector c20 = FloatVector.fromArray(SPECIES, init, init2);
    FloatVector c21 = FloatVector.fromArray(SPECIES, init, init2 + last);
    FloatVector c30 = FloatVector.fromArray(SPECIES, init, init3);
    FloatVector c31 = FloatVector.fromArray(SPECIES, init, init3 + last);
    int a1 = aOff + second * rsA, a2 = aOff + lower * rsA, a3 = a2 + second * rsA;
    for (int p = 0; p < kc; p++) {
      int bp = bOff + p * (2 * VL);
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + VL);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOff + p]);
      c00 = x0.fma(b0, c00); c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      c10 = x1.fma(b0, c10); c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
      c20 = x2.fma(b0, c20); c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
      c30 = x3.fma(b0, c30); c31 = x3.fma(b1, c31);
    }
    c00.intoArray(c, cOff);
    c01.intoArray(c, cOff + last);
    c10.intoArray(c, c1);
    c11.intoArray(c, c1 + last);
    c20.intoArray(c, c2);
    c21.intoArray(c, c2 + last);
    c30.intoArray(c, c3);
    c31.intoArray(c, c3 + last);
  }

  /** The same; column p of A begins p·csA after the first. */
  static void columns(
      int rows, int k, int last,
      float[] a, int aOff, int csA,
      float[] b, int bOff,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int kc = Math.min(k, KC);
    int second = Math.min(rows - 1, 1);
    int lower = Math.max(rows - 2, 0);
    int c1 = cOff + second * rsC, c2 = cOff + lower * rsC, c3 = c2 + second * rsC;
    int init1 = initOff + second * rsInit, init2 = initOff + lower * rsInit, init3 = init2 + second * rsInit;
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + last);
    FloatVector c10 = FloatVector.fromArray(SPECIES, init, init1);
    FloatVector c11 = FloatVector.fromArray(SPECIES, init, init1 + last);
    FloatVector c20 = FloatVector.fromArray(SPECIES, init, init2);
    FloatVector c21 = FloatVector.fromArray(SPECIES, init, init2 + last);
    FloatVector c30 = FloatVector.fromArray(SPECIES, init, init3);
    FloatVector c31 = FloatVector.fromArray(SPECIES, init, init3 + last);
    for (int p = 0, ap = aOff, aq = aOff + lower; p < kc; p++, ap += csA, aq += csA) {
      int bp = bOff + p * (2 * VL);
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + VL);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[ap]);
      c00 = x0.fma(b0, c00); c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[ap + second]);
      c10 = x1.fma(b0, c10); c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[aq]);
      c20 = x2.fma(b0, c20); c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[aq + second]);
      c30 = x3.fma(b0, c30); c31 = x3.fma(b1, c31);
    }
    c00.intoArray(c, cOff);
    c01.intoArray(c, cOff + last);
    c10.intoArray(c, c1);
    c11.intoArray(c, c1 + last);
    c20.intoArray(c, c2);
    c21.intoArray(c, c2 + last);
    c30.intoArray(c, c3);
    c31.intoArray(c, c3 + last);
  }
  // spotless:on
}
