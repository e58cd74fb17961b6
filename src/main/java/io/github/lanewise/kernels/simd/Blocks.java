package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.MR_OF_PANELS;
import static io.github.lanewise.kernels.simd.Lanes.NR;
import static io.github.lanewise.kernels.simd.Lanes.NV;
import static io.github.lanewise.kernels.simd.Lanes.REGISTERS;
import static io.github.lanewise.kernels.simd.Lanes.VL;

/**
 * Cache blocks. Tests make them tiny, so that small products cross every boundary.
 *
 * @param mc rows of a block of A; packed, mc×KC (288 KiB at 192×384) lives in L2, with 16 registers
 *     (75 KiB at 48×400) beside all panels of B that pass through it
 * @param kc length of the chains that a call of a micro-kernel advances by, at most {@code
 *     Lanes.KC}; a panel of B, kc×4VL (96 KiB at 384×64), comes from L2, 256 bytes for 16 fma
 * @param nc columns of a packed block of B that all rows of A pass through; kc×nc (1.5 MiB at
 *     384×1024) lives in L3
 * @param ns columns of B that are packed at a time, just before the first block of A passes through
 *     them, where chains are kc long, and more where they are shorter: ns×kc (192 KiB at 384×128)
 *     is in L2 then, and stays the only copy where there is one block of A (32×1024×1024 1.3 times
 *     as fast as from a whole block of B)
 * @param panels both operands are packed from this m and n on: with 32 registers where L2 does not
 *     hold m×kc of A any more, with 16 because their tile is fast from packed operands only
 * @param copy with 16 registers, columns that repay the copy of an A that lies by rows beside
 *     panels of B (with 32 columns it is 1.1 to 1.2 times as fast in place, with 48 equal, with 64
 *     slower)
 * @param wide from so many columns on two thirds of these rows repay the packing: panels are packed
 *     from whole lines of the cache (16×512×784, NN and TN, 1.13 to 1.25 times as fast packed,
 *     16×200×784 1.0); and fewer rows read B's from end to end
 * @param area and from this m·n on, which repays the packing; from half of it where A lies by rows,
 *     whose packing is a copy
 */
public record Blocks(int mc, int kc, int nc, int ns, int panels, int copy, int wide, int area) {
  /** What measured best: src/docs/decisions/0008 and 0009. */
  static final Blocks MEASURED =
      REGISTERS >= 32
          ? new Blocks(192, KC, 1024, 128, 1100, 1100, Integer.MAX_VALUE, 0)
          : new Blocks(48, KC, 1024, 128, 24, 48, 256, 2048);

  /**
   * The least m that repays the packing of a B no wider than a vector, which in place has half as
   * many chains as an fma's latency asks for (16×8×784 1.37 times as fast packed), or of one beside
   * an A by columns in place (16×64×200 TN 1.42 times, 12×128×784 0.99).
   */
  static final int LEAST_ROWS = 16;

  /** Refuses longer chains: micro-kernels count no further. */
  public Blocks {
    if (kc > KC) {
      throw new IllegalArgumentException("kc is " + kc + ", at most " + KC);
    }
  }

  /**
   * Blocks that are less than 24×12VL×32 in all three directions. The choices are the same but for
   * {@code wide}: no product in little is, and the branch would lack its other side.
   */
  Blocks inLittle() {
    return new Blocks(2 * MR_OF_PANELS, 16, 10 * VL, 8 * VL, panels, copy, 0, area);
  }

  /** Columns of B that are packed at a time, in whole tiles, for chains of this length. */
  int columns(int k) {
    int columns = (int) ((long) ns * kc / Math.max(k, 1));
    return columns < NR ? columns / VL * VL : columns / NR * NR;
  }

  /**
   * Whether rows of C are so few and so long that those of B are read from end to end: with 16
   * registers, whose tiles read B in place with checks and a line of the cache from each row
   * (8×512×784 1.7 to 2.1 times as fast, 8×256×300 1.1, 8×200×200 0.85 to 1.25, 8×128×128 0.8).
   */
  boolean longRows(int m, int n) {
    return NV == 2 && m < LEAST_ROWS && n >= Math.max(wide, VL);
  }

  /** Whether both operands of a C with m rows and n columns are packed. */
  boolean pack(int m, int n) {
    return n >= panels && m >= leastRows(n, area);
  }

  /** The least m whose C with n columns has B packed for 16 registers, A lying by rows. */
  int leastRowsOfB(int n) {
    return n <= VL ? Math.min(panels, LEAST_ROWS) : leastRows(n, area / 2);
  }

  private int leastRows(int n, int least) {
    int rows = n >= wide ? panels - panels / 3 : panels;
    return Math.max(rows, (least + n - 1) / n);
  }
}
