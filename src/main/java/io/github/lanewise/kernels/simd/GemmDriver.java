package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.MR;
import static io.github.lanewise.kernels.simd.Lanes.PANEL_LD;
import static io.github.lanewise.kernels.simd.Lanes.VL;

/**
 * Loops 5, 4 and 3 around the {@link MacroKernel}, and the choice to read an operand in place or to
 * pack it (Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication", 2008; Van
 * Zee and van de Geijn, "BLIS", 2015). Blocks over k store and load C as float, which is exact: no
 * choice made here can change a bit of the result.
 */
final class GemmDriver {
  /**
   * What an overwriting product starts from, read with row stride 0; 8 vectors is the widest tile.
   */
  private static final float[] ZEROS = new float[8 * VL];

  private static final int FLOATS_OF_4_KIB = 1024;

  private final Blocks blocks;

  GemmDriver(Blocks blocks) {
    this.blocks = blocks;
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
    // The lanes run along C's contiguous direction; if both are, along the longer one.
    if (csC == 1 && (rsC != 1 || n >= m)) {
      blocked(
          m, n, k, alpha, 1, a, aOff, rsA, csA, b, bOff, rsB, csB,
          init, initOff, rsInit, csInit, c, cOff, rsC, scratch);
    } else { // Cᵀ = Bᵀ·Aᵀ
      blocked(
          n, m, k, 1, alpha, b, bOff, csB, rsB, a, aOff, csA, rsA,
          init, initOff, csInit, rsInit, c, cOff, csC, scratch);
    }
  }

  private void blocked(
      int m, int n, int k, float alphaA, float alphaB,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB, int csB,
      float[] init0, int initOff0, int rsInit0, int csInit0,
      float[] c, int cOff, int rsC,
      float[] scratch0) {
    if (m == 0 || n == 0) {
      return;
    }
    boolean panels = panels(m, n, k, rsB);
    boolean packA = alphaA != 1 || panels;
    boolean packB =
        alphaB != 1 || csB != 1 || panels || (n < VL && bOff + (k - 1L) * rsB + VL > b.length);

    int widest = Tiles.widest(m);
    int kc = packA || packB || rowByRow(m, n, rsB) ? Math.min(k, blocks.kc()) : k;
    int nc = Math.max(blocks.nc(), VL);
    int mc = packA ? Math.min(m, blocks.mc()) : m;
    int tileOff = 0;
    int transposeOff = tileOff + MR * VL;
    int panelsB = transposeOff + Pack.TRANSPOSE_SCRATCH;
    int panelsA = panelsB + (packB ? Math.max(Math.min(n, nc + VL), VL) * kc : 0);
    int end = panelsA + (packA ? floatsA(mc, kc) : 0);
    boolean needed = packA || packB || n < VL;
    float[] scratch = needed && scratch0.length < end ? new float[end] : scratch0;

    float[] init = init0;
    int initOff = initOff0;
    int rsInit = rsInit0;
    int csInit = csInit0;
    if (csInit == 0 && rsInit == 0 && Float.floatToRawIntBits(init[initOff]) == 0) {
      init = ZEROS;
      initOff = 0;
    } else if (csInit != 1) {
      spread(m, n, init, initOff, rsInit, csInit, c, cOff, rsC);
      init = c;
      initOff = cOff;
      rsInit = rsC;
      csInit = 1;
    }

    int nb;
    for (int jc = 0; jc < n; jc += nb) { // Loop 5; the last block takes less than a vector along
      nb = n - jc < nc + VL ? n - jc : nc;
      int pc = 0;
      do { // Loop 4; once even if k is 0, to write the initial value
        int kb = Math.min(kc, k - pc);
        int bBlock = bOff + pc * rsB + jc * csB;
        if (packB) {
          Pack.panelsB(nb, kb, widest, alphaB, b, bBlock, rsB, csB, scratch, panelsB, transposeOff);
        }
        boolean first = pc == 0;
        for (int ic = 0; ic < m; ic += mc) { // Loop 3
          int mb = Math.min(mc, m - ic);
          int aBlock = aOff + ic * rsA + pc * csA;
          if (packA) {
            Pack.panelsA(mb, kb, alphaA, a, aBlock, rsA, csA, scratch, panelsA, transposeOff);
          }
          int cBlock = cOff + ic * rsC + jc;
          MacroKernel.run(
              mb, nb, kb, widest,
              packA ? scratch : a, packA ? panelsA : aBlock, rsA, csA, packA,
              packB ? scratch : b, packB ? panelsB : bBlock, rsB, packB,
              first ? init : c,
              first ? initOff + ic * rsInit + jc * csInit : cBlock,
              first ? rsInit : rsC,
              first ? csInit : 1,
              c, cBlock, rsC, scratch, tileOff);
        }
        pc += kc;
      } while (pc < k);
    }
  }

  /**
   * Whether both operands are packed although they could be read in place. It costs 0.1 to 0.3 ns an
   * element and pays where every element is used often, or where rows of B 4 KiB apart would share
   * their place in L1 (GemmBenchmark: NN 256³ 163 in place, 175 packed, 192³ 165 and 168, 128³ 159
   * and 143; 32×1024×1024 57 and 119 GFLOP/s).
   */
  private boolean panels(int m, int n, int k, int rsB) {
    int least = blocks.panels();
    boolean aliased = rsB % FLOATS_OF_4_KIB == 0 && m >= least / 8;
    return (m >= least || aliased) && n >= least && k >= least / 4;
  }

  /**
   * Whether the chains are cut although nothing is packed: a few rows of C do not reuse B in L1, and the
   * tiles side by side would each go through all pages of B (1×512×512: 44 GFLOP/s whole, 70 cut).
   */
  private static boolean rowByRow(int m, int n, int rsB) {
    return (m == 1 && n > Tiles.ROW_NV * VL) || rsB % FLOATS_OF_4_KIB == 0;
  }

  /** Writes an initial value that is not contiguous along the lanes into C, to accumulate onto. */
  private static void spread(
      int m, int n, float[] init, int initOff, int rsInit, int csInit, float[] c, int cOff, int rsC) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        c[cOff + i * rsC + j] = init[initOff + i * rsInit + j * csInit];
      }
    }
  }
  // spotless:on

  /** Floats of the panels of a block of A. */
  private static int floatsA(int mc, int kc) {
    return (mc + MR - 1) / MR * PANEL_LD * kc + Pack.OVERRUN;
  }

  /** Floats of scratch that no product exceeds. */
  int maxScratch() {
    return MR * VL
        + Pack.TRANSPOSE_SCRATCH
        + (Math.max(blocks.nc(), VL) + VL) * blocks.kc()
        + floatsA(blocks.mc(), blocks.kc());
  }
}
