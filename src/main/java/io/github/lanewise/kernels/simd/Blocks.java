package io.github.lanewise.kernels.simd;

/**
 * Cache blocks. Tests make them tiny, so that small products cross every boundary.
 *
 * @param mc rows of a block of A; packed, mc×kc (48 KiB at 96×128) lives in L2
 * @param kc length of the chains that a call of a micro-kernel advances by; a panel of B, kc×NR (32
 *     KiB at 128×64), lives in L1
 * @param nc columns of a block of B; packed, kc×nc (512 KiB at 128×1024) lives in L2
 * @param panels from this m and n on, products are computed from packed operands
 */
public record Blocks(int mc, int kc, int nc, int panels) {
  /** What measured best: src/docs/decisions/0005. */
  static final Blocks MEASURED = new Blocks(96, 128, 1024, Lanes.MR == 6 ? 192 : 96);
}
