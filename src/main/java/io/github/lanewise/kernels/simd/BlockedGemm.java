package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.GemmDriver.TILE;
import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.MR;
import static io.github.lanewise.kernels.simd.Lanes.MR_OF_EDGE;
import static io.github.lanewise.kernels.simd.Lanes.NR;
import static io.github.lanewise.kernels.simd.Lanes.TALL;
import static io.github.lanewise.kernels.simd.Lanes.VL;
import static io.github.lanewise.kernels.simd.Pack.COLUMN_PANEL;
import static io.github.lanewise.kernels.simd.Pack.LINE;

import io.github.lanewise.kernels.Lines;

/**
 * Loops 5, 4 and 3 around the {@link MacroKernel}, and the choice to read an operand in place or to
 * pack it (Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication", 2008; Van
 * Zee and van de Geijn, "BLIS", 2015). Blocks over k store and load C as float, which is exact.
 */
final class BlockedGemm {
  /**
   * What an overwriting product starts from, read with row stride 0; 8 vectors is the widest tile.
   */
  static final float[] ZEROS = new float[8 * VL];

  /**
   * Where panels of B begin in scratch: with a line of the cache where the array does
   * (src/docs/decisions/0020; else with 512 bits every load would straddle two lines, 64 to 512
   * rows 0.8 to 0.9 of the speed). G1 so places arrays of half a region or more; that of {@link
   * #maxScratch} is just above 2 MiB, with 512 bits, half of those 4 MiB that a heap of 6 GiB has.
   */
  private static final int PANELS = TILE + Lines.FIRST;

  private static final int FLOATS_OF_2_KIB = 512;
  private static final int FLOATS_OF_4_KIB = 1024;
  private static final int FLOATS_OF_1_MIB = 256 * 1024;

  private final Blocks blocks;

  BlockedGemm(Blocks blocks) {
    this.blocks = blocks;
  }

