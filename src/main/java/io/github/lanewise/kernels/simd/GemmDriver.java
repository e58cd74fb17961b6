package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.MR_OF_ONE_VECTOR;
import static io.github.lanewise.kernels.simd.Lanes.NR;
import static io.github.lanewise.kernels.simd.Lanes.TALL;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import io.github.lanewise.kernels.Kernels;
import java.util.Arrays;

/**
 * Which way round a product goes: lanes along C's contiguous direction, a C of short rows lying
 * down, a small product by one kernel, a single row by itself, anything else in blocks ({@link
 * BlockedGemm}). No choice made here can change a bit of the result.
 */
final class GemmDriver {
  /**
   * Chains that repay the transposition of a C one vector wide (64×16×64 80 and 70, 32×16×128 82
   * and 100), and that of A where it lies by rows (64×8×96 30 and 45).
   */
  static final int LONG = 96;

  /**
   * Last columns, beyond those in whole panels, that are laid down beside an A by columns rather
   * than taken as one more tile one vector wide (33³ TN 1.19 times as fast, 65³ 1.24, 100³ 1.1; 8
   * columns 0.97 to 1.02). Beside an A by rows a single one is W·x (33³ NN 1.0 and NT 1.15, 65³
   * 1.14 and 1.13, 64×33×64 1.28 and 1.25, 193³ 1.06; two columns 0.75 to 1.1).
   */
  private static final int FEW_COLUMNS = VL / 4;

  /**
   * With 16 registers, whose tile of one vector takes 8 rows, beside a C of so many columns all
   * that fill no vector (52³ TN 1.17 to 1.27 times as fast, 100³ 1.1, 102³ 1.06 to 1.13, 64×84×300
   * 1.18 to 1.23; 36³ 0.98 to 1.02, 20³ 0.8).
   */
  private static final int WIDE_FOR_MORE = 3 * NR;

  /** The chains that repay either. */
  private static final int LONG_FOR_FEW = 16;

  /** Rows of a single column at a time; in scratch, with VL more, before KC elements of x. */
  private static final int ROWS_OF_COLUMN = 256;

  private static final int X = ROWS_OF_COLUMN + VL;

  /** Rows of C that repay the transposition of such an A. */
  static final int LAID_DOWN_ROWS = 2 * NR;

  /**
   * Floats of scratch for tiles of a C narrower than a vector and behind them less than VL lines of
   * B, and for a strip of one that lies: up to VL rows of it.
   */
  static final int TILE = Math.max(MR_OF_ONE_VECTOR, VL) * NR;

  private final Blocks blocks;
  private final BlockedGemm blocked;

  GemmDriver(Blocks blocks, BlockedGemm blocked) {
    this.blocks = blocks;
    this.blocked = blocked;
  }

  // spotless:off
  /** The contract of {@code Kernels.gemm}. */
  void gemm(
      int m, int n, int k, float alpha,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB, int csB,
      float[] init, int initOff, int rsInit, int csInit,
      float[] c, int cOff, int rsC, int csC,
      float[] scratch) {
    if (Kernels.turned(m, n, rsC, csC)) { // Cᵀ = Bᵀ·Aᵀ
      along(
          n, m, k, 1, alpha, b, bOff, csB, rsB, a, aOff, csA, rsA,
          init, initOff, csInit, rsInit, c, cOff, csC, scratch);
    } else {
      along(
          m, n, k, alpha, 1, a, aOff, rsA, csA, b, bOff, rsB, csB,
          init, initOff, rsInit, csInit, c, cOff, rsC, scratch);
    }
  }

  /**
   * Lanes along C's rows, and along its columns for those that are laid down; across a single row of dot products too few
   * for them, or beside an A that lies in strides: one lane in use, and nothing transposed (5×1×1000 1.4 to 1.9 times as
   * fast, 2×1×784 2.0 to 2.9; the single output of a packed 784-1 5 times at a batch of 1, 1.1 at 16, 0.97 to 1.03 at 64).
   */
  private void along(
      int m, int n, int k, float alphaA, float alphaB,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB, int csB,
      float[] init, int initOff, int rsInit, int csInit,
      float[] c, int cOff, int rsC,
      float[] scratch) {
    if (m == 1 && rsB == 1 && csB != 1 && (n < VL || csA != 1)) { // C as a column, beside a B by rows
      upright(
          n, 1, k, alphaB, alphaA, b, bOff, csB, 1, a, aOff, csA, 1,
          init, initOff, csInit, rsInit, c, cOff, 1, scratch);
      return;
    }
    int upright = n - apart(m, n, k, alphaA, rsA, csA);
    if (upright > 0) {
      upright(
          m, upright, k, alphaA, alphaB, a, aOff, rsA, csA, b, bOff, rsB, csB,
          init, initOff, rsInit, csInit, c, cOff, rsC, scratch);
    }
    if (upright < n && upright > 0 && csA == 1) {
      column(
          m, k, alphaB, a, aOff, rsA, b, bOff + upright * csB, rsB,
          init, initOff + upright * csInit, rsInit, c, cOff + upright, rsC, scratch);
    } else if (upright < n) {
      laidDown(
          m, n - upright, k, alphaA, alphaB, a, aOff, rsA, csA, b, bOff + upright * csB, rsB, csB,
          init, initOff + upright * csInit, rsInit, csInit, c, cOff + upright, rsC, scratch);
    }
  }

