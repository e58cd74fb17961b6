package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.MR;
import static io.github.lanewise.kernels.simd.Lanes.NV;
import static io.github.lanewise.kernels.simd.Lanes.VL;

/** How C is cut into tiles. Packing and the loops over the tiles must agree on it. */
final class Tiles {
  /** Vectors in the tile of a C with a single row. */
  static final int ROW_NV = 8;

  private Tiles() {}

  /** Rows of the next tile when {@code left} rows are left. */
  static int rows(int left) {
    if (MR == 6 && (left == 7 || left == 8)) {
      return 4; // 4 + 4 computes at most one row twice, 6 + 2 would compute four
    }
    return Math.min(left, MR);
  }

  /** Vectors in the widest tile of a C with {@code m} rows. */
  static int widest(int m) {
    return m == 1 ? ROW_NV : NV;
  }

  /**
   * Columns of the next tile when {@code left} columns are left and tiles are at most {@code
   * widest} vectors wide. Never leaves less than one vector behind, so that the last vector of a
   * tile always has a neighbour in the same tile to overlap with; only a C narrower than a vector
   * gets a tile narrower than one.
   */
  static int columns(int widest, int left) {
    if (widest == ROW_NV && (left == ROW_NV * VL || left >= (ROW_NV + 1) * VL)) {
      return ROW_NV * VL;
    }
    if (left <= NV * VL) {
      return left;
    }
    return left - NV * VL < VL ? (NV - 1) * VL : NV * VL;
  }
}
