package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Loop 0 where the columns of A are contiguous, as in a product of a transposed matrix, and B is in
 * place: up to 4 rows by 2 vectors, else the contract of {@link RowKernel4x4v}. With 32 registers
 * it takes what {@link ColumnKernel8x2v} leaves over.
 */
final class ColumnKernel4x2v {
  private ColumnKernel4x2v() {}

  // spotless:off
  /** 4 rows × 2 vectors: 8 accumulators. */
  static void run2v(
      int rows, int k,
      float[] a, int aOff, int csA,
      float[] b, int bOff, int rsB, int last,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int kc = Math.min(k, KC);
    int lower = rows - 2;
    int init2 = initOff + lower * rsInit;
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + last);
    FloatVector c10 = FloatVector.fromArray(SPECIES, init, initOff + rsInit);
    FloatVector c11 = FloatVector.fromArray(SPECIES, init, initOff + rsInit + last);
    FloatVector c20 = FloatVector.fromArray(SPECIES, init, init2);
    FloatVector c21 = FloatVector.fromArray(SPECIES, init, init2 + last);
    FloatVector c30 = FloatVector.fromArray(SPECIES, init, init2 + rsInit);
    FloatVector c31 = FloatVector.fromArray(SPECIES, init, init2 + rsInit + last);
    for (int p = 0, ap = aOff, aq = aOff + lower, bp = bOff; p < kc; p++, ap += csA, aq += csA, bp += rsB) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + last);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[ap]);
      c00 = x0.fma(b0, c00); c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[ap + 1]);
      c10 = x1.fma(b0, c10); c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[aq]);
      c20 = x2.fma(b0, c20); c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[aq + 1]);
      c30 = x3.fma(b0, c30); c31 = x3.fma(b1, c31);
    }
    int c2 = cOff + lower * rsC;
    c00.intoArray(c, cOff);
    c01.intoArray(c, cOff + last);
    c10.intoArray(c, cOff + rsC);
    c11.intoArray(c, cOff + rsC + last);
    c20.intoArray(c, c2);
    c21.intoArray(c, c2 + last);
    c30.intoArray(c, c2 + rsC);
    c31.intoArray(c, c2 + rsC + last);
  }

  /** 4 rows × 1 vector: 4 accumulators. */
  static void run1v(
      int rows, int k,
      float[] a, int aOff, int csA,
      float[] b, int bOff, int rsB,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int kc = Math.min(k, KC);
    int lower = rows - 2;
    int init2 = initOff + lower * rsInit;
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector c10 = FloatVector.fromArray(SPECIES, init, initOff + rsInit);
    FloatVector c20 = FloatVector.fromArray(SPECIES, init, init2);
    FloatVector c30 = FloatVector.fromArray(SPECIES, init, init2 + rsInit);
    for (int p = 0, ap = aOff, aq = aOff + lower, bp = bOff; p < kc; p++, ap += csA, aq += csA, bp += rsB) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[ap]);
      c00 = x0.fma(b0, c00);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[ap + 1]);
      c10 = x1.fma(b0, c10);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[aq]);
      c20 = x2.fma(b0, c20);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[aq + 1]);
      c30 = x3.fma(b0, c30);
    }
    int c2 = cOff + lower * rsC;
    c00.intoArray(c, cOff);
    c10.intoArray(c, cOff + rsC);
    c20.intoArray(c, c2);
    c30.intoArray(c, c2 + rsC);
  }
  // spotless:on
}
