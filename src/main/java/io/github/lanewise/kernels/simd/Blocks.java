package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.MR;
import static io.github.lanewise.kernels.simd.Lanes.MR_OF_EDGE;
import static io.github.lanewise.kernels.simd.Lanes.NR;
import static io.github.lanewise.kernels.simd.Lanes.TALL;
import static io.github.lanewise.kernels.simd.Lanes.VL;
import static io.github.lanewise.kernels.simd.SmallKernel8x1v.LONGEST;

import io.github.lanewise.kernels.Thresholds;

/**
 * Cache blocks. Tests make them tiny, so that small products cross every boundary.
 *
 * @param mc rows of a block of A; packed, mc×KC (300 KiB at 192×400) lives in L2, with 16 registers
 *     (75 KiB at 48×400) beside all panels of B that pass through it
 * @param kc length of the chains that a call of a micro-kernel advances by, at most {@code
 *     Lanes.KC}; a panel of B, kc×2VL (50 KiB at 400×32), comes from L2, 128 bytes for 24 fma
 * @param nc columns of a packed block of B that all rows of A pass through; kc×nc (1.6 MiB at
 *     400×1024) lives in L3
 * @param ns columns of B that are packed at a time, just before the first block of A passes through
 *     them, where chains are kc long, and more where they are shorter: ns×kc (200 KiB at 400×128)
 *     is in L2 then, and stays the only copy where there is one block of A (32×1024×1024 1.3 times
 *     as fast as from a whole block of B)
 * @param panels B is packed from this m on, and from this n where A lies by columns; with 16
 *     registers, whose tile is fast from packed operands only, A then is too
 * @param copy columns that repay the copy of an A that lies by rows beside panels of B (16
 *     registers: with 32 columns it is 1.1 to 1.2 times as fast in place, with 48 equal, with 64
 *     slower; 32 registers: 64 equal or up to 1.2, 128 1.0 to 1.03 times as fast copied, 300 1.09)
 * @param apart columns of A so far apart are packed
 * @param wide from so many columns on two thirds of these rows repay the packing: panels are packed
 *     from whole lines of the cache (16×512×784, NN and TN, 1.13 to 1.25 times as fast packed,
 *     16×200×784 1.0); and fewer rows read B's from end to end
 * @param area and from this m·n on, which repays the packing; from half of it where A lies by rows,
 *     whose packing is a copy
 * @param fewRows rows of C, at most, that use panels of B one by one: with 32 registers the first
 *     of them pack B on their way, in chains that leave each panel in L1 (25 KiB at 200×32) for the
 *     rows below (12×128×784 1.25 times as fast, 16×256×600 1.33, 24×128×600 1.28, 32×512×784 1.06
 *     to 1.16, 48×256×600 1.07), with 16 all read B in place ({@link InPlaceGemm}); and that have a
 *     transposed B packed panel by panel (NT in a JVM that does nothing else: 5×200×200 1.3 times
 *     as fast, 8×512×784 1.4, 16×512×784 1.3, 64×512×784 1.15, 128×512×784 1.0 to 1.1; among others
 *     1.0 to 1.07; 16 registers: 0.96 to 1.07); and that with 32 registers read a B which is a
 *     panel in place
 * @param near elements of a B that is so read, a line or two from each of its rows, which is slow
 *     from L3 (32×1000×600 0.87; 16 registers, L2 512 KiB: 24×128×600 1.08, 32×128×784 0.7 to
 *     0.96): 1.2 MiB, as a larger one with all else in a network leaves an L2 of 2 MiB (a training
 *     step of 784-512-256-10 at batch 32 0.95 of the time, although 32×512×784 alone takes 1.1
 *     times as long); with 32 registers few rows read a larger one in place and pack nothing
 * @param smallSteps the longest chains of a product that {@link SmallKernel8x1v} takes, at most
 *     {@link SmallKernel8x1v#LONGEST}
 */
