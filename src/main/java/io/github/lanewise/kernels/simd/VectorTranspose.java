package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.VL;

/**
 * y_ji = x_ij by strips of VL columns. The last strip overlaps its neighbour; what is written twice
 * is the same.
 */
final class VectorTranspose {
  private VectorTranspose() {}

  // spotless:off
  /** m runs of n floats become n runs of m; VL runs of y after the other. */
  static void run(
      int m, int n, float[] x, int xOff, int ldX, float[] y, int yOff, int ldY) {
    if (m < VL || n < VL) {
      Transpose.elements(m, n, 1, x, xOff, ldX, 1, y, yOff, ldY);
      return;
    }
    for (int j = 0; j < n; j += VL) {
      int jb = Math.min(j, n - VL);
      Transpose.columns(m, 1, x, xOff + jb, ldX, y, yOff + jb * ldY, ldY);
    }
  }
  // spotless:on
}
