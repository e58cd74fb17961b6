package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;

/**
 * Loop 0 from packed operands: a tile of C, 12 rows by up to 2 vectors, stays in registers while p
 * runs over k.
 *
 * <pre>
 *   C[r, j] = init[r, j];   for p = 0 … k-1:   C[r, j] = fma(A[r, p], B[p, j], C[r, j])
 * </pre>
 *
 * <p>What differs from {@link MicroKernel6x4v}, and pays where each element is read often enough to
 * be packed:
 *
 * <ul>
 *   <li>The rows of A are KC apart and the lines of B exactly as wide as the tile. So p moves every
 *       index by a constant: all bounds checks are lifted out of the loop, and no row of A needs a
 *       register for its place.
 *   <li>The tile is higher and narrower: it reads half as much of B, whose loads straddle cache
 *       lines, and its panel of B, 32 KiB, stays in L1 at twice the k.
 *   <li>Where the last vector overlaps its neighbour, {@code last} says so for init and C; the
 *       micropanel holds the overlapping columns twice.
 *   <li>{@code rows} is 11 or 12. Row 12 of an 11-row tile is row 11 again: packed A holds it
 *       twice, and it is written to the same place.
 * </ul>
 *
 * <p>The lines of the tile are named u (first vector) and v (second, or last).
 */
final class PanelKernel12x2v {
  private PanelKernel12x2v() {}