  // spotless:off
  /** C = init + alphaA·A·alphaB·B, C's rows contiguous; one of the alphas is 1. */
  void run(
      int m, int n, int k, float alphaA, float alphaB,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB, int csB,
      float[] init0, int initOff0, int rsInit0, int csInit0,
      float[] c, int cOff, int rsC,
      float[] scratch0) {
    if (m == 0 || n == 0) {
      return;
    }
    boolean rowsA = csA == 1; // these may stay in place beside panels of B
    boolean panel = alphaB == 1 && csB == 1 && isPanel(m, n, rsB);
    boolean onTheWay = // the first rows of C copy whole panels of B
        rowsA && !panel && alphaB == 1 && csB == 1 && blocks.onTheWay(m, n, k);
    boolean many = rowsA ? m >= blocks.packedRows(n) : blocks.pack(m, n);
    boolean large = many || onTheWay;
    boolean columnsInPlace = // so do these, where C is too small to repay a copy
        rsA == 1 && csA != 1 && alphaA == 1 && blocks.columnsInPlace(m, n, csA);
    boolean packB =
        !panel
            && (large || (columnsInPlace && !TALL) || alphaB != 1 || csB != 1
                || aliased(m, rsB) || far(m, n, k));
    boolean packA =
        alphaA != 1
            || (csA != 1 && (rsA != 1 || ((packB || TALL) && !columnsInPlace)))
            || (large && rowsA && n >= blocks.copy());
    boolean lone = // a row that as a tile would take as long as four
        !packB && (rowsA || !TALL) && m % MR_OF_EDGE == 1;

    int mc = packA ? Math.min(m, blocks.mc()) : m;
    boolean once = m < mc + MR; // one block of A: a panel of B is used once, and its place again

    int nc = !packB ? n : Math.max(blocks.nc(), VL);
    boolean byPanel = onTheWay || (packB && csB != 1 && blocks.few(m)); // each in L1 when it is used
    int kc = blocks.chain(k, byPanel);
    int ns = n;
    if (byPanel) {
      ns = NR;
    } else if (packB) {
      ns = Math.max(Math.min(nc, blocks.columns(kc)), VL);
    }
    int panelsB = PANELS;
    int blockA = panelsB + (packB ? Tiles.panelLd(Math.min(n, (once ? ns : nc) + VL)) * kc : 0);
    int end = blockA + (packA ? packedA(Math.min(m, mc + MR - 1)) : 0);
    boolean needed = packA || packB || n < VL;
    float[] scratch = needed && scratch0.length < end ? new float[end] : scratch0;

    float[] init = init0;
    int initOff = initOff0;
    int rsInit = rsInit0;
    int csInit = csInit0;
    if (GemmDriver.overwrites(init, initOff, rsInit, csInit)) {
      init = ZEROS;
      initOff = 0;
    } else if (csInit != 1) {
      GemmDriver.initialize(m, n, init, initOff, rsInit, csInit, c, cOff, rsC);
      init = c;
      initOff = cOff;
      rsInit = rsC;
      csInit = 1;
    }

    int nb;
    for (int jc = 0; jc < n; jc += nb) { // Loop 5
      nb = Tiles.block(n - jc, nc);
      int pc = 0;
      do { // Loop 4; once even if k is 0, to write the initial value
        int kb = Math.min(kc, k - pc);
        boolean first = pc == 0;
        int rsFrom = first ? rsInit : rsC;
        int csFrom = first ? csInit : 1;
        float[] from = first ? init : c;
        int mb;
        for (int ic = 0; ic < m; ic += mb) { // Loop 3
          int left = m - ic;
          mb = left >= mc + MR ? mc : lone && left > 1 ? left - 1 : left;
          int aBlock = aOff + ic * rsA + pc * csA;
          boolean columnsA = // no vector passes a line's end
              packA && (packB || panel || TALL) && VL <= LINE && rsA == 1 && csA != 1 && n >= VL && mb >= LINE;
          if (columnsA) {
            Pack.columnsA(mb, kb, alphaA, a, aBlock, csA, scratch, blockA);
          } else if (packA) {
            Pack.rowsA(mb, kb, alphaA, a, aBlock, rsA, csA, scratch, blockA);
          }
          int bPanels = panelsB;
          int sb;
          for (int js = jc; js < jc + nb; js += sb) { // the panels of B, packed just before they are first used
            sb = Tiles.block(jc + nb - js, ns);
            int bBlock = bOff + pc * rsB + js * csB;
            int cBlock = cOff + ic * rsC + js;
            int fromBlock = first ? initOff + ic * rsInit + js * csInit : cBlock;
            boolean inPlace = onTheWay && !many && sb != NR; // too few rows to copy the last columns for
            boolean packs = packB && !inPlace;
            int done = 0; // rows of this block
            if (ic == 0 && onTheWay && sb == NR) { // a whole panel
              done = MR;
              PackingKernel12x2v.rows(
                  kb, scratch, blockA, b, bBlock, rsB, scratch, bPanels,
                  from, fromBlock, rsFrom, c, cBlock, rsC);
            } else if (ic == 0 && packs) {
              Pack.panelsB(sb, kb, alphaB, b, bBlock, rsB, csB, scratch, bPanels);
            }
            if (mb == 1 && !packB) {
              MacroKernel.row(
                  sb, kb, packA ? scratch : a, packA ? blockA : aBlock, packA ? 1 : csA, b, bBlock, rsB,
                  from, fromBlock, csFrom, c, cBlock, scratch);
            } else {
              MacroKernel.multiply(
                  mb - done, sb, kb,
                  packA, packA ? scratch : a, packA ? blockA + done * KC : aBlock,
                  columnsA ? 1 : packA ? KC : rsA, columnsA ? LINE : packA ? 1 : csA,
                  packs || panel, packs ? scratch : b, packs ? bPanels : bBlock, packs ? kb : rsB,
                  from, fromBlock + done * rsFrom, rsFrom, csFrom, c, cBlock + done * rsC, rsC, scratch);
            }
            bPanels += once ? 0 : Tiles.panelLd(sb) * kb;
          }
        }
        pc += kc;
      } while (pc < k);
    }
  }

