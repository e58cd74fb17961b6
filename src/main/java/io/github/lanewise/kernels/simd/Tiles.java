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

  /**
   * Columns of the next tile when {@code left} columns are left and tiles are at most {@code
   * widest} vectors wide. Never leaves less than one vector behind, so that the last vector of a
   * tile always has a neighbour in the same tile to overlap with; only a C narrower than a vector
   * gets a tile narrower than one.
   */
  static int columns(int widest, int left) {
    if (widest == ROW_NV) {
      return left == ROW_NV * VL || left >= (ROW_NV + 1) * VL ? ROW_NV * VL : columns(NV, left);
    }
    if (left <= widest * VL) {
      return left;
    }
    return left - widest * VL < VL ? (widest - 1) * VL : widest * VL;
  }
}
