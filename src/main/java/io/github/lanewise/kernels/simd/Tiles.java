package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.MR;
import static io.github.lanewise.kernels.simd.Lanes.MR_OF_ONE_VECTOR;
import static io.github.lanewise.kernels.simd.Lanes.NV;
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
    boolean few = this == ROW && left != nv * VL && left < (nv + 1) * VL;
    int most = few ? 4 * VL : nv * VL; // a row has no kernels between 4 and 8 vectors
    if (left <= most) {
      return left;
    }
    return left - most < VL ? most - VL : most;
  }

  /** Of n columns those in whole tiles, which come first. */
  int whole(int n) {
    int whole = n / (nv * VL) * (nv * VL);
    int left = n - whole;
    return left > 0 && left < VL ? whole - nv * VL : whole;
  }

  /**
   * Rows of the next tile when {@code left} rows are left. A tile of one vector leaves none or at
   * least MR behind, so that the kernel of 8 rows can take what is left.
   */
  static int rows(int left, int vectors) {
    int most = vectors == 1 ? MR_OF_ONE_VECTOR : MR;
    boolean tooFew = most > MR && left > most && left < most + MR;
    return tooFew ? left - MR : Math.min(most, left);
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
