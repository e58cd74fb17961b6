package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.MR;
import static io.github.lanewise.kernels.simd.Lanes.NR;
import static io.github.lanewise.kernels.simd.Lanes.PANEL_LD;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Loops 2 and 1: cuts a block of C into micro-tiles. It reads either operand in place or from the
 * panels of {@link Pack}; the micro-kernels see only strides.
 */
final class MacroKernel {
  private MacroKernel() {}

  // spotless:off
  /** C = init + A·B for C m×n with m, n, k within the cache blocks. */
  static void run(
      int m, int n, int k, int widest,
      float[] a, int aOff, int rsA, int csA, boolean packedA,
      float[] b, int bOff, int rsB, boolean packedB,
      float[] init, int initOff, int rsInit, int csInit,
      float[] c, int cOff, int rsC,
      float[] scratch, int tileOff) {
    for (int jr = 0; jr < n; ) { // Loop 2
      int columns = Tiles.columns(widest, n - jr);
      int bTile = packedB ? bOff + jr * k : bOff + jr;
      int rsBTile = packedB ? Math.max(columns, VL) : rsB;
      boolean fullPanels = packedA && packedB && columns == NR;
      for (int ir = 0; ir < m; ) { // Loop 1
        int rows = packedA ? Math.min(MR, m - ir) : Tiles.rows(m - ir);
        int aTile = packedA ? aOff + ir / MR * PANEL_LD * k : aOff + ir * rsA;
        int rsATile = packedA ? 1 : rsA;
        int csATile = packedA ? PANEL_LD : csA;
        int initTile = initOff + ir * rsInit + jr * csInit;
        int cTile = cOff + ir * rsC + jr;
        if (fullPanels && rows == MR) {
          panels(k, a, aTile, b, bTile, init, initTile, rsInit, c, cTile, rsC);
        } else if (columns >= VL) {
          micro(
              rows, columns, k, a, aTile, rsATile, csATile, b, bTile, rsBTile,
              init, initTile, rsInit, c, cTile, rsC);
        } else {
          narrow(
              rows, columns, k, a, aTile, rsATile, csATile, b, bTile, rsBTile,
              init, initTile, rsInit, c, cTile, rsC, scratch, tileOff);
        }
        ir += rows;
      }
      jr += columns;
    }
  }

  /** The micro-kernel for a full tile of packed operands. */
  private static void panels(
      int k, float[] a, int aOff, float[] b, int bOff,
      float[] init, int initOff, int rsInit, float[] c, int cOff, int rsC) {
    if (MR == 6) {
      MicroKernel6x4v.panels4v(k, a, aOff, b, bOff, init, initOff, rsInit, c, cOff, rsC);
    } else {
      MicroKernel3x3v.panels3v(k, a, aOff, b, bOff, init, initOff, rsInit, c, cOff, rsC);
    }
  }

  /** A tile narrower than one vector goes through a scratch tile, a vector wide. */
  private static void narrow(
      int rows, int columns, int k,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC,
      float[] scratch, int tileOff) {
    VectorMask<Float> mask = Lanes.SPECIES.indexInRange(0, columns);
    for (int r = 0; r < rows; r++) {
      FloatVector.fromArray(Lanes.SPECIES, init, initOff + r * rsInit, mask)
          .intoArray(scratch, tileOff + r * VL);
    }
    micro(
        rows, VL, k, a, aOff, rsA, csA, b, bOff, rsB, scratch, tileOff, VL, scratch, tileOff, VL);
    for (int r = 0; r < rows; r++) {
      FloatVector.fromArray(Lanes.SPECIES, scratch, tileOff + r * VL)
          .intoArray(c, cOff + r * rsC, mask);
    }
  }

  /** The micro-kernel for a tile of this many rows and columns. */
  private static void micro(
      int rows, int columns, int k,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int vectors = (columns + VL - 1) / VL;
    int last = columns - VL;
    if (rows == 1) {
      switch (vectors) {
        case 1 -> MicroKernel1x8v.run1v(k, a, aOff, csA, b, bOff, rsB, init, initOff, c, cOff);
        case 2 -> MicroKernel1x8v.run2v(k, a, aOff, csA, b, bOff, rsB, last, init, initOff, c, cOff);
        case 3 -> MicroKernel1x8v.run3v(k, a, aOff, csA, b, bOff, rsB, last, init, initOff, c, cOff);
        case 4 -> MicroKernel1x8v.run4v(k, a, aOff, csA, b, bOff, rsB, last, init, initOff, c, cOff);
        default -> MicroKernel1x8v.run8v(k, a, aOff, csA, b, bOff, rsB, last, init, initOff, c, cOff);
      }
    } else if (MR == 3) {
      switch (vectors) {
        case 1 -> MicroKernel3x3v.run1v(rows, k, a, aOff, rsA, csA, b, bOff, rsB, init, initOff, rsInit, c, cOff, rsC);
        case 2 -> MicroKernel3x3v.run2v(rows, k, a, aOff, rsA, csA, b, bOff, rsB, last, init, initOff, rsInit, c, cOff, rsC);
        default -> MicroKernel3x3v.run3v(rows, k, a, aOff, rsA, csA, b, bOff, rsB, last, init, initOff, rsInit, c, cOff, rsC);
      }
    } else if (rows <= 4) {
      switch (vectors) {
        case 1 -> MicroKernel4x4v.run1v(rows, k, a, aOff, rsA, csA, b, bOff, rsB, init, initOff, rsInit, c, cOff, rsC);
        case 2 -> MicroKernel4x4v.run2v(rows, k, a, aOff, rsA, csA, b, bOff, rsB, last, init, initOff, rsInit, c, cOff, rsC);
        case 3 -> MicroKernel4x4v.run3v(rows, k, a, aOff, rsA, csA, b, bOff, rsB, last, init, initOff, rsInit, c, cOff, rsC);
        default -> MicroKernel4x4v.run4v(rows, k, a, aOff, rsA, csA, b, bOff, rsB, last, init, initOff, rsInit, c, cOff, rsC);
      }
    } else {
      switch (vectors) {
        case 1 -> MicroKernel6x4v.run1v(rows, k, a, aOff, rsA, csA, b, bOff, rsB, init, initOff, rsInit, c, cOff, rsC);
        case 2 -> MicroKernel6x4v.run2v(rows, k, a, aOff, rsA, csA, b, bOff, rsB, last, init, initOff, rsInit, c, cOff, rsC);
        case 3 -> MicroKernel6x4v.run3v(rows, k, a, aOff, rsA, csA, b, bOff, rsB, last, init, initOff, rsInit, c, cOff, rsC);
        default -> MicroKernel6x4v.run4v(rows, k, a, aOff, rsA, csA, b, bOff, rsB, last, init, initOff, rsInit, c, cOff, rsC);
      }
    }
  }
  // spotless:on
}