public record Blocks(
    int mc,
    int kc,
    int nc,
    int ns,
    int panels,
    int copy,
    int apart,
    int wide,
    int area,
    int fewRows,
    int near,
    int smallSteps)
    implements Thresholds {
  /** What measured best: src/docs/decisions/0009, 0013 and 0014. */
  static final Blocks MEASURED =
      TALL
          ? new Blocks(192, KC, 1024, 256, 64, 64, 280, 512, 0, 64, 300 * 1024, LONGEST)
          : new Blocks(
              48, KC, 1024, 128, 24, 48, Integer.MAX_VALUE, 256, 2048, 48, 96 * 1024, LONGEST);

  /**
   * The least m that repays the packing of a B no wider than a vector, which in place has half as
   * many chains as an fma's latency asks for (16×8×784 1.37 times as fast packed), or of one beside
   * an A by columns in place (16×64×200 TN 1.42 times, 12×128×784 0.99).
   */
  private static final int LEAST_ROWS = 16;

  /**
   * With 32 registers the least m that repays the packing of a B as wide as a panel, whose tile in
   * place has half its width to fill, or of one beside which A is copied; between them tiles in
   * place are as wide as four vectors (32×32×32 1.2 times as fast packed, 32×128×128 1.2, 48×64×64
   * 0.95).
   */
  private static final int LEAST_ROWS_OF_TALL = 24;

  /** Refuses longer chains: micro-kernels count no further. */
  public Blocks {
    if (kc > KC) {
      throw new IllegalArgumentException("kc is " + kc + ", at most " + KC);
    }
    if (smallSteps > LONGEST) {
      throw new IllegalArgumentException("smallSteps is " + smallSteps + ", at most " + LONGEST);
    }
  }

  /**
   * Blocks that are less than 36×12VL×32 in all three directions. All products in them are as wide
   * as one of n columns, or none is, and as near as one of k steps too.
   */
  Blocks inLittle(int n, int k) {
    return new Blocks(
        24,
        16,
        10 * VL,
        8 * VL,
        panels,
        copy,
        apart,
        n >= wide ? 0 : Integer.MAX_VALUE,
        area,
        fewRows,
        isNear(n, k) ? Integer.MAX_VALUE : 0,
        smallSteps);
  }

  /** Whether one kernel does a product in place, of a C so narrow that no tile is whole. */
  boolean small(int m, int n, int k) {
    return n < VL && k <= smallSteps && m < packedRows(n);
  }

  /** Whether the first rows of C, a whole tile, pack B on their way, A lying by rows and packed. */
  boolean onTheWay(int m, int n, int k) {
    return TALL && m >= MR && Tiles.rows(m, MR) == MR && fewBesideNear(m, n, k);
  }

  /** Whether rows of C are few beside a B of whole panels that is in L2 or not far. */
  boolean fewBesideNear(int m, int n, int k) {
    return few(m) && n >= copy && isNear(n, k);
  }

  /** Whether rows of C are few beside a B that is in L3 or farther. */
  boolean fewBesideFar(int m, int n, int k) {
    return few(m) && !isNear(n, k);
  }

  private boolean isNear(int n, int k) {
    return (long) n * k <= near;
  }

  /** Whether rows of C are so few that panels of B are best used one by one, as they are made. */
  boolean few(int m) {
    return m <= fewRows;
  }

  @Override
  public int packingRows(int n) { // all of B or on the way
    return TALL && n >= copy ? Math.min(MR, packedRows(n)) : packedRows(n);
  }

  /**
   * The length of the equal chains that k steps are cut into, half of kc at most where panels of B
   * are packed one by one and then stay in L1 (512³ 1.01 to 1.05 times as fast as with a short last
   * chain).
   */
  int chain(int k, boolean byPanel) {
    int longest = byPanel ? Math.max(kc / 2, 1) : kc;
    int chains = Math.max((k + longest - 1) / longest, 1);
    return (k + chains - 1) / chains;
  }

  /** Columns of B that are packed at a time, in whole tiles, for chains of this length. */
  int columns(int k) {
    int columns = (int) ((long) ns * kc / Math.max(k, 1));
    return columns < NR ? columns / VL * VL : columns / NR * NR;
  }

  /**
   * Whether rows of C are so few and so long that those of B are read from end to end: tiles read B
   * in place, a line or two of the cache from each row (16 registers: 8×512×784 1.7 to 2.1 times as
   * fast, 8×256×300 1.1, 8×200×200 0.85 to 1.25; 32 registers, A by columns: 5×512×784 1.3 to 1.55,
   * 8×784×512 1.1 to 1.2, 8×1024×256 0.8; by rows {@link InPlaceGemm} has the rest from 5 on:
   * 5×1000×64 0.55, 7×512×512 0.71).
   */
  boolean longRows(int m, int n, boolean rowsA) {
    if (m == 1) {
      return n > Tiles.ROW.nv * VL; // more than a tile
    }
    int least = rowsA ? MR_OF_EDGE + 1 : MR; // of those that tiles are best for
    return m < (TALL ? least : LEAST_ROWS) && n >= Math.max(wide, VL);
  }

  /** Whether B is packed beside an A by columns, and with 16 registers A too. */
  boolean pack(int m, int n) {
    return n >= panels && m >= leastRows(n, area);
  }

  /**
   * Whether an A by columns, csA apart, stays in place; with 16 registers beside panels of B only,
   * where C is too small to repay a copy.
   */
  boolean columnsInPlace(int m, int n, int csA) {
    return csA < apart && (TALL || (!pack(m, n) && n > VL && m >= LEAST_ROWS));
  }

  @Override
  public int packedRows(int n) { // all of B
    if (TALL && (n <= NR || n >= copy)) {
      return Math.min(panels, LEAST_ROWS_OF_TALL);
    }
    return n <= VL ? Math.min(panels, LEAST_ROWS) : leastRows(n, area / 2);
  }

  private int leastRows(int n, int least) {
    int rows = n >= wide ? panels - panels / 3 : panels;
    return Math.max(rows, (least + n - 1) / n);
  }

  @Override
  public int lastColumnRows(int n) {
    return GemmDriver.lastColumnRows(n);
  }

  @Override
  public int laidDownRows() {
    return GemmDriver.LAID_DOWN_ROWS;
  }

  @Override
  public int laidDownSteps() {
    return GemmDriver.LONG;
  }
}
