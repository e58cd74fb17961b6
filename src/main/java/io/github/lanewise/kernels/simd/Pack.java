package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;

/**
 * Layouts: copies a block of an operand into micropanels, each of them contiguous in the order in
 * which a micro-kernel reads it (drawn in {@code package-info}). A factor alpha is multiplied in,
 * which is exact where it is 1.
 */
final class Pack {
  /** Lane numbers that interleave the lower, and the upper, halves of two vectors. */
  private static final FloatVector ZIP_LOW = zip(0);

  private static final FloatVector ZIP_HIGH = zip(VL / 2);

  /** Floats of scratch that {@link #panelsB} needs: two blocks of VL×VL. */
  static final int TRANSPOSE_SCRATCH = 2 * VL * VL;

  private Pack() {}

  // spotless:off
  /** Packs A, m×k, into micropanels as high as the tiles of C: element (i, p) at [p·rows + i]. */
  static void panelsA(
      int m, int k, float alpha, float[] a, int aOff, int rsA, int csA, float[] panels, int off) {
    for (int ir = 0; ir < m; ) {
      int rows = Tiles.rows(m - ir);
      for (int r = 0; r < rows; r++) {
        int from = aOff + (ir + r) * rsA;
        int to = off + ir * k + r;
        for (int p = 0; p < k; p++) {
          panels[to + p * rows] = alpha * a[from + p * csA];
        }
      }
      ir += rows;
    }
  }

  /**
   * Packs B, k×n, into micropanels as wide as the tiles of C: element (p, j) at [p·columns +
   * j]. A panel narrower than a vector is padded to one with whatever lies in the scratch: those lanes
   * reach no element of C.
   */
  static void panelsB(
      int n, int k, int widest, float alpha,
      float[] b, int bOff, int rsB, int csB,
      float[] panels, int off, int transposeOff) {
    for (int jr = 0; jr < n; ) {
      int columns = Tiles.columns(widest, n - jr);
      int from = bOff + jr * csB;
      int to = off + jr * k;
      int ld = Math.max(columns, VL);
      if (csB == 1) {
        rows(columns, k, alpha, b, from, rsB, panels, to, ld);
      } else if (rsB == 1) {
        transposed(columns, k, alpha, b, from, csB, panels, to, ld, transposeOff);
      } else {
        elements(0, columns, 0, k, alpha, b, from, rsB, csB, panels, to, ld);
      }
      jr += columns;
    }
  }

  private static void rows(
      int columns, int k, float alpha, float[] b, int bOff, int rsB, float[] panels, int off, int ld) {
    int whole = SPECIES.loopBound(columns);
    for (int p = 0; p < k; p++) {
      int from = bOff + p * rsB;
      int to = off + p * ld;
      for (int j = 0; j < whole; j += VL) {
        FloatVector.fromArray(SPECIES, b, from + j).mul(alpha).intoArray(panels, to + j);
      }
      for (int j = whole; j < columns; j++) {
        panels[to + j] = alpha * b[from + j];
      }
    }
  }

  private static void transposed(
      int columns, int k, float alpha,
      float[] b, int bOff, int csB,
      float[] panels, int off, int ld, int transposeOff) {
    int wholeColumns = SPECIES.loopBound(columns);
    int wholeK = SPECIES.loopBound(k);
    for (int j = 0; j < wholeColumns; j += VL) {
      for (int p = 0; p < wholeK; p += VL) {
        transpose(
            alpha, b, bOff + j * csB + p, csB, panels, off + p * ld + j, ld, transposeOff);
      }
    }
    elements(0, wholeColumns, wholeK, k, alpha, b, bOff, 1, csB, panels, off, ld);
    elements(wholeColumns, columns, 0, k, alpha, b, bOff, 1, csB, panels, off, ld);
  }

  /**
   * Transposes a VL×VL block by log2 VL perfect shuffles: each stage interleaves row i with row i +
   * VL/2 into the rows 2i and 2i + 1. The stages ping-pong between two blocks that stay in L1.
   */
  private static void transpose(
      float alpha, float[] b, int bOff, int csB, float[] panels, int off, int ld, int scratch) {
    int from = scratch;
    int to = scratch + VL * VL;
    shuffle(alpha, b, bOff, csB, panels, from, VL);
    for (int stage = 4; stage < VL; stage *= 2) {
      shuffle(1, panels, from, VL, panels, to, VL);
      int free = from;
      from = to;
      to = free;
    }
    shuffle(1, panels, from, VL, panels, off, ld);
  }

  private static void shuffle(
      float alpha, float[] x, int xOff, int ldX, float[] y, int yOff, int ldY) {
    for (int i = 0; i < VL / 2; i++) {
      FloatVector low = FloatVector.fromArray(SPECIES, x, xOff + i * ldX).mul(alpha);
      FloatVector high = FloatVector.fromArray(SPECIES, x, xOff + (i + VL / 2) * ldX).mul(alpha);
      ZIP_LOW.selectFrom(low, high).intoArray(y, yOff + 2 * i * ldY);
      ZIP_HIGH.selectFrom(low, high).intoArray(y, yOff + (2 * i + 1) * ldY);
    }
  }

  private static void elements(
      int j0, int j1, int p0, int p1, float alpha,
      float[] b, int bOff, int rsB, int csB,
      float[] panels, int off, int ld) {
    for (int j = j0; j < j1; j++) {
      for (int p = p0; p < p1; p++) {
        panels[off + p * ld + j] = alpha * b[bOff + p * rsB + j * csB];
      }
    }
  }
  // spotless:on

  private static FloatVector zip(int start) {
    float[] lanes = new float[VL];
    for (int i = 0; i < VL; i++) {
      lanes[i] = start + i / 2 + (i % 2) * VL;
    }
    return FloatVector.fromArray(SPECIES, lanes, 0);
  }
}
