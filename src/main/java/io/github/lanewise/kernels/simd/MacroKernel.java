package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.MR;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Loops 2 and 1: cuts a block of C into micro-tiles, whose operands lie in place or in the layouts
 * of {@link Pack}.
 */
final class MacroKernel {
  private MacroKernel() {}

  // spotless:off
  /**
   * C = init + A·B for C m×n. B has contiguous rows, or is in micropanels, and A lies at any strides; or
   * both are packed, and their strides are not asked for.
   */
  static void multiply(
      int m, int n, int k, Tiles tiles,
      float[] a, int aOff, int rsA, int csA,
      boolean packedB, float[] b, int bOff, int rsB,
      float[] init, int initOff, int rsInit, int csInit,
      float[] c, int cOff, int rsC,
      float[] scratch, int tileOff) {
    boolean packedA = tiles == Tiles.PACKED;
    int panel = bOff;
    for (int jr = 0; jr < n; ) { // Loop 2
      int columns = tiles.columns(n - jr);
      int wide = Math.max(columns, VL);
      int ldPanel = tiles.panelLd(columns);
      int bTile = packedB ? panel : bOff + jr;
      int ldB = packedB ? ldPanel : rsB;
      for (int ir = 0; ir < m; ) { // Loop 1
        int rows = tiles.rows(m - ir);
        int aTile = aOff + ir * (packedA ? KC : rsA);
        int initTile = initOff + ir * rsInit + jr * csInit;
        int cTile = cOff + ir * rsC + jr;
        boolean narrow = columns < VL;
        if (narrow) {
          read(rows, columns, init, initTile, rsInit, scratch, tileOff);
        }
        float[] from = narrow ? scratch : init;
        int fromOff = narrow ? tileOff : initTile;
        int rsFrom = narrow ? VL : rsInit;
        float[] to = narrow ? scratch : c;
        int toOff = narrow ? tileOff : cTile;
        int rsTo = narrow ? VL : rsC;
        if (packedA) {
          packed(rows, wide, k, a, aTile, b, bTile, from, fromOff, rsFrom, to, toOff, rsTo);
        } else {
          strided(
              rows, wide, k, a, aTile, rsA, csA, b, bTile, ldB,
              from, fromOff, rsFrom, to, toOff, rsTo);
        }
        if (narrow) {
          write(rows, columns, scratch, tileOff, c, cTile, rsC);
        }
        ir += rows;
      }
      jr += columns;
      panel += ldPanel * k;
    }
  }

  /** A tile narrower than one vector goes through a scratch tile, a vector wide. */
  private static void read(
      int rows, int columns, float[] init, int initOff, int rsInit, float[] tile, int tileOff) {
    VectorMask<Float> mask = Lanes.SPECIES.indexInRange(0, columns);
    for (int r = 0; r < rows; r++) {
      FloatVector.fromArray(Lanes.SPECIES, init, initOff + r * rsInit, mask)
          .intoArray(tile, tileOff + r * VL);
    }
  }

  private static void write(
      int rows, int columns, float[] tile, int tileOff, float[] c, int cOff, int rsC) {
    VectorMask<Float> mask = Lanes.SPECIES.indexInRange(0, columns);
    for (int r = 0; r < rows; r++) {
      FloatVector.fromArray(Lanes.SPECIES, tile, tileOff + r * VL)
          .intoArray(c, cOff + r * rsC, mask);
    }
  }

  /** The micro-kernel for a tile of this many rows and columns, A at any strides. */
  private static void strided(
      int rows, int columns, int k,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int vectors = Tiles.vectors(columns);
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
    } else {
      switch (vectors) {
        case 1 -> MicroKernel4x4v.run1v(rows, k, a, aOff, rsA, csA, b, bOff, rsB, init, initOff, rsInit, c, cOff, rsC);
        case 2 -> MicroKernel4x4v.run2v(rows, k, a, aOff, rsA, csA, b, bOff, rsB, last, init, initOff, rsInit, c, cOff, rsC);
        case 3 -> MicroKernel4x4v.run3v(rows, k, a, aOff, rsA, csA, b, bOff, rsB, last, init, initOff, rsInit, c, cOff, rsC);
        default -> MicroKernel4x4v.run4v(rows, k, a, aOff, rsA, csA, b, bOff, rsB, last, init, initOff, rsInit, c, cOff, rsC);
      }
    }
  }

  /** The micro-kernel for a tile of this many rows and columns, both operands packed. */
  private static void packed(
      int rows, int columns, int k,
      float[] a, int aOff,
      float[] b, int bOff,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int last = columns - VL;
    switch (Tiles.vectors(columns)) {
      case 1 -> PanelKernel4x4v.run1v(rows, k, a, aOff, b, bOff, init, initOff, rsInit, c, cOff, rsC);
      case 2 -> PanelKernel4x4v.run2v(rows, k, a, aOff, b, bOff, last, init, initOff, rsInit, c, cOff, rsC);
      case 3 -> PanelKernel4x4v.run3v(rows, k, a, aOff, b, bOff, last, init, initOff, rsInit, c, cOff, rsC);
      default -> PanelKernel4x4v.run4v(rows, k, a, aOff, b, bOff, last, init, initOff, rsInit, c, cOff, rsC);
    }
  }
  // spotless:on
}
