package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * All of a product whose C is narrower than a vector and whose chains are short, so that what lies
 * between the caller and the kernels would take longer than the kernels do: 8 rows at a time,
 * whatever A's strides, and no operand copied.
 *
 * <p>Lanes beyond C's columns are masked. Each of the three masks stands in a loop, where C1 has
 * registers for it; one for each row of the tile would be too many. Of fewer rows than 8 the last
 * stands for those that are missing. Where p counts along A's rows, C2 lifts their checks out of
 * the loop; with other strides the checks stay in it, so there are two loops (1.2 times as fast).
 */
final class SmallKernel8x1v {
  /** The longest chains that repay it (8×10×32 1.2 times as fast, 4×10×128 0.6 to 0.8). */
  static final int LONGEST = 32;

  private static final int MR = 8;

  private static final int TILE = MR * VL;

  private SmallKernel8x1v() {}

  // spotless:off
  /**
   * C = A·B where {@code overwrite}, else init + A·B; n below VL and k at most LONGEST.
   *
   * @param scratch room for a tile, a vector for each of the 8 rows
   */
  static void run(
      int m, int n, int k,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB,
      boolean overwrite, float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC,
      float[] scratch) {
    float[] tile = scratch.length < TILE ? new float[TILE] : scratch;
    VectorMask<Float> lanes = SPECIES.indexInRange(0, n);
    int kc = Math.min(k, LONGEST);
    for (int ir = 0; ir < m; ir += MR) {
      int rows = Math.min(MR, m - ir);
      int last = rows - 1;
      FloatVector c0 = FloatVector.zero(SPECIES), c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0, c6 = c0, c7 = c0;
      if (!overwrite) {
        for (int r = 0; r < rows; r++) {
          FloatVector.fromArray(SPECIES, init, initOff + (ir + r) * rsInit, lanes).intoArray(tile, r * VL);
        }
        c0 = FloatVector.fromArray(SPECIES, tile, 0);
        c1 = FloatVector.fromArray(SPECIES, tile, VL);
        c2 = FloatVector.fromArray(SPECIES, tile, 2 * VL);
        c3 = FloatVector.fromArray(SPECIES, tile, 3 * VL);
        c4 = FloatVector.fromArray(SPECIES, tile, 4 * VL);
        c5 = FloatVector.fromArray(SPECIES, tile, 5 * VL);
        c6 = FloatVector.fromArray(SPECIES, tile, 6 * VL);
        c7 = FloatVector.fromArray(SPECIES, tile, 7 * VL);
      }
      int a0 = aOff + ir * rsA, a1 = a0 + Math.min(1, last) * rsA, a2 = a0 + Math.min(2, last) * rsA;
      int a3 = a0 + Math.min(3, last) * rsA, a4 = a0 + Math.min(4, last) * rsA, a5 = a0 + Math.min(5, last) * rsA;
      int a6 = a0 + Math.min(6, last) * rsA, a7 = a0 + last * rsA;
      if (csA == 1) {
        for (int p = 0, bp = bOff; p < kc; p++, bp += rsB) {
          FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp, lanes);
          c0 = FloatVector.broadcast(SPECIES, a[a0 + p]).fma(b0, c0);
          c1 = FloatVector.broadcast(SPECIES, a[a1 + p]).fma(b0, c1);
          c2 = FloatVector.broadcast(SPECIES, a[a2 + p]).fma(b0, c2);
          c3 = FloatVector.broadcast(SPECIES, a[a3 + p]).fma(b0, c3);
          c4 = FloatVector.broadcast(SPECIES, a[a4 + p]).fma(b0, c4);
          c5 = FloatVector.broadcast(SPECIES, a[a5 + p]).fma(b0, c5);
          c6 = FloatVector.broadcast(SPECIES, a[a6 + p]).fma(b0, c6);
          c7 = FloatVector.broadcast(SPECIES, a[a7 + p]).fma(b0, c7);
        }
      } else {
        for (int p = 0, ap = 0, bp = bOff; p < kc; p++, ap += csA, bp += rsB) {
          FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp, lanes);
          c0 = FloatVector.broadcast(SPECIES, a[a0 + ap]).fma(b0, c0);
          c1 = FloatVector.broadcast(SPECIES, a[a1 + ap]).fma(b0, c1);
          c2 = FloatVector.broadcast(SPECIES, a[a2 + ap]).fma(b0, c2);
          c3 = FloatVector.broadcast(SPECIES, a[a3 + ap]).fma(b0, c3);
          c4 = FloatVector.broadcast(SPECIES, a[a4 + ap]).fma(b0, c4);
          c5 = FloatVector.broadcast(SPECIES, a[a5 + ap]).fma(b0, c5);
          c6 = FloatVector.broadcast(SPECIES, a[a6 + ap]).fma(b0, c6);
          c7 = FloatVector.broadcast(SPECIES, a[a7 + ap]).fma(b0, c7);
        }
      }
      c0.intoArray(tile, 0);
      c1.intoArray(tile, VL);
      c2.intoArray(tile, 2 * VL);
      c3.intoArray(tile, 3 * VL);
      c4.intoArray(tile, 4 * VL);
      c5.intoArray(tile, 5 * VL);
      c6.intoArray(tile, 6 * VL);
      c7.intoArray(tile, 7 * VL);
      for (int r = 0; r < rows; r++) {
        FloatVector.fromArray(SPECIES, tile, r * VL).intoArray(c, cOff + (ir + r) * rsC, lanes);
      }
    }
  }
  // spotless:on
}
