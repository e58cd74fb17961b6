package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;

/**
 * The tile for 16 registers, 3 rows by up to 3 vectors; the contract is that of {@link
 * MicroKernel4x4v}.
 */
final class MicroKernel3x3v {
  private MicroKernel3x3v() {}

  // spotless:off
  /** 3 rows × 3 vectors: 9 accumulators. */
  static void run3v(
      int rows, int k,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB, int last,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int r1 = Math.min(1, rows - 1);
    int r2 = Math.min(2, rows - 1);
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + VL);
    FloatVector c02 = FloatVector.fromArray(SPECIES, init, initOff + last);
    FloatVector c10 = FloatVector.fromArray(SPECIES, init, initOff + r1 * rsInit);
    FloatVector c11 = FloatVector.fromArray(SPECIES, init, initOff + r1 * rsInit + VL);
    FloatVector c12 = FloatVector.fromArray(SPECIES, init, initOff + r1 * rsInit + last);
    FloatVector c20 = FloatVector.fromArray(SPECIES, init, initOff + r2 * rsInit);
    FloatVector c21 = FloatVector.fromArray(SPECIES, init, initOff + r2 * rsInit + VL);
    FloatVector c22 = FloatVector.fromArray(SPECIES, init, initOff + r2 * rsInit + last);
    int a1 = r1 * rsA;
    int a2 = r2 * rsA;
    int ap = aOff, bp = bOff;
    for (long p = 0; p < k; p++, ap += csA, bp += rsB) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + VL);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bp + last);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[ap]);
      c00 = x0.fma(b0, c00); c01 = x0.fma(b1, c01); c02 = x0.fma(b2, c02);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[ap + a1]);
      c10 = x1.fma(b0, c10); c11 = x1.fma(b1, c11); c12 = x1.fma(b2, c12);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[ap + a2]);
      c20 = x2.fma(b0, c20); c21 = x2.fma(b1, c21); c22 = x2.fma(b2, c22);
    }
    c00.intoArray(c, cOff);
    c01.intoArray(c, cOff + VL);
    c02.intoArray(c, cOff + last);
    c10.intoArray(c, cOff + r1 * rsC);
    c11.intoArray(c, cOff + r1 * rsC + VL);
    c12.intoArray(c, cOff + r1 * rsC + last);
    c20.intoArray(c, cOff + r2 * rsC);
    c21.intoArray(c, cOff + r2 * rsC + VL);
    c22.intoArray(c, cOff + r2 * rsC + last);
  }

  /** 3 rows × 2 vectors: 6 accumulators. */
  static void run2v(
      int rows, int k,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB, int last,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int r1 = Math.min(1, rows - 1);
    int r2 = Math.min(2, rows - 1);
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + last);
    FloatVector c10 = FloatVector.fromArray(SPECIES, init, initOff + r1 * rsInit);
    FloatVector c11 = FloatVector.fromArray(SPECIES, init, initOff + r1 * rsInit + last);
    FloatVector c20 = FloatVector.fromArray(SPECIES, init, initOff + r2 * rsInit);
    FloatVector c21 = FloatVector.fromArray(SPECIES, init, initOff + r2 * rsInit + last);
    int a1 = r1 * rsA;
    int a2 = r2 * rsA;
    int ap = aOff, bp = bOff;
    for (int p = 0; p < k; p++, ap += csA, bp += rsB) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + last);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[ap]);
      c00 = x0.fma(b0, c00); c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[ap + a1]);
      c10 = x1.fma(b0, c10); c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[ap + a2]);
      c20 = x2.fma(b0, c20); c21 = x2.fma(b1, c21);
    }
    c00.intoArray(c, cOff);
    c01.intoArray(c, cOff + last);
    c10.intoArray(c, cOff + r1 * rsC);
    c11.intoArray(c, cOff + r1 * rsC + last);
    c20.intoArray(c, cOff + r2 * rsC);
    c21.intoArray(c, cOff + r2 * rsC + last);
  }

  /** 3 rows × 1 vector: 3 accumulators. */
  static void run1v(
      int rows, int k,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int r1 = Math.min(1, rows - 1);
    int r2 = Math.min(2, rows - 1);
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector c10 = FloatVector.fromArray(SPECIES, init, initOff + r1 * rsInit);
    FloatVector c20 = FloatVector.fromArray(SPECIES, init, initOff + r2 * rsInit);
    int a1 = r1 * rsA;
    int a2 = r2 * rsA;
    int ap = aOff, bp = bOff;
    for (int p = 0; p < k; p++, ap += csA, bp += rsB) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[ap]);
      c00 = x0.fma(b0, c00);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[ap + a1]);
      c10 = x1.fma(b0, c10);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[ap + a2]);
      c20 = x2.fma(b0, c20);
    }
    c00.intoArray(c, cOff);
    c10.intoArray(c, cOff + r1 * rsC);
    c20.intoArray(c, cOff + r2 * rsC);
  }
  // spotless:on
}
