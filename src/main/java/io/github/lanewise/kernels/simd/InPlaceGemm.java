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
 * Few rows of C, or with 32 registers a C of one tile's width, beside a B by rows, which is read in
 * place, once or twice or from L1, too seldom to repay a copy. A is copied, for only rows that are
 * a constant apart leave a tile of 8 rows and 3 vectors, or 6 and 4, its 32 registers (8×200×200
 * 1.4 times as fast as by tiles of 4×4v, 5×200×200 1.5, 48³ 1.1; 16×200×200 1.13 times as fast as
 * packed on the way), and one of 6 and 2 its 16 (5×200×200 1.37 times as fast as by tiles of 4×2v,
 * 6×128×784 1.8, 11×64×64 1.4; 12×200×200, 24×128×600 and 48×200×200 1.02 to 1.17 times as fast as
 * packed on the way).
 */
final class InPlaceGemm {
  /** Rows of the halves of a tile. */
  private static final int HALF = MR_IN_PLACE / 2;

  /** Rows left over, at most, that are not worth a tile. */
  private static final int LEFT = TALL ? MR_OF_EDGE : 2;

  /**
   * Columns, beyond those of one tile, that repay the copy of an A by rows (7×64×64 0.9, 7×100×300
   * 1.2; 16 registers: 5×32×64 1.1 to 1.3, 8×24×100 0.8).
   */
  private static final int LEAST_COLUMNS = TALL ? 5 * VL : 2 * NR;

  /**
   * Columns that with 16 registers repay the transposition of one by columns (6×64×64 1.35,
   * 10×64×64 1.3, 6×96×96 1.6, 10×128×32 1.5; 5×48×48 0.95), unless a row or two are left over
   * (8×200×200 0.93).
   */
  private static final int LEAST_BY_COLUMNS = 4 * NR;

  /** Rows of C, at most, where it is one tile wide, and where it is wider. */
  private static final int MOST_ROWS = 8 * MR_IN_PLACE;

  private static final int MOST_ROWS_OF_WIDE = 2 * MR_IN_PLACE;

  /** Floats of the copy of A, at most. */
  private static final int COPY = MOST_ROWS * KC;

  private InPlaceGemm() {}

  /**
   * How many of the first rows of C, m×n, it computes: none, all, or all but a few. With 32
   * registers a whole tile of those that pack B on the way is faster (12×128×128 0.87, 12×512×512
   * 0.85), but where B is too far for that, all few rows are faster here, beside an A by columns
   * from three tiles on (Zen 5, NN and TN: 12×512×784 1.26 and 0.73, 17×512×784 1.44 and 1.11,
   * 20×512×784 1.31 and 0.93, 32×512×784 1.16 to 1.3, 32×1000×600 1.2, 64×512×784 1.03 to 1.08, in
   * a network 0.92, 96×512×784 1.0, 128×512×784 0.96).
   */
  static int rows(Blocks blocks, int m, int n, int k, boolean rowsA) {
    int left = m % MR_IN_PLACE;
    boolean few = n >= LEAST_COLUMNS && m <= MOST_ROWS_OF_WIDE;
    boolean takes;
    if (TALL) {
      boolean narrow = n > NR && n <= 3 * VL && m < MOST_ROWS;
      boolean far = n >= LEAST_COLUMNS && m <= MOST_ROWS && blocks.fewBesideFar(m, n, k);
      takes = rowsA ? narrow || far || (few && m != MR) : far && m > MOST_ROWS_OF_WIDE;
    } else if (rowsA) {
      takes = few || (n >= LEAST_COLUMNS && m <= MOST_ROWS && blocks.fewBesideNear(m, n, k));
    } else {
      takes = few && n >= LEAST_BY_COLUMNS && (left == 0 || left > LEFT);
    }
    return !takes ? 0 : left <= LEFT ? m - left : m;
  }

  // spotless:off
  /**
   * C = init + A·B in equal chains, with 16 registers so short that a panel of B as long is in L1
   * for more than one tile.
   *
   * @param scratch room for the copy of A
   */
  static void run(
      Blocks blocks, int m, int n, int k,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB,
      float[] init, int initOff, int rsInit, int csInit,
      float[] c, int cOff, int rsC,
      float[] scratch) {
    float[] rows = scratch.length < COPY ? new float[COPY] : scratch;
    boolean zeros = GemmDriver.overwrites(init, initOff, rsInit, csInit);
    if (!zeros) {
      GemmDriver.initialize(m, n, init, initOff, rsInit, csInit, c, cOff, rsC);
    }
    int kc = blocks.chain(k, !TALL);
    int pc = 0;
    do { // once even if k is 0, to write the zeros
      int kb = Math.min(kc, k - pc);
      copy(m, kb, a, aOff + pc * csA, rsA, csA, rows);
      tiles(m, n, kb, rows, b, bOff + pc * rsB, rsB, zeros && pc == 0, c, cOff, rsC);
      pc += kc;
    } while (pc < k);
  }

  /** The rows KC apart, and once more the last ones of a tile that has not all, as its last half. */
  private static void copy(int m, int k, float[] a, int aOff, int rsA, int csA, float[] rows) {
    Pack.rowsA(m, k, 1, a, aOff, rsA, csA, rows, 0);
    int tile = m / MR_IN_PLACE * MR_IN_PLACE;
    for (int i = MR_IN_PLACE - 1; tile < m && i >= HALF; i--) {
      System.arraycopy(rows, (m - MR_IN_PLACE + i) * KC, rows, (tile + i) * KC, k);
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
    Tiles tiles = !TALL ? Tiles.BLOCK : m <= MR_OF_SIX ? Tiles.SIX : Tiles.DEEP;
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
          default -> {
            if (TALL) {
              RowKernel8x3v.run2v(tile, k, rows, i * KC, b, bOff + j, rsB, last, init, from, rsInit, c, cTile, rsC);
            } else {
              RowKernel6x2v.run2v(tile, k, rows, i * KC, b, bOff + j, rsB, last, init, from, rsInit, c, cTile, rsC);
            }
          }
        }
      }
    }
  }
  // spotless:on
}
