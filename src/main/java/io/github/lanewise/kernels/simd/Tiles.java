package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.MR;
import static io.github.lanewise.kernels.simd.Lanes.NV;
import static io.github.lanewise.kernels.simd.Lanes.REGISTERS;
import static io.github.lanewise.kernels.simd.Lanes.VL;

/** How C is cut into tiles. Packing and the loops over the tiles must agree on it. */
enum Tiles {
  /** A C with a single row: 8 chains hide the latency of an fma. */
  ROW(8),

  /** Any other. */
  BLOCK(NV);

  /** Their width in vectors, at most. */
  final int nv;

  Tiles(int nv) {
    this.nv = nv;
  }

  /**
   * Columns of the next tile when {@code left} columns are left. Never leaves less than one vector
   * behind, so that the last vector of a tile always has a neighbour in the same tile to overlap
   * with; only a C narrower than a vector gets a tile narrower than one.
   */
  int columns(int left) {
    if (this == ROW && left != nv * VL && left < (nv + 1) * VL) {
      return BLOCK.columns(left); // a row has no kernels between 4 and 8 vectors
    }
    if (left <= nv * VL) {
      return left;
    }
    return left - nv * VL < VL ? (nv - 1) * VL : nv * VL;
  }

  /**
   * Rows of the next tile when {@code left} rows are left. With 32 registers a tile of one vector
   * has 8, and at least 4 if C has.
   */
  static int rows(int left, int vectors) {
    if (vectors > 1 || REGISTERS < 32) {
      return Math.min(MR, left);
    }
    return left > 8 && left < 12 ? left - 4 : Math.min(8, left);
  }

  /** Vectors in a tile of so many columns. */
  static int vectors(int columns) {
    return (columns + VL - 1) / VL;
  }

  /** Floats in a line of a micropanel with so many columns. */
  static int panelLd(int columns) {
    return Math.max(columns, VL);
  }
}
