package io.github.lanewise.kernels.simd;

/**
 * Cache blocks. Tests make them tiny, so that small products cross every boundary.
 *
 * @param mc rows of a packed block of A; mc×kc lives in L2
 * @param kc length of the chains that one micro-kernel call advances; a panel of B, kc×NR, lives in
 *     L1 or streams from L2
 * @param nc columns of a block of B; a packed kc×nc lives in L2 or L3
 * @param panels products with m, n and k from here on are computed from packed operands
 */
public record Blocks(int mc, int kc, int nc, int panels) {
  /** What measured best: src/docs/decisions/0005. */
  static final Blocks MEASURED = new Blocks(192, 256, 1024, 192);
}