  /**
   * How many of the last columns have their lanes along A: all of a C no wider than a vector, or than half a one where A
   * lies by rows, for one 512-bit broadcast a cycle, which is what Zen 4 does, is too few for tiles one vector wide; else
   * the last few beside an A by columns, the last one beside an A by rows, or none.
   */
  private static int apart(int m, int n, int k, float alphaA, int rsA, int csA) {
    boolean rows = csA == 1; // A is transposed on the way
    if (n > NR) {
      int most = TALL || n < WIDE_FOR_MORE ? FEW_COLUMNS : VL - 1;
      boolean few =
          rows ? alphaA == 1 && m >= lastColumnRows(n) : rsA == 1 && m >= NR && n % NR <= most;
      return few && k >= LONG_FOR_FEW ? n % NR : 0;
    }
    if (rows) {
      return m >= LAID_DOWN_ROWS && 2 * n <= VL && k >= LONG ? n : 0;
    }
    boolean narrow = rsA == 1 && m >= VL && n <= VL;
    return narrow && (n < VL || k >= LONG) ? n : 0;
  }

  /** The least m from which on a single column beside whole panels, A by rows, is computed by itself. */
  static int lastColumnRows(int n) {
    return n > NR && n % NR == 1 ? NR : Integer.MAX_VALUE;
  }

  /** Strips of Cᵀ = Bᵀ·Aᵀ, n rows as long as a tile is wide, each then written to C's short rows. */
  private void laidDown(
      int m, int n, int k, float alphaA, float alphaB,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB, int csB,
      float[] init, int initOff, int rsInit, int csInit,
      float[] c, int cOff, int rsC,
      float[] scratch0) {
    float[] scratch = scratch0.length < TILE ? new float[TILE] : scratch0;
    for (int i = 0; i < m; ) {
      int rows = Tiles.BLOCK.columns(m - i);
      upright(
          n, rows, k, alphaB, alphaA, b, bOff, csB, rsB, a, aOff + i * rsA, csA, rsA,
          init, initOff + i * rsInit, csInit, rsInit, scratch, 0, NR, scratch);
      Transpose.run(n, rows, 1, scratch, 0, NR, c, cOff + i * rsC, rsC);
      i += rows;
    }
  }

  /** W·x for a last column and rows of A: in scratch the chains, side by side as lanes, and x, copied for them. */
  private static void column(
      int m, int k, float alphaB,
      float[] a, int aOff, int rsA,
      float[] b, int bOff, int rsB,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC,
      float[] scratch0) {
    int behind = X + KC;
    int end = behind + VL;
    float[] scratch = scratch0.length < end ? new float[end] : scratch0;
    int rows;
    for (int i = 0; i < m; i += rows) {
      rows = Tiles.block(m - i, ROWS_OF_COLUMN);
      for (int r = 0; r < rows; r++) {
        scratch[r] = init[initOff + (i + r) * rsInit];
      }
      for (int pc = 0; pc < k; pc += KC) {
        int kb = Math.min(KC, k - pc);
        for (int p = 0; p < kb; p++) {
          scratch[X + p] = alphaB * b[bOff + (pc + p) * rsB];
        }
        DotKernel.run(rows, kb, scratch, X, a, aOff + i * rsA + pc, rsA, scratch, 0, scratch, behind);
      }
      for (int r = 0; r < rows; r++) {
        c[cOff + (i + r) * rsC] = scratch[r];
      }
    }
  }

