package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;

/**
 * Loop 0: a tile of C, 6 rows by up to 4 vectors, stays in registers while p runs over k.
 *
 * <pre>
 *   C[r, j] = init[r, j];   for p = 0 … k-1:   C[r, j] = fma(A[r, p], B[p, j], C[r, j])
 * </pre>
 *
 * <p>Contract, the same for every micro-kernel:
 *
 * <ul>
 *   <li>B, C and init are contiguous along the lanes; A is read a scalar at a time at any stride.
 *   <li>{@code rows} is 5 or 6 (in the kernels with 4 and 3 rows, 1 to all of them): rows past the
 *       last one are that last row computed again. They read what it reads and write the bits it
 *       writes, so an edge needs no kernel of its own.
 *   <li>{@code last} is the column of the last vector; a tile that is no whole number of vectors
 *       wide lets it overlap its neighbour. All loads of init come before the first store, so both
 *       write the same bits, even when init is C.
 *   <li>No mask, no branch, no call: it must compile in C1 as well as in C2.
 * </ul>
 *
 * <p>(Long because every width is written out: C2 keeps accumulators in registers only as locals.)
 */
final class MicroKernel6x4v {
  private MicroKernel6x4v() {}

  // spotless:off
  /** 6 rows × 4 vectors: 24 accumulators. */
  static void run4v(
      int rows, int k,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB, int last,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int r5 = rows - 1;
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + VL);
    FloatVector c02 = FloatVector.fromArray(SPECIES, init, initOff + 2 * VL);
    FloatVector c03 = FloatVector.fromArray(SPECIES, init, initOff + last);
    FloatVector c10 = FloatVector.fromArray(SPECIES, init, initOff + rsInit);
    FloatVector c11 = FloatVector.fromArray(SPECIES, init, initOff + rsInit + VL);
    FloatVector c12 = FloatVector.fromArray(SPECIES, init, initOff + rsInit + 2 * VL);
    FloatVector c13 = FloatVector.fromArray(SPECIES, init, initOff + rsInit + last);
    FloatVector c20 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit);
    FloatVector c21 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit + VL);
    FloatVector c22 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit + 2 * VL);
    FloatVector c23 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit + last);
    FloatVector c30 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit);
    FloatVector c31 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit + VL);
    FloatVector c32 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit + 2 * VL);
    FloatVector c33 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit + last);
    FloatVector c40 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit);
    FloatVector c41 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit + VL);
    FloatVector c42 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit + 2 * VL);
    FloatVector c43 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit + last);
    FloatVector c50 = FloatVector.fromArray(SPECIES, init, initOff + r5 * rsInit);
    FloatVector c51 = FloatVector.fromArray(SPECIES, init, initOff + r5 * rsInit + VL);
    FloatVector c52 = FloatVector.fromArray(SPECIES, init, initOff + r5 * rsInit + 2 * VL);
    FloatVector c53 = FloatVector.fromArray(SPECIES, init, initOff + r5 * rsInit + last);
    int a5 = (r5 - 4) * rsA;
    int ap = aOff, aq = aOff + 2 * rsA, ar = aOff + 4 * rsA, bp = bOff;
    for (long p = 0; p < k; p++, ap += csA, aq += csA, ar += csA, bp += rsB) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + VL);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bp + 2 * VL);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, bp + last);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[ap]);
      c00 = x0.fma(b0, c00); c01 = x0.fma(b1, c01); c02 = x0.fma(b2, c02); c03 = x0.fma(b3, c03);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[ap + rsA]);
      c10 = x1.fma(b0, c10); c11 = x1.fma(b1, c11); c12 = x1.fma(b2, c12); c13 = x1.fma(b3, c13);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[aq]);
      c20 = x2.fma(b0, c20); c21 = x2.fma(b1, c21); c22 = x2.fma(b2, c22); c23 = x2.fma(b3, c23);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[aq + rsA]);
      c30 = x3.fma(b0, c30); c31 = x3.fma(b1, c31); c32 = x3.fma(b2, c32); c33 = x3.fma(b3, c33);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[ar]);
      c40 = x4.fma(b0, c40); c41 = x4.fma(b1, c41); c42 = x4.fma(b2, c42); c43 = x4.fma(b3, c43);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[ar + a5]);
      c50 = x5.fma(b0, c50); c51 = x5.fma(b1, c51); c52 = x5.fma(b2, c52); c53 = x5.fma(b3, c53);
    }
    c00.intoArray(c, cOff);
    c01.intoArray(c, cOff + VL);
    c02.intoArray(c, cOff + 2 * VL);
    c03.intoArray(c, cOff + last);
    c10.intoArray(c, cOff + rsC);
    c11.intoArray(c, cOff + rsC + VL);
    c12.intoArray(c, cOff + rsC + 2 * VL);
    c13.intoArray(c, cOff + rsC + last);
    c20.intoArray(c, cOff + 2 * rsC);
    c21.intoArray(c, cOff + 2 * rsC + VL);
    c22.intoArray(c, cOff + 2 * rsC + 2 * VL);
    c23.intoArray(c, cOff + 2 * rsC + last);
    c30.intoArray(c, cOff + 3 * rsC);
    c31.intoArray(c, cOff + 3 * rsC + VL);
    c32.intoArray(c, cOff + 3 * rsC + 2 * VL);
    c33.intoArray(c, cOff + 3 * rsC + last);
    c40.intoArray(c, cOff + 4 * rsC);
    c41.intoArray(c, cOff + 4 * rsC + VL);
    c42.intoArray(c, cOff + 4 * rsC + 2 * VL);
    c43.intoArray(c, cOff + 4 * rsC + last);
    c50.intoArray(c, cOff + r5 * rsC);
    c51.intoArray(c, cOff + r5 * rsC + VL);
    c52.intoArray(c, cOff + r5 * rsC + 2 * VL);
    c53.intoArray(c, cOff + r5 * rsC + last);
  }

  /** 6 rows × 3 vectors: 18 accumulators. */
  static void run3v(
      int rows, int k,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB, int last,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int r5 = rows - 1;
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + VL);
    FloatVector c02 = FloatVector.fromArray(SPECIES, init, initOff + last);
    FloatVector c10 = FloatVector.fromArray(SPECIES, init, initOff + rsInit);
    FloatVector c11 = FloatVector.fromArray(SPECIES, init, initOff + rsInit + VL);
    FloatVector c12 = FloatVector.fromArray(SPECIES, init, initOff + rsInit + last);
    FloatVector c20 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit);
    FloatVector c21 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit + VL);
    FloatVector c22 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit + last);
    FloatVector c30 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit);
    FloatVector c31 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit + VL);
    FloatVector c32 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit + last);
    FloatVector c40 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit);
    FloatVector c41 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit + VL);
    FloatVector c42 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit + last);
    FloatVector c50 = FloatVector.fromArray(SPECIES, init, initOff + r5 * rsInit);
    FloatVector c51 = FloatVector.fromArray(SPECIES, init, initOff + r5 * rsInit + VL);
    FloatVector c52 = FloatVector.fromArray(SPECIES, init, initOff + r5 * rsInit + last);
    int a5 = (r5 - 4) * rsA;
    int ap = aOff, aq = aOff + 2 * rsA, ar = aOff + 4 * rsA, bp = bOff;
    for (long p = 0; p < k; p++, ap += csA, aq += csA, ar += csA, bp += rsB) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + VL);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bp + last);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[ap]);
      c00 = x0.fma(b0, c00); c01 = x0.fma(b1, c01); c02 = x0.fma(b2, c02);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[ap + rsA]);
      c10 = x1.fma(b0, c10); c11 = x1.fma(b1, c11); c12 = x1.fma(b2, c12);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[aq]);
      c20 = x2.fma(b0, c20); c21 = x2.fma(b1, c21); c22 = x2.fma(b2, c22);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[aq + rsA]);
      c30 = x3.fma(b0, c30); c31 = x3.fma(b1, c31); c32 = x3.fma(b2, c32);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[ar]);
      c40 = x4.fma(b0, c40); c41 = x4.fma(b1, c41); c42 = x4.fma(b2, c42);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[ar + a5]);
      c50 = x5.fma(b0, c50); c51 = x5.fma(b1, c51); c52 = x5.fma(b2, c52);
    }
    c00.intoArray(c, cOff);
    c01.intoArray(c, cOff + VL);
    c02.intoArray(c, cOff + last);
    c10.intoArray(c, cOff + rsC);
    c11.intoArray(c, cOff + rsC + VL);
    c12.intoArray(c, cOff + rsC + last);
    c20.intoArray(c, cOff + 2 * rsC);
    c21.intoArray(c, cOff + 2 * rsC + VL);
    c22.intoArray(c, cOff + 2 * rsC + last);
    c30.intoArray(c, cOff + 3 * rsC);
    c31.intoArray(c, cOff + 3 * rsC + VL);
    c32.intoArray(c, cOff + 3 * rsC + last);
    c40.intoArray(c, cOff + 4 * rsC);
    c41.intoArray(c, cOff + 4 * rsC + VL);
    c42.intoArray(c, cOff + 4 * rsC + last);
    c50.intoArray(c, cOff + r5 * rsC);
    c51.intoArray(c, cOff + r5 * rsC + VL);
    c52.intoArray(c, cOff + r5 * rsC + last);
  }

  /** 6 rows × 2 vectors: 12 accumulators. */
  static void run2v(
      int rows, int k,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB, int last,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int r5 = rows - 1;
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + last);
    FloatVector c10 = FloatVector.fromArray(SPECIES, init, initOff + rsInit);
    FloatVector c11 = FloatVector.fromArray(SPECIES, init, initOff + rsInit + last);
    FloatVector c20 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit);
    FloatVector c21 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit + last);
    FloatVector c30 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit);
    FloatVector c31 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit + last);
    FloatVector c40 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit);
    FloatVector c41 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit + last);
    FloatVector c50 = FloatVector.fromArray(SPECIES, init, initOff + r5 * rsInit);
    FloatVector c51 = FloatVector.fromArray(SPECIES, init, initOff + r5 * rsInit + last);
    int a2 = 2 * rsA;
    int a3 = 3 * rsA;
    int a4 = 4 * rsA;
    int a5 = r5 * rsA;
    for (int p = 0, ap = aOff, bp = bOff; p < k; p++, ap += csA, bp += rsB) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + last);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[ap]);
      c00 = x0.fma(b0, c00); c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[ap + rsA]);
      c10 = x1.fma(b0, c10); c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[ap + a2]);
      c20 = x2.fma(b0, c20); c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[ap + a3]);
      c30 = x3.fma(b0, c30); c31 = x3.fma(b1, c31);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[ap + a4]);
      c40 = x4.fma(b0, c40); c41 = x4.fma(b1, c41);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[ap + a5]);
      c50 = x5.fma(b0, c50); c51 = x5.fma(b1, c51);
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
    c50.intoArray(c, cOff + r5 * rsC);
    c51.intoArray(c, cOff + r5 * rsC + last);
  }

  /** 6 rows × 1 vector: 6 accumulators. */
  static void run1v(
      int rows, int k,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int r5 = rows - 1;
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector c10 = FloatVector.fromArray(SPECIES, init, initOff + rsInit);
    FloatVector c20 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit);
    FloatVector c30 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit);
    FloatVector c40 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit);
    FloatVector c50 = FloatVector.fromArray(SPECIES, init, initOff + r5 * rsInit);
    int a2 = 2 * rsA;
    int a3 = 3 * rsA;
    int a4 = 4 * rsA;
    int a5 = r5 * rsA;
    for (int p = 0, ap = aOff, bp = bOff; p < k; p++, ap += csA, bp += rsB) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[ap]);
      c00 = x0.fma(b0, c00);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[ap + rsA]);
      c10 = x1.fma(b0, c10);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[ap + a2]);
      c20 = x2.fma(b0, c20);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[ap + a3]);
      c30 = x3.fma(b0, c30);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[ap + a4]);
      c40 = x4.fma(b0, c40);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[ap + a5]);
      c50 = x5.fma(b0, c50);
    }
    c00.intoArray(c, cOff);
    c10.intoArray(c, cOff + rsC);
    c20.intoArray(c, cOff + 2 * rsC);
    c30.intoArray(c, cOff + 3 * rsC);
    c40.intoArray(c, cOff + 4 * rsC);
    c50.intoArray(c, cOff + r5 * rsC);
  }
  // spotless:on
}
