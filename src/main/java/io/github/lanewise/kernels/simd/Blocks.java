package io.github.lanewise.kernels.simd;

/**
 * Cache blocks. Tests make them tiny, so that small products cross every boundary.
 *
 * @param mc rows of a block of A; packed, mc×KC (192 KiB at 192×256) lives in L2
 * @param kc length of the chains that a call of a micro-kernel advances by, at most {@code
 *     Lanes.KC}; a panel of B, kc×4VL (64 KiB at 256×64), comes from L2, 256 bytes for 16 fma
 * @param nc columns of a block of B; packed, kc×nc (1 MiB at 256×1024) lives in L3
 * @param panels from this m and n on, both operands are packed
 */
public record Blocks(int mc, int kc, int nc, int panels) {
  /** What measured best: src/docs/decisions/0007. */
  static final Blocks MEASURED = new Blocks(192, 256, 1024, 96);
}
