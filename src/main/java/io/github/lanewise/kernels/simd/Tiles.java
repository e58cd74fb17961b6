package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.MR;
import static io.github.lanewise.kernels.simd.Lanes.MR_OF_EDGE;
import static io.github.lanewise.kernels.simd.Lanes.TALL;
import static io.github.lanewise.kernels.simd.Lanes.VL;

/** How C is cut into tiles. Packing and the loops over the tiles must agree on it. */
enum Tiles {
  /**
   * A single row, all of C or left over beside tiles of four: 8 chains hide the latency of an fma.
   */
  ROW(8),

  /** Any other, as wide as a panel of B. */
  BLOCK(2),

  /** Where A is by rows and B in place: {@link RowKernel4x4v}. */
  WIDE(TALL ? 4 : 2),

  /**
   * Where A is copied beside a B in place: {@link RowKernel8x3v}, which takes two vectors or three.
   */
  DEEP(3, 2),

  /** The same with 5 or 6 rows: {@link RowKernel6x4v} too. */
  SIX(4, 2);

  /** By how many rows are left, 12 standing for all that are more. */
  private static final int[] ROWS_OF_WHOLE =
      TALL
          ? new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 5, 6, 7, 12}
          : new int[] {0, 1, 2, 3, 4, 4, 6, 4, 4, 6, 6, 4, 6};

  /** Their width in vectors, at most. */
  final int nv;

  /** And at least, but for a C that is narrower. */
  private final int least;

  Tiles(int nv) {
    this(nv, 1);
  }

  Tiles(int nv, int least) {
    this.nv = nv;
    this.least = least;
  }

  /**
   * Columns of the next tile when {@code left} columns are left. Never leaves less than one vector
   * behind, or one where the next tile takes two, so that the last vector of a tile always has a
   * neighbour in the same tile to overlap with; only a C narrower than a vector gets a tile
   * narrower than one.
   */
  int columns(int left) {
    boolean few = this == ROW && left != nv * VL && left < (nv + 1) * VL;
    int most = few ? 4 * VL : nv * VL; // a row has no kernels between 4 and 8 vectors
    if (left <= most) {
      return left;
    }
    int behind = left - most;
    return behind < VL || vectors(behind) < least ? most - VL : most;
  }

  /**
   * Columns of the next block of B when {@code left} are left: {@code most}, or all of them where
   * that would leave less than a vector behind.
   */
  static int block(int left, int most) {
    return left < most + VL ? left : most;
  }

  /** Of n columns those in whole tiles, which come first. */
  int whole(int n) {
    int whole = n / (nv * VL) * (nv * VL);
    int left = n - whole;
    return left > 0 && left < VL ? Math.max(whole - nv * VL, 0) : whole;
  }

  /**
   * Rows of the next tile, {@code most} or less, when {@code left} rows are left. One of more than
   * MR_OF_EDGE leaves none or at least MR_OF_EDGE behind, so that its kernel can take what is left.
   *
   * <p>Where {@code most} is MR, tiles below have up to 8 rows with 32 registers and up to 4 with
   * 16, and take as long as if they had 8 or 4, so that with 16 registers 7, 8 and 11 rows are 4 +
   * 3, 4 + 4 and 4 + 4 + 3 rather than 6 and what is left.
   */
  static int rows(int left, int most) {
    if (most == MR) {
      return ROWS_OF_WHOLE[Math.min(left, ROWS_OF_WHOLE.length - 1)];
    }
    boolean tooFew = most > MR_OF_EDGE && left > most && left < most + MR_OF_EDGE;
    return tooFew ? left - MR_OF_EDGE : Math.min(most, left);
  }

  /** Vectors in a tile of so many columns. */
  static int vectors(int columns) {
    return (columns + VL - 1) / VL;
  }

  /** Floats in a line of a micropanel with so many columns, or in all lines of so many. */
  static int panelLd(int columns) {
    return vectors(columns) * VL;
  }
}
