package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;

/**
 * Loop 0 from packed operands: the tile of {@link MicroKernel4x4v}, and its contract, but for this:
 *
 * <ul>
 *   <li>The rows of A are KC apart and the lines of B exactly as wide as the tile. So p moves every
 *       index by a constant: all bounds checks are lifted out of the loop, and no row of A needs a
 *       register for its place.
 *   <li>{@code rows} is 1 to 4. Rows past the last one are that row again: packed A holds it so
 *       often, and it is written to the same place.
 *   <li>Where the last vector overlaps its neighbour, {@code last} says so for init and C; the
 *       micropanel holds the overlapping columns twice.
 * </ul>
 *
 * <p>With 16 registers tiles are at most two vectors wide.
 */
final class PanelKernel4x4v {
  private PanelKernel4x4v() {}

  // spotless:off
  /** 4 rows × 4 vectors: 16 accumulators. */
  static void run4v(
      int rows, int k,
      float[] a, int aOff,
      float[] b, int bOff, int last,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int r1 = Math.min(1, rows - 1);
    int r2 = Math.min(2, rows - 1);
    int r3 = Math.min(3, rows - 1);
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + VL);
    FloatVector c02 = FloatVector.fromArray(SPECIES, init, initOff + 2 * VL);
    FloatVector c03 = FloatVector.fromArray(SPECIES, init, initOff + last);
    FloatVector c10 = FloatVector.fromArray(SPECIES, init, initOff + r1 * rsInit);
    FloatVector c11 = FloatVector.fromArray(SPECIES, init, initOff + r1 * rsInit + VL);
    FloatVector c12 = FloatVector.fromArray(SPECIES, init, initOff + r1 * rsInit + 2 * VL);
    FloatVector c13 = FloatVector.fromArray(SPECIES, init, initOff + r1 * rsInit + last);
    FloatVector c20 = FloatVector.fromArray(SPECIES, init, initOff + r2 * rsInit);
    FloatVector c21 = FloatVector.fromArray(SPECIES, init, initOff + r2 * rsInit + VL);
    FloatVector c22 = FloatVector.fromArray(SPECIES, init, initOff + r2 * rsInit + 2 * VL);
    FloatVector c23 = FloatVector.fromArray(SPECIES, init, initOff + r2 * rsInit + last);
    FloatVector c30 = FloatVector.fromArray(SPECIES, init, initOff + r3 * rsInit);
    FloatVector c31 = FloatVector.fromArray(SPECIES, init, initOff + r3 * rsInit + VL);
    FloatVector c32 = FloatVector.fromArray(SPECIES, init, initOff + r3 * rsInit + 2 * VL);
    FloatVector c33 = FloatVector.fromArray(SPECIES, init, initOff + r3 * rsInit + last);
    for (int p = 0; p < k; p++) {
      int bp = bOff + p * (4 * VL);
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + VL);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bp + 2 * VL);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, bp + 3 * VL);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOff + p]);
      c00 = x0.fma(b0, c00); c01 = x0.fma(b1, c01); c02 = x0.fma(b2, c02); c03 = x0.fma(b3, c03);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[aOff + p + KC]);
      c10 = x1.fma(b0, c10); c11 = x1.fma(b1, c11); c12 = x1.fma(b2, c12); c13 = x1.fma(b3, c13);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[aOff + p + 2 * KC]);
      c20 = x2.fma(b0, c20); c21 = x2.fma(b1, c21); c22 = x2.fma(b2, c22); c23 = x2.fma(b3, c23);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[aOff + p + 3 * KC]);
      c30 = x3.fma(b0, c30); c31 = x3.fma(b1, c31); c32 = x3.fma(b2, c32); c33 = x3.fma(b3, c33);
    }
    c00.intoArray(c, cOff);
    c01.intoArray(c, cOff + VL);
    c02.intoArray(c, cOff + 2 * VL);
    c03.intoArray(c, cOff + last);
    c10.intoArray(c, cOff + r1 * rsC);
    c11.intoArray(c, cOff + r1 * rsC + VL);
    c12.intoArray(c, cOff + r1 * rsC + 2 * VL);
    c13.intoArray(c, cOff + r1 * rsC + last);
    c20.intoArray(c, cOff + r2 * rsC);
    c21.intoArray(c, cOff + r2 * rsC + VL);
    c22.intoArray(c, cOff + r2 * rsC + 2 * VL);
    c23.intoArray(c, cOff + r2 * rsC + last);
    c30.intoArray(c, cOff + r3 * rsC);
    c31.intoArray(c, cOff + r3 * rsC + VL);
    c32.intoArray(c, cOff + r3 * rsC + 2 * VL);
    c33.intoArray(c, cOff + r3 * rsC + last);
  }

  /** 4 rows × 3 vectors: 12 accumulators. */
  static void run3v(
      int rows, int k,
      float[] a, int aOff,
      float[] b, int bOff, int last,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int r1 = Math.min(1, rows - 1);
    int r2 = Math.min(2, rows - 1);
    int r3 = Math.min(3, rows - 1);
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + VL);
    FloatVector c02 = FloatVector.fromArray(SPECIES, init, initOff + last);
    FloatVector c10 = FloatVector.fromArray(SPECIES, init, initOff + r1 * rsInit);
    FloatVector c11 = FloatVector.fromArray(SPECIES, init, initOff + r1 * rsInit + VL);
    FloatVector c12 = FloatVector.fromArray(SPECIES, init, initOff + r1 * rsInit + last);
    FloatVector c20 = FloatVector.fromArray(SPECIES, init, initOff + r2 * rsInit);
    FloatVector c21 = FloatVector.fromArray(SPECIES, init, initOff + r2 * rsInit + VL);
    FloatVector c22 = FloatVector.fromArray(SPECIES, init, initOff + r2 * rsInit + last);
    FloatVector c30 = FloatVector.fromArray(SPECIES, init, initOff + r3 * rsInit);
    FloatVector c31 = FloatVector.fromArray(SPECIES, init, initOff + r3 * rsInit + VL);
    FloatVector c32 = FloatVector.fromArray(SPECIES, init, initOff + r3 * rsInit + last);
    for (int p = 0; p < k; p++) {
      int bp = bOff + p * (3 * VL);
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + VL);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bp + 2 * VL);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOff + p]);
      c00 = x0.fma(b0, c00); c01 = x0.fma(b1, c01); c02 = x0.fma(b2, c02);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[aOff + p + KC]);
      c10 = x1.fma(b0, c10); c11 = x1.fma(b1, c11); c12 = x1.fma(b2, c12);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[aOff + p + 2 * KC]);
      c20 = x2.fma(b0, c20); c21 = x2.fma(b1, c21); c22 = x2.fma(b2, c22);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[aOff + p + 3 * KC]);
      c30 = x3.fma(b0, c30); c31 = x3.fma(b1, c31); c32 = x3.fma(b2, c32);
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
    c30.intoArray(c, cOff + r3 * rsC);
    c31.intoArray(c, cOff + r3 * rsC + VL);
    c32.intoArray(c, cOff + r3 * rsC + last);
  }

  /** 4 rows × 2 vectors: 8 accumulators. */
  static void run2v(
      int rows, int k,
      float[] a, int aOff,
      float[] b, int bOff, int last,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int r1 = Math.min(1, rows - 1);
    int r2 = Math.min(2, rows - 1);
    int r3 = Math.min(3, rows - 1);
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + last);
    FloatVector c10 = FloatVector.fromArray(SPECIES, init, initOff + r1 * rsInit);
    FloatVector c11 = FloatVector.fromArray(SPECIES, init, initOff + r1 * rsInit + last);
    FloatVector c20 = FloatVector.fromArray(SPECIES, init, initOff + r2 * rsInit);
    FloatVector c21 = FloatVector.fromArray(SPECIES, init, initOff + r2 * rsInit + last);
    FloatVector c30 = FloatVector.fromArray(SPECIES, init, initOff + r3 * rsInit);
    FloatVector c31 = FloatVector.fromArray(SPECIES, init, initOff + r3 * rsInit + last);
    for (int p = 0; p < k; p++) {
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
    }
    c00.intoArray(c, cOff);
    c01.intoArray(c, cOff + last);
    c10.intoArray(c, cOff + r1 * rsC);
    c11.intoArray(c, cOff + r1 * rsC + last);
    c20.intoArray(c, cOff + r2 * rsC);
    c21.intoArray(c, cOff + r2 * rsC + last);
    c30.intoArray(c, cOff + r3 * rsC);
    c31.intoArray(c, cOff + r3 * rsC + last);
  }

  /** 4 rows × 1 vector: 4 accumulators. */
  static void run1v(
      int rows, int k,
      float[] a, int aOff,
      float[] b, int bOff,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int r1 = Math.min(1, rows - 1);
    int r2 = Math.min(2, rows - 1);
    int r3 = Math.min(3, rows - 1);
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector c10 = FloatVector.fromArray(SPECIES, init, initOff + r1 * rsInit);
    FloatVector c20 = FloatVector.fromArray(SPECIES, init, initOff + r2 * rsInit);
    FloatVector c30 = FloatVector.fromArray(SPECIES, init, initOff + r3 * rsInit);
    for (int p = 0; p < k; p++) {
      int bp = bOff + p * VL;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOff + p]);
      c00 = x0.fma(b0, c00);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[aOff + p + KC]);
      c10 = x1.fma(b0, c10);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[aOff + p + 2 * KC]);
      c20 = x2.fma(b0, c20);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[aOff + p + 3 * KC]);
      c30 = x3.fma(b0, c30);
    }
    c00.intoArray(c, cOff);
    c10.intoArray(c, cOff + r1 * rsC);
    c20.intoArray(c, cOff + r2 * rsC);
    c30.intoArray(c, cOff + r3 * rsC);
  }
  // spotless:on
}