  /**
   * A small product by one kernel, one or few long rows along the rows of B, a single one beside a B by columns as dot
   * products, else tiles. Short, and so the ways from here, that C2 may have them in one piece with their callers: calls
   * with so many arguments are a tenth of 15³.
   */
  private void upright(
      int m, int n, int k, float alphaA, float alphaB,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB, int csB,
      float[] init, int initOff, int rsInit, int csInit,
      float[] c, int cOff, int rsC,
      float[] scratch) {
    boolean inPlace = alphaA == 1 && alphaB == 1;
    boolean rowsB = csB == 1 && inPlace;
    boolean zeros = overwrites(init, initOff, rsInit, csInit);
    if (rowsB && (zeros || csInit == 1) && blocks.small(m, n, k)) { // no strip of a C that lies is so narrow
      SmallKernel8x1v.run(
          m, n, k, a, aOff, rsA, csA, b, bOff, rsB, zeros, init, initOff, rsInit, c, cOff, rsC, scratch);
    } else if (rowsB && blocks.longRows(m, n, csA == 1)) {
      longRows(
          m, n, k, a, aOff, rsA, csA, b, bOff, rsB, init, initOff, rsInit, csInit, c, cOff, rsC);
    } else if (inPlace && m == 1 && csB != 1 && rsB == 1 && csA == 1 && n >= VL) {
      dots(n, k, a, aOff, b, bOff, csB, init, initOff, csInit, c, cOff, scratch);
    } else {
      tiles(
          m, n, k, alphaA, alphaB, a, aOff, rsA, csA, b, bOff, rsB, csB,
          init, initOff, rsInit, csInit, c, cOff, rsC, scratch);
    }
  }

  private static void longRows(
      int m, int n, int k,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB,
      float[] init, int initOff, int rsInit, int csInit,
      float[] c, int cOff, int rsC) {
    initialize(m, n, init, initOff, rsInit, csInit, c, cOff, rsC);
    LongRowsKernel.run(m, n, k, a, aOff, rsA, csA, b, bOff, rsB, c, cOff, rsC);
  }

  private static void dots(
      int n, int k,
      float[] a, int aOff,
      float[] b, int bOff, int csB,
      float[] init, int initOff, int csInit,
      float[] c, int cOff,
      float[] scratch0) {
    float[] scratch = scratch0.length < TILE ? new float[TILE] : scratch0;
    initialize(1, n, init, initOff, 0, csInit, c, cOff, 0);
    DotKernel.run(n, k, a, aOff, b, bOff, csB, c, cOff, scratch, NR); // a C that lies is before NR
  }

  /** Few rows with both operands in place, the others in blocks. */
  private void tiles(
      int m, int n, int k, float alphaA, float alphaB,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB, int csB,
      float[] init, int initOff, int rsInit, int csInit,
      float[] c, int cOff, int rsC,
      float[] scratch) {
    boolean inPlace = alphaA == 1 && alphaB == 1 && (csA == 1 || rsA == 1) && csB == 1;
    int few = inPlace ? InPlaceGemm.rows(blocks, m, n, k, csA == 1) : 0;
    if (few > 0) {
      InPlaceGemm.run(
          blocks, few, n, k, a, aOff, rsA, csA, b, bOff, rsB,
          init, initOff, rsInit, csInit, c, cOff, rsC, scratch);
    }
    if (few < m) {
      blocked.run(
          m - few, n, k, alphaA, alphaB, a, aOff + few * rsA, rsA, csA, b, bOff, rsB, csB,
          init, initOff + few * rsInit, rsInit, csInit, c, cOff + few * rsC, rsC, scratch);
    }
  }

  /** How many panels are as wide as a tile; others are at the end, two at most. */
  static int wholePanels(int[] starts, int lastLd) {
    int whole = lastLd == NR ? starts.length - 1 : starts.length - 2;
    while (whole > 0 && starts[whole] - starts[whole - 1] != NR) {
      whole--;
    }
    return whole;
  }

  /** Whether every chain starts from a positive zero that C need not be read for. */
  static boolean overwrites(float[] init, int initOff, int rsInit, int csInit) {
    return csInit == 0 && rsInit == 0 && Float.floatToRawIntBits(init[initOff]) == 0;
  }

  /** Writes the initial values into C, to accumulate onto. */
  static void initialize(
      int m, int n,
      float[] init, int initOff, int rsInit, int csInit,
      float[] c, int cOff, int rsC) {
    for (int i = 0; i < m; i++) {
      int from = initOff + i * rsInit;
      int to = cOff + i * rsC;
      if (csInit == 1) {
        System.arraycopy(init, from, c, to, n);
      } else if (csInit == 0) {
        Arrays.fill(c, to, to + n, init[from]);
      } else {
        for (int j = 0; j < n; j++) {
          c[to + j] = init[from + j * csInit];
        }
      }
    }
  }
  // spotless:on
}
