package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.REGISTERS;

/**
 * Cache blocks. Tests make them tiny, so that small products cross every boundary.
 *
 * @param mc rows of a block of A; packed, mc×KC (288 KiB at 192×384) lives in L2
 * @param kc length of the chains that a call of a micro-kernel advances by, at most {@code
 *     Lanes.KC}; a panel of B, kc×4VL (96 KiB at 384×64), comes from L2, 256 bytes for 16 fma
 * @param nc columns of a block of B where both operands are packed; kc×nc (1.5 MiB at 384×1024)
 *     lives in L3
 * @param panels from this m and n on, both operands are packed: with 32 registers where L2 does not
 *     hold m×kc of A any more, with 16 because their tile is fast from packed operands only
 */
public record Blocks(int mc, int kc, int nc, int panels) {
  /** What measured best: src/docs/decisions/0008. */
  static final Blocks MEASURED = new Blocks(192, KC, 1024, REGISTERS >= 32 ? 1100 : 96);

  /** Refuses longer chains: micro-kernels count no further. */
  public Blocks {
    if (kc > KC) {
      throw new IllegalArgumentException("kc is " + kc + ", at most " + KC);
    }
  }
}
