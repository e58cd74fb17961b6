package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.MR;
import static io.github.lanewise.kernels.simd.Lanes.MR_OF_ONE_VECTOR;
import static io.github.lanewise.kernels.simd.Lanes.MR_OF_PANELS;
import static io.github.lanewise.kernels.simd.Lanes.NR;
import static io.github.lanewise.kernels.simd.Lanes.NV;
import static io.github.lanewise.kernels.simd.Lanes.PANEL;
import static io.github.lanewise.kernels.simd.Lanes.VL;
import static io.github.lanewise.kernels.simd.Pack.COLUMN_PANEL;
import static io.github.lanewise.kernels.simd.Pack.LINE;

import java.util.Arrays;

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

  private static final int FLOATS_OF_2_KIB = 512;
  private static final int FLOATS_OF_4_KIB = 1024;

  /**
   * Chains that repay the transposition of a C one vector wide (64×16×64 80 and 70, 32×16×128 82
   * and 100), and that of A where it lies by rows (64×8×96 30 and 45).
   */
  private static final int LONG = 96;

  private static final int FLOATS_OF_1_MIB = 256 * 1024;

  /**
   * Floats of scratch for tiles of a C narrower than a vector, and for a strip of one that lies.
   */
  private static final int TILE = MR_OF_ONE_VECTOR * NR;

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
      along(
          m, n, k, alpha, 1, a, aOff, rsA, csA, b, bOff, rsB, csB,
          init, initOff, rsInit, csInit, c, cOff, rsC, scratch);
    } else { // Cᵀ = Bᵀ·Aᵀ
      along(
          n, m, k, 1, alpha, b, bOff, csB, rsB, a, aOff, csA, rsA,
          init, initOff, csInit, rsInit, c, cOff, csC, scratch);
    }
  }

  /**
   * Lanes along C's rows, unless these are no longer than a vector, or than half a one where A lies by rows: one
   * 512-bit broadcast a cycle, which is what Zen 4 does, is too few for tiles one vector wide.
   */
  private void along(
      int m, int n, int k, float alphaA, float alphaB,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB, int csB,
      float[] init, int initOff, int rsInit, int csInit,
      float[] c, int cOff, int rsC,
      float[] scratch) {
    boolean byColumns = m >= VL && rsA == 1 && csA != 1 && (n < VL || (n == VL && k >= LONG));
    boolean byRows = m >= NR && csA == 1 && 2 * n <= VL && k >= LONG; // transposed on the way
    if (byColumns || byRows) {
      laidDown(
          m, n, k, alphaA, alphaB, a, aOff, rsA, csA, b, bOff, rsB, csB,
          init, initOff, rsInit, csInit, c, cOff, rsC, scratch);
    } else {
      blocked(
          m, n, k, alphaA, alphaB, a, aOff, rsA, csA, b, bOff, rsB, csB,
          init, initOff, rsInit, csInit, c, cOff, rsC, scratch);
    }
  }

  /** Strips of Cᵀ = Bᵀ·Aᵀ, n rows as long as a tile is wide, each then written to C's short rows. */
  private void laidDown(
      int m, int n, int k, float alphaA, float alphaB,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB, int csB,
      float[] init, int initOff, int rsInit, int csInit,
      float[] c, int cOff, int rsC,
      float[] scratch0) {
    float[] scratch = scratch0.length < TILE ? new float[TILE] : scratch0;
    for (int i = 0; i < m; ) {
      int rows = Tiles.BLOCK.columns(m - i);
      blocked(
          n, rows, k, alphaB, alphaA, b, bOff, csB, rsB, a, aOff + i * rsA, csA, rsA,
          init, initOff + i * rsInit, csInit, rsInit, scratch, 0, NR, scratch);
      VectorTranspose.run(n, rows, scratch, 0, NR, c, cOff + i * rsC, rsC);
      i += rows;
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
    boolean weights = NV == 2 && csA == 1 && n == PANEL && rsB == PANEL; // a packed network's, read as they are
    boolean plainRow = m == 1 && alphaA == 1 && alphaB == 1 && (rsA == 1 || csA == 1);
    boolean dots = plainRow && n >= VL && csA == 1 && rsB == 1 && csB != 1;
    boolean rowsA = NV == 2 && csA == 1; // these may stay in place beside panels of B
    boolean large = !weights && (rowsA ? m >= blocks.leastRowsOfB(n) : blocks.pack(m, n));
    boolean packB =
        !dots
            && (large || alphaB != 1 || csB != 1
                || aliased(m, rsB) || far(m, n, k) || overrun(n, k, b, bOff, rsB));
    boolean panels = NV == 2 && packB;
    boolean packA =
        alphaA != 1 || (csA != 1 && (rsA != 1 || panels)) || (large && n >= blocks.panels());
    boolean lone = NV == 2 && !packB && m % MR == 1; // a row that as a tile would take as long as four

    boolean wide = packA || panels; // else all rows of A go through a panel before the next is packed
    int nc = !packB ? n : Math.max(wide ? blocks.nc() : Math.min(NR, blocks.nc()), VL);
    int kc = Math.min(k, blocks.kc());
    int ns = !packB ? n : Math.max(Math.min(nc, blocks.columns(kc)), VL);
    int mc = packA ? Math.min(m, blocks.mc()) : m;
    boolean once = m < mc + MR_OF_PANELS; // one block of A: a panel of B is used once, and its place again
    int tileOff = 0;
    int panelsB = tileOff + TILE;
    int blockA = panelsB + (packB ? Tiles.panelLd(Math.min(n, (once ? ns : nc) + VL)) * kc : 0);
    int end = blockA + (packA ? packedA(Math.min(m, mc + MR_OF_PANELS - 1)) : 0);
    boolean needed = packA || packB || dots || n < VL;
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

    if (dots || (plainRow && !packB && n > Tiles.ROW.nv * VL)) {
      if (init == ZEROS) {
        Arrays.fill(c, cOff, cOff + n, 0);
      } else {
        System.arraycopy(init, initOff, c, cOff, n);
      }
      if (dots) {
        DotKernel.run(n, k, a, aOff, b, bOff, csB, c, cOff, scratch, tileOff + NR); // C may lie at tileOff
      } else {
        GemvKernel.run(n, k, a, aOff, csA, b, bOff, rsB, c, cOff);
      }
      return;
    }

    int nb;
    for (int jc = 0; jc < n; jc += nb) { // Loop 5; the last block takes less than a vector along
      nb = n - jc < nc + VL ? n - jc : nc;
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
          mb = left >= mc + MR_OF_PANELS ? mc : lone && left > 1 ? left - 1 : left;
          int aBlock = aOff + ic * rsA + pc * csA;
          boolean columnsA = panels && rsA == 1 && csA != 1 && n >= VL && mb >= LINE;
          if (columnsA) {
            Pack.columnsA(mb, kb, alphaA, a, aBlock, csA, scratch, blockA);
          } else if (packA) {
            Pack.rowsA(mb, kb, alphaA, a, aBlock, rsA, csA, scratch, blockA);
          }
          int bPanels = panelsB;
          int sb;
          for (int js = jc; js < jc + nb; js += sb) { // the panels of B, packed just before they are first used
            int columns = jc + nb - js;
            sb = columns < ns + VL ? columns : ns;
            int bBlock = bOff + pc * rsB + js * csB;
            if (packB && ic == 0) {
              Pack.panelsB(sb, kb, alphaB, b, bBlock, rsB, csB, scratch, bPanels);
            }
            int cBlock = cOff + ic * rsC + js;
            int fromBlock = first ? initOff + ic * rsInit + js * csInit : cBlock;
            if (panels) {
              MacroKernel.panels(
                  mb, sb, kb, packA,
                  packA ? scratch : a, packA ? blockA : aBlock,
                  columnsA ? 1 : packA ? KC : rsA, columnsA ? LINE : 1, scratch, bPanels,
                  from, fromBlock, rsFrom, csFrom, c, cBlock, rsC, scratch, tileOff);
            } else {
              MacroKernel.multiply(
                  mb, sb, kb, mb == 1 && !packB ? Tiles.ROW : Tiles.BLOCK,
                  packA ? scratch : a, packA ? blockA : aBlock, packA ? KC : rsA, packA ? 1 : csA,
                  packB, packB ? scratch : b, packB ? bPanels : bBlock, rsB,
                  from, fromBlock, rsFrom, csFrom, c, cBlock, rsC, scratch, tileOff);
            }
            bPanels += once ? 0 : Tiles.panelLd(sb) * kb;
          }
        }
        pc += kc;
      } while (pc < k);
    }
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

  /** Whether a vector of the last line of a B narrower than a vector would pass the array's end. */
  private static boolean overrun(int n, int k, float[] b, int bOff, int rsB) {
    return n < VL && bOff + (k - 1L) * rsB + VL > b.length;
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

  /** The least m that packs B into panels, A lying by rows. */
  int packedRows(int n) {
    return NV == 2 ? blocks.leastRowsOfB(n) : Integer.MAX_VALUE;
  }

  /** Floats of scratch that no product exceeds. */
  int maxScratch() {
    int panelsB = Tiles.panelLd(Math.max(blocks.nc(), VL) + VL) * blocks.kc();
    return TILE + panelsB + packedA(blocks.mc() + MR_OF_PANELS - 1);
  }

  /** Floats that so many rows of A take, in either layout. */
  private static int packedA(int m) {
    return NV == 2 ? (m / MR_OF_PANELS + 1) * COLUMN_PANEL : m * KC;
  }
}