  // spotless:off
  /** 12 rows × 2 vectors: 24 accumulators. */
  static void run2v(
      int rows, int k,
      float[] a, int aOff,
      float[] b, int bOff, int last,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int r11 = rows - 1;
    FloatVector u0 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector v0 = FloatVector.fromArray(SPECIES, init, initOff + last);
    FloatVector u1 = FloatVector.fromArray(SPECIES, init, initOff + rsInit);
    FloatVector v1 = FloatVector.fromArray(SPECIES, init, initOff + rsInit + last);
    FloatVector u2 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit);
    FloatVector v2 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit + last);
    FloatVector u3 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit);
    FloatVector v3 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit + last);
    FloatVector u4 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit);
    FloatVector v4 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit + last);
    FloatVector u5 = FloatVector.fromArray(SPECIES, init, initOff + 5 * rsInit);
    FloatVector v5 = FloatVector.fromArray(SPECIES, init, initOff + 5 * rsInit + last);
    FloatVector u6 = FloatVector.fromArray(SPECIES, init, initOff + 6 * rsInit);
    FloatVector v6 = FloatVector.fromArray(SPECIES, init, initOff + 6 * rsInit + last);
    FloatVector u7 = FloatVector.fromArray(SPECIES, init, initOff + 7 * rsInit);
    FloatVector v7 = FloatVector.fromArray(SPECIES, init, initOff + 7 * rsInit + last);
    FloatVector u8 = FloatVector.fromArray(SPECIES, init, initOff + 8 * rsInit);
    FloatVector v8 = FloatVector.fromArray(SPECIES, init, initOff + 8 * rsInit + last);
    FloatVector u9 = FloatVector.fromArray(SPECIES, init, initOff + 9 * rsInit);
    FloatVector v9 = FloatVector.fromArray(SPECIES, init, initOff + 9 * rsInit + last);
    FloatVector u10 = FloatVector.fromArray(SPECIES, init, initOff + 10 * rsInit);
    FloatVector v10 = FloatVector.fromArray(SPECIES, init, initOff + 10 * rsInit + last);
    FloatVector u11 = FloatVector.fromArray(SPECIES, init, initOff + r11 * rsInit);
    FloatVector v11 = FloatVector.fromArray(SPECIES, init, initOff + r11 * rsInit + last);
    for (int p = 0; p < k; p++) {
      int bp = bOff + p * (2 * VL);
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + VL);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOff + p]);
      u0 = x0.fma(b0, u0); v0 = x0.fma(b1, v0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[aOff + p + KC]);
      u1 = x1.fma(b0, u1); v1 = x1.fma(b1, v1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[aOff + p + 2 * KC]);
      u2 = x2.fma(b0, u2); v2 = x2.fma(b1, v2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[aOff + p + 3 * KC]);
      u3 = x3.fma(b0, u3); v3 = x3.fma(b1, v3);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[aOff + p + 4 * KC]);
      u4 = x4.fma(b0, u4); v4 = x4.fma(b1, v4);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[aOff + p + 5 * KC]);
      u5 = x5.fma(b0, u5); v5 = x5.fma(b1, v5);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[aOff + p + 6 * KC]);
      u6 = x6.fma(b0, u6); v6 = x6.fma(b1, v6);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[aOff + p + 7 * KC]);
      u7 = x7.fma(b0, u7); v7 = x7.fma(b1, v7);
      FloatVector x8 = FloatVector.broadcast(SPECIES, a[aOff + p + 8 * KC]);
      u8 = x8.fma(b0, u8); v8 = x8.fma(b1, v8);
      FloatVector x9 = FloatVector.broadcast(SPECIES, a[aOff + p + 9 * KC]);
      u9 = x9.fma(b0, u9); v9 = x9.fma(b1, v9);
      FloatVector x10 = FloatVector.broadcast(SPECIES, a[aOff + p + 10 * KC]);
      u10 = x10.fma(b0, u10); v10 = x10.fma(b1, v10);
      FloatVector x11 = FloatVector.broadcast(SPECIES, a[aOff + p + 11 * KC]);
      u11 = x11.fma(b0, u11); v11 = x11.fma(b1, v11);
    }
    u0.intoArray(c, cOff);
    v0.intoArray(c, cOff + last);
    u1.intoArray(c, cOff + rsC);
    v1.intoArray(c, cOff + rsC + last);
    u2.intoArray(c, cOff + 2 * rsC);
    v2.intoArray(c, cOff + 2 * rsC + last);
    u3.intoArray(c, cOff + 3 * rsC);
    v3.intoArray(c, cOff + 3 * rsC + last);
    u4.intoArray(c, cOff + 4 * rsC);
    v4.intoArray(c, cOff + 4 * rsC + last);
    u5.intoArray(c, cOff + 5 * rsC);
    v5.intoArray(c, cOff + 5 * rsC + last);
    u6.intoArray(c, cOff + 6 * rsC);
    v6.intoArray(c, cOff + 6 * rsC + last);
    u7.intoArray(c, cOff + 7 * rsC);
    v7.intoArray(c, cOff + 7 * rsC + last);
    u8.intoArray(c, cOff + 8 * rsC);
    v8.intoArray(c, cOff + 8 * rsC + last);
    u9.intoArray(c, cOff + 9 * rsC);
    v9.intoArray(c, cOff + 9 * rsC + last);
    u10.intoArray(c, cOff + 10 * rsC);
    v10.intoArray(c, cOff + 10 * rsC + last);
    u11.intoArray(c, cOff + r11 * rsC);
    v11.intoArray(c, cOff + r11 * rsC + last);
  }

  /** 12 rows × 1 vector: 12 accumulators. */
  static void run1v(
      int rows, int k,
      float[] a, int aOff,
      float[] b, int bOff,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int r11 = rows - 1;
    FloatVector u0 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector u1 = FloatVector.fromArray(SPECIES, init, initOff + rsInit);
    FloatVector u2 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit);
    FloatVector u3 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit);
    FloatVector u4 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit);
    FloatVector u5 = FloatVector.fromArray(SPECIES, init, initOff + 5 * rsInit);
    FloatVector u6 = FloatVector.fromArray(SPECIES, init, initOff + 6 * rsInit);
    FloatVector u7 = FloatVector.fromArray(SPECIES, init, initOff + 7 * rsInit);
    FloatVector u8 = FloatVector.fromArray(SPECIES, init, initOff + 8 * rsInit);
    FloatVector u9 = FloatVector.fromArray(SPECIES, init, initOff + 9 * rsInit);
    FloatVector u10 = FloatVector.fromArray(SPECIES, init, initOff + 10 * rsInit);
    FloatVector u11 = FloatVector.fromArray(SPECIES, init, initOff + r11 * rsInit);
    for (int p = 0; p < k; p++) {
      int bp = bOff + p * VL;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOff + p]);
      u0 = x0.fma(b0, u0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[aOff + p + KC]);
      u1 = x1.fma(b0, u1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[aOff + p + 2 * KC]);
      u2 = x2.fma(b0, u2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[aOff + p + 3 * KC]);
      u3 = x3.fma(b0, u3);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[aOff + p + 4 * KC]);
      u4 = x4.fma(b0, u4);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[aOff + p + 5 * KC]);
      u5 = x5.fma(b0, u5);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[aOff + p + 6 * KC]);
      u6 = x6.fma(b0, u6);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[aOff + p + 7 * KC]);
      u7 = x7.fma(b0, u7);
      FloatVector x8 = FloatVector.broadcast(SPECIES, a[aOff + p + 8 * KC]);
      u8 = x8.fma(b0, u8);
      FloatVector x9 = FloatVector.broadcast(SPECIES, a[aOff + p + 9 * KC]);
      u9 = x9.fma(b0, u9);
      FloatVector x10 = FloatVector.broadcast(SPECIES, a[aOff + p + 10 * KC]);
      u10 = x10.fma(b0, u10);
      FloatVector x11 = FloatVector.broadcast(SPECIES, a[aOff + p + 11 * KC]);
      u11 = x11.fma(b0, u11);
    }
    u0.intoArray(c, cOff);
    u1.intoArray(c, cOff + rsC);
    u2.intoArray(c, cOff + 2 * rsC);
    u3.intoArray(c, cOff + 3 * rsC);
    u4.intoArray(c, cOff + 4 * rsC);
    u5.intoArray(c, cOff + 5 * rsC);
    u6.intoArray(c, cOff + 6 * rsC);
    u7.intoArray(c, cOff + 7 * rsC);
    u8.intoArray(c, cOff + 8 * rsC);
    u9.intoArray(c, cOff + 9 * rsC);
    u10.intoArray(c, cOff + 10 * rsC);
    u11.intoArray(c, cOff + r11 * rsC);
  }
  // spotless:on
}
