package io.github.lanewise.kernels.scalar;

import static io.github.lanewise.kernels.scalar.Fma.fma;

/**
 * The specification of the product: c_ij = init_ij, then fma(alpha·a_ip, b_pj, c_ij) for p = 0 …
 * k-1.
 *
 * <p>Sixteen of these chains, a 4×4 tile of C, advance side by side, because one alone would wait
 * four cycles for each of its terms: 9.7 GFLOP/s at 256³ instead of the 2.2 of three plain loops,
 * at any strides. Rows and columns past the edge are the last one computed again, to the same bits.
 * A single column is apart: three of four would be computed for nothing, and a batch of one waits
 * for the vectors' warm-up here.
 */
final class ScalarGemm {
  /**
   * The longest part of a chain that a call advances; between parts c lies in C, which is exact. A
   * method is compiled once it has been called 128 times with 2,000 turns, a loop in its first call
   * only after 60,000 turns: cut, a first request of 784-128-10 is through a sixth of its way by
   * then, in one piece it ran interpreted to its end.
   */
  private static final int KC = 32;

  private ScalarGemm() {}

  // spotless:off
  static void gemm(
      int m, int n, int k, float alpha,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB, int csB,
      float[] init, int initOff, int rsInit, int csInit,
      float[] c, int cOff, int rsC, int csC) {
    block(
        m, n, Math.min(k, KC), alpha, a, aOff, rsA, csA, b, bOff, rsB, csB,
        init, initOff, rsInit, csInit, c, cOff, rsC, csC);
    for (int p = KC; p < k; p += KC) {
      block(
          m, n, Math.min(k - p, KC), alpha, a, aOff + p * csA, rsA, csA, b, bOff + p * rsB, rsB, csB,
          c, cOff, rsC, csC, c, cOff, rsC, csC);
    }
  }

  /** C = init + alpha·A·B, where no chain is longer than KC. */
  private static void block(
      int m, int n, int k, float alpha,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB, int csB,
      float[] init, int initOff, int rsInit, int csInit,
      float[] c, int cOff, int rsC, int csC) {
    for (int i = 0; i < m; i += 4) {
      int i1 = Math.min(i + 1, m - 1), i2 = Math.min(i + 2, m - 1), i3 = Math.min(i + 3, m - 1);
      if (n == 1) {
        column(
            k, alpha,
            a, csA, aOff + i * rsA, aOff + i1 * rsA, aOff + i2 * rsA, aOff + i3 * rsA,
            b, rsB, bOff,
            init, initOff + i * rsInit, initOff + i1 * rsInit, initOff + i2 * rsInit, initOff + i3 * rsInit,
            c, cOff + i * rsC, cOff + i1 * rsC, cOff + i2 * rsC, cOff + i3 * rsC);
        continue;
      }
      for (int j = 0; j < n; j += 4) {
        int j1 = Math.min(j + 1, n - 1), j2 = Math.min(j + 2, n - 1), j3 = Math.min(j + 3, n - 1);
        tile(
            k, alpha,
            a, csA, aOff + i * rsA, aOff + i1 * rsA, aOff + i2 * rsA, aOff + i3 * rsA,
            b, rsB, bOff + j * csB, bOff + j1 * csB, bOff + j2 * csB, bOff + j3 * csB,
            init, initOff + i * rsInit, initOff + i1 * rsInit, initOff + i2 * rsInit, initOff + i3 * rsInit,
            j * csInit, j1 * csInit, j2 * csInit, j3 * csInit,
            c, cOff + i * rsC, cOff + i1 * rsC, cOff + i2 * rsC, cOff + i3 * rsC,
            j * csC, j1 * csC, j2 * csC, j3 * csC);
      }
    }
  }

  /** Rows r0 … r3 of A, init and C by the only column of B, init and C. */
  private static void column(
      int k, float alpha,
      float[] a, int csA, int a0, int a1, int a2, int a3,
      float[] b, int rsB, int b0,
      float[] init, int i0, int i1, int i2, int i3,
      float[] c, int r0, int r1, int r2, int r3) {
    float c0 = init[i0], c1 = init[i1], c2 = init[i2], c3 = init[i3];
    for (int p = 0; p < k; p++) {
      int pa = p * csA;
      float y = b[b0 + p * rsB];
      c0 = fma(alpha * a[a0 + pa], y, c0);
      c1 = fma(alpha * a[a1 + pa], y, c1);
      c2 = fma(alpha * a[a2 + pa], y, c2);
      c3 = fma(alpha * a[a3 + pa], y, c3);
    }
    c[r0] = c0; c[r1] = c1; c[r2] = c2; c[r3] = c3;
  }

  /** Rows r0 … r3 of A, init and C by columns s0 … s3 of B, init and C. */
  private static void tile(
      int k, float alpha,
      float[] a, int csA, int a0, int a1, int a2, int a3,
      float[] b, int rsB, int b0, int b1, int b2, int b3,
      float[] init, int i0, int i1, int i2, int i3, int ij0, int ij1, int ij2, int ij3,
      float[] c, int r0, int r1, int r2, int r3, int s0, int s1, int s2, int s3) {
    float c00 = init[i0 + ij0], c01 = init[i0 + ij1], c02 = init[i0 + ij2], c03 = init[i0 + ij3];
    float c10 = init[i1 + ij0], c11 = init[i1 + ij1], c12 = init[i1 + ij2], c13 = init[i1 + ij3];
    float c20 = init[i2 + ij0], c21 = init[i2 + ij1], c22 = init[i2 + ij2], c23 = init[i2 + ij3];
    float c30 = init[i3 + ij0], c31 = init[i3 + ij1], c32 = init[i3 + ij2], c33 = init[i3 + ij3];
    for (int p = 0; p < k; p++) {
      int pa = p * csA;
      int pb = p * rsB;
      float x0 = alpha * a[a0 + pa], x1 = alpha * a[a1 + pa], x2 = alpha * a[a2 + pa], x3 = alpha * a[a3 + pa];
      float y0 = b[b0 + pb], y1 = b[b1 + pb], y2 = b[b2 + pb], y3 = b[b3 + pb];
      c00 = fma(x0, y0, c00); c01 = fma(x0, y1, c01); c02 = fma(x0, y2, c02); c03 = fma(x0, y3, c03);
      c10 = fma(x1, y0, c10); c11 = fma(x1, y1, c11); c12 = fma(x1, y2, c12); c13 = fma(x1, y3, c13);
      c20 = fma(x2, y0, c20); c21 = fma(x2, y1, c21); c22 = fma(x2, y2, c22); c23 = fma(x2, y3, c23);
      c30 = fma(x3, y0, c30); c31 = fma(x3, y1, c31); c32 = fma(x3, y2, c32); c33 = fma(x3, y3, c33);
    }
    c[r0 + s0] = c00; c[r0 + s1] = c01; c[r0 + s2] = c02; c[r0 + s3] = c03;
    c[r1 + s0] = c10; c[r1 + s1] = c11; c[r1 + s2] = c12; c[r1 + s3] = c13;
    c[r2 + s0] = c20; c[r2 + s1] = c21; c[r2 + s2] = c22; c[r2 + s3] = c23;
    c[r3 + s0] = c30; c[r3 + s1] = c31; c[r3 + s2] = c32; c[r3 + s3] = c33;
  }
  // spotless:on
}
