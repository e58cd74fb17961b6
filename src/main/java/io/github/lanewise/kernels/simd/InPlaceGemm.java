package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.BlockedGemm.ZEROS;
import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.MR;
import static io.github.lanewise.kernels.simd.Lanes.MR_IN_PLACE;
import static io.github.lanewise.kernels.simd.Lanes.MR_OF_EDGE;
import static io.github.lanewise.kernels.simd.Lanes.MR_OF_SIX;
import static io.github.lanewise.kernels.simd.Lanes.NR;
import static io.github.lanewise.kernels.simd.Lanes.TALL;
import static io.github.lanewise.kernels.simd.Lanes.VL;

/**
 * Few rows of C, or a C of one tile's width, with 32 registers and both operands by rows: B is read
 * in place, once or twice or from L1, too seldom to repay a copy, by tiles of 8 rows and 3 vectors,
 * or 6 and 4. A is copied, for only rows that are a constant apart leave such a tile its registers
 * (8×200×200 1.4 times as fast as by tiles of 4×4v, 5×200×200 1.5, 48³ 1.1; 16×200×200 1.13 times
 * as fast as packed on the way).
 */
final class InPlaceGemm {
  /** Columns, beyond those of one tile, that repay the copy of A (7×64×64 0.9, 7×100×300 1.2). */
  private static final int LEAST_COLUMNS = 5 * VL;

  /** Rows of C, at most, where it is one tile wide, and where it is wider. */
  private static final int MOST_ROWS = 8 * MR_IN_PLACE;

  private static final int MOST_ROWS_OF_WIDE = 2 * MR_IN_PLACE;

  /** Floats of the copy of A, at most. */
  static final int COPY = MOST_ROWS * KC;

  private InPlaceGemm() {}

  /**
   * How many of the first rows of C, m×n, it computes: none, all, or all but four and less. A whole
   * tile of those that pack B on the way is faster (12×128×128 0.87, 12×512×512 0.85).
   */
  static int rows(int m, int n) {
    boolean narrow = n > NR && n <= 3 * VL && m < MOST_ROWS;
    boolean few = n >= LEAST_COLUMNS && m <= MOST_ROWS_OF_WIDE && m != MR;
    if (!TALL || !(narrow || few)) {
      return 0;
    }
    int left = m % MR_IN_PLACE;
    return left <= MR_OF_EDGE ? m - left : m;
  }

  // spotless:off
  /**
   * C = init + A·B in equal chains of kc steps at most.
   *
   * @param rows room for the copy of A
   */
  static void run(
      int m, int n, int k, int kc,
      float[] a, int aOff, int rsA,
      float[] b, int bOff, int rsB,
      float[] init, int initOff, int rsInit, int csInit,
      float[] c, int cOff, int rsC,
      float[] rows) {
    boolean zeros = GemmDriver.overwrites(init, initOff, rsInit, csInit);
    for (int i = 0; !zeros && i < m; i++) {
      GemmDriver.initialize(n, init, initOff + i * rsInit, csInit, c, cOff + i * rsC);
    }
    int pc = 0;
    do { // once even if k is 0, to write the zeros
      int kb = Math.min(kc, k - pc);
      copy(m, kb, a, aOff + pc, rsA, rows);
      tiles(m, n, kb, rows, b, bOff + pc * rsB, rsB, zeros && pc == 0, c, cOff, rsC);
      pc += kc;
    } while (pc < k);
  }

  /** The first four rows of each tile and the last four, KC apart. */
  private static void copy(int m, int k, float[] a, int aOff, int rsA, float[] rows) {
    for (int i = 0; i < m; i += MR_IN_PLACE) {
      int lower = Math.min(MR_IN_PLACE, m - i) - MR_OF_EDGE;
      Pack.rowsA(MR_OF_EDGE, k, 1, a, aOff + i * rsA, rsA, 1, rows, i * KC);
      Pack.rowsA(MR_OF_EDGE, k, 1, a, aOff + (i + lower) * rsA, rsA, 1, rows, (i + MR_OF_EDGE) * KC);
    }
  }

  private static void tiles(
      int m, int n, int k,
      float[] rows,
      float[] b, int bOff, int rsB,
      boolean zeros,
      float[] c, int cOff, int rsC) {
    float[] init = zeros ? ZEROS : c;
    int rsInit = zeros ? 0 : rsC;
    Tiles tiles = m <= MR_OF_SIX ? Tiles.SIX : Tiles.DEEP;
    int columns;
    for (int j = 0; j < n; j += columns) {
      columns = tiles.columns(n - j);
      int last = columns - VL;
      for (int i = 0; i < m; i += MR_IN_PLACE) {
        int tile = Math.min(MR_IN_PLACE, m - i);
        int cTile = cOff + i * rsC + j;
        int from = zeros ? 0 : cTile;
        switch (Tiles.vectors(columns)) {
          case 4 -> RowKernel6x4v.run4v(tile, k, rows, i * KC, b, bOff + j, rsB, last, init, from, rsInit, c, cTile, rsC);
          case 3 -> RowKernel8x3v.run3v(tile, k, rows, i * KC, b, bOff + j, rsB, last, init, from, rsInit, c, cTile, rsC);
          default -> RowKernel8x3v.run2v(tile, k, rows, i * KC, b, bOff + j, rsB, last, init, from, rsInit, c, cTile, rsC);
        }
      }
    }
  }
  // spotless:on
}