  /**
   * C = init + A·B, B ready in whole panels of so many lines, rows of A contiguous, every row of C
   * starting from init.
   */
  void panels(
      int m, int panels, int k,
      float[] a, int aOff, int rsA,
      float[] b, int bOff, int lines,
      float[] init, int initOff,
      float[] c, int cOff, int rsC,
      float[] scratch) {
    int n = panels * NR;
    boolean packA = m >= MR && n >= blocks.copy();
    boolean lone = m == 1 || (!TALL && !packA && m % MR_OF_EDGE == 1); // a row that as a tile would take as long as four
    int rows = lone ? m - 1 : m;
    if (rows > 0) {
      panels(rows, n, k, packA, a, aOff, rsA, b, bOff, lines, init, initOff, c, cOff, rsC, scratch);
    }
    if (lone) {
      PanelKernel1x4v.run(
          panels, k, blocks.kc(), a, aOff + rows * rsA, b, bOff, lines, init, initOff, c, cOff + rows * rsC);
    }
  }

  private void panels(
      int m, int n, int k, boolean packA,
      float[] a, int aOff, int rsA,
      float[] b, int bOff, int lines,
      float[] init, int initOff,
      float[] c, int cOff, int rsC,
      float[] scratch0) {
    int mc = packA ? Math.min(m, blocks.mc()) : m;
    int end = packA ? packedA(Math.min(m, mc + MR - 1)) : 0;
    float[] scratch = scratch0.length < end ? new float[end] : scratch0;
    int ns = Math.max(blocks.columns(Math.min(k, blocks.kc())), NR);
    int pc = 0;
    do { // Loop 4
      int kb = Math.min(blocks.kc(), k - pc);
      boolean first = pc == 0;
      int mb;
      for (int ic = 0; ic < m; ic += mb) { // Loop 3
        mb = m - ic >= mc + MR ? mc : m - ic;
        int aBlock = aOff + ic * rsA + pc;
        if (packA) {
          Pack.rowsA(mb, kb, 1, a, aBlock, rsA, 1, scratch, 0);
        }
        for (int js = 0; js < n; js += ns) { // as many panels as L2 holds
          int cBlock = cOff + ic * rsC + js;
          MacroKernel.multiply(
              mb, Math.min(ns, n - js), kb,
              packA, packA ? scratch : a, packA ? 0 : aBlock, packA ? KC : rsA, 1,
              true, b, bOff + js * lines + pc * NR, lines,
              first ? init : c, first ? initOff + js : cBlock, first ? 0 : rsC, 1, c, cBlock, rsC, scratch);
        }
      }
      pc += blocks.kc();
    } while (pc < k);
  }

  /**
   * Whether n columns whose rows are rsB apart are read as the micropanel that they are. With 32 registers many rows are
   * faster from a copy of it, which begins with a line of the cache (64×32×64 1.0 in place, 128×32×128 0.95, 512×32×512
   * 0.92; 16 registers: 56×16×300 1.25, 60×8×300 1.1, 128×16×128 to 784×16×128 1.01).
   */
  private boolean isPanel(int m, int n, int rsB) {
    return (!TALL || blocks.few(m)) && (n <= VL ? rsB == VL : n == NR && rsB == NR);
  }

  /**
   * Whether rows of B would share places in L1: 4 KiB apart a single one (32×1024×1024 57 in place, 119
   * packed), 2 KiB apart two, which it takes more rows to repay (784×512×128, A by columns, 103 in place, 108
   * packed; but 128×512×784 112 and 108).
   */
  private static boolean aliased(int m, int rsB) {
    return (m >= 16 && rsB % FLOATS_OF_4_KIB == 0) || (m >= 256 && rsB % FLOATS_OF_2_KIB == 0);
  }

  /** Whether B, used by many rows, is more than L2 holds (800³ 102 in place, 106 packed). */
  private static boolean far(int m, int n, int k) {
    return m >= 256 && (long) k * n > FLOATS_OF_1_MIB;
  }

  // spotless:on

  /** Floats of scratch that no product exceeds. */
  int maxScratch() {
    int panelsB = Tiles.panelLd(Math.max(blocks.nc(), VL) + VL) * blocks.kc();
    return PANELS + panelsB + packedA(blocks.mc() + MR - 1);
  }

  /** Floats that so many rows of A take, in either layout. */
  private static int packedA(int m) {
    return (m / MR + 1) * COLUMN_PANEL;
  }
}
