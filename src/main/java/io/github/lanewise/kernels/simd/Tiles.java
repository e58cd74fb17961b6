package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.VL;

/**
 * How C is cut into tiles. Packing and the loops over the tiles must agree on it.
 *
 * @param mr rows of a tile, at most
 * @param nv its width in vectors, at most
 */
record Tiles(int mr, int nv) {
  /** A C with a single row: 8 chains hide the latency of an fma. */
  static final Tiles ROW = new Tiles(1, 8);

  /** Operands in place, or B alone in micropanels. */
  static final Tiles IN_PLACE = new Tiles(Lanes.MR, Lanes.NV);

  /** Both operands packed. */
  static final Tiles PACKED = new Tiles(Lanes.PACKED_MR, Lanes.PACKED_NV);

  /**
   * Rows of the next tile when {@code left} rows are left. In place, the kernel of 4 rows takes 2
   * or more: 5 rows are 3 and 2, and a single one is left only where C has no other.
   */
  int rows(int left) {
    return left == 5 && this == IN_PLACE && mr == 4 ? 3 : Math.min(mr, left);
  }

  /**
   * Columns of the next tile when {@code left} columns are left. Never leaves less than one vector
   * behind, so that the last vector of a tile always has a neighbour in the same tile to overlap
   * with; only a C narrower than a vector gets a tile narrower than one.
   */
  int columns(int left) {
    if (this == ROW && left != nv * VL && left < (nv + 1) * VL) {
      return IN_PLACE.columns(left); // a row has no kernels between 4 and 8 vectors
    }
    if (left <= nv * VL) {
      return left;
    }
    return left - nv * VL < VL ? (nv - 1) * VL : nv * VL;
  }

  /** Rows of a packed A that the tiles over m rows read, at most. */
  static int wholeRows(int m) {
    return (m + 3) / 4 * 4;
  }

  /** Vectors in a tile of so many columns. */
  static int vectors(int columns) {
    return (columns + VL - 1) / VL;
  }

  /**
   * Floats in a line of a micropanel with so many columns. Where both operands are packed, it is a
   * whole number of vectors, a constant to each micro-kernel, and holds the columns twice that the
   * last vector shares with its neighbour.
   */
  int panelLd(int columns) {
    return this == PACKED ? vectors(columns) * VL : Math.max(columns, VL);
  }

  /** Floats in a line of all micropanels that hold n columns. */
  static int panelFloats(int n) {
    return (n / VL + 1) * VL;
  }
}
