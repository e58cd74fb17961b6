package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.VL;

/**
 * y_ji = x_ij by blocks of VL×VL. Blocks at the edges overlap their neighbours; what is written
 * twice is the same.
 */
final class VectorTranspose {
  private VectorTranspose() {}

  // spotless:off
  /** m runs of n floats become n runs of m; all blocks of VL runs of y before the next ones. */
  static void run(
      int m, int n, float[] x, int xOff, int ldX, float[] y, int yOff, int ldY, float[] scratch) {
    if (m < VL || n < VL) {
      Transpose.elements(m, n, 1, x, xOff, ldX, 1, y, yOff, ldY);
      return;
    }
    float[] t = scratch.length < Transpose.SCRATCH ? new float[Transpose.SCRATCH] : scratch;
    for (int j = 0; j < n; j += VL) {
      int jb = Math.min(j, n - VL);
      for (int i = 0; i < m; i += VL) {
        int ib = Math.min(i, m - VL);
        Transpose.block(1, x, xOff + ib * ldX + jb, ldX, y, yOff + jb * ldY + ib, ldY, t, 0);
      }
    }
  }
  // spotless:on
}
