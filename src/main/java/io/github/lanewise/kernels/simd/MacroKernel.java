package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.MR;
import static io.github.lanewise.kernels.simd.Lanes.MR_BY_COLUMNS;
import static io.github.lanewise.kernels.simd.Lanes.MR_IN_PLACE_OF_ONE_VECTOR;
import static io.github.lanewise.kernels.simd.Lanes.MR_OF_ONE_VECTOR;
import static io.github.lanewise.kernels.simd.Lanes.MR_OF_PANELS;
import static io.github.lanewise.kernels.simd.Lanes.NV;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
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
  /** C = init + A·B for C m×n. B has contiguous rows, or is in micropanels; A has contiguous rows or columns. */
  static void multiply(
      int m, int n, int k, Tiles tiles,
      float[] a, int aOff, int rsA, int csA,
      boolean packedB, float[] b, int bOff, int rsB,
      float[] init, int initOff, int rsInit, int csInit,
      float[] c, int cOff, int rsC,
      float[] scratch) {
    if (n < VL) {
      narrow(
          m, n, k, a, aOff, rsA, csA, packedB, b, bOff, rsB,
          init, initOff, rsInit, c, cOff, rsC, scratch);
      return;
    }
    int panel = bOff;
    for (int jr = 0; jr < n; ) { // Loop 2
      int columns = tiles.columns(n - jr);
      int vectors = Tiles.vectors(columns);
      int bTile = packedB ? panel : bOff + jr;
      int ldB = packedB ? Tiles.panelLd(columns) : rsB;
      for (int ir = 0; ir < m; ) { // Loop 1
        int rows = Tiles.rows(m - ir, vectors == 1 ? MR_IN_PLACE_OF_ONE_VECTOR : MR);
        int aTile = aOff + ir * rsA;
        int initTile = initOff + ir * rsInit + jr * csInit;
        int cTile = cOff + ir * rsC + jr;
        tile(
            rows, vectors, columns - VL, k, a, aTile, rsA, csA, b, bTile, ldB,
            init, initTile, rsInit, c, cTile, rsC);
        ir += rows;
      }
      jr += columns;
      panel += Tiles.panelLd(columns) * k;
    }
  }

  /**
   * The same with 16 registers and B in panels of so many lines, of which k are used. A, by rows or by columns, is in
   * place or packed. Whole tiles of a packed A have a kernel of their own, and come first.
   */
  static void panels(
      int m, int n, int k, boolean packedA,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int lines,
      float[] init, int initOff, int rsInit, int csInit,
      float[] c, int cOff, int rsC,
      float[] scratch) {
    if (n < VL) {
      narrow(
          m, n, k, a, aOff, rsA, csA, true, b, bOff, VL,
          init, initOff, rsInit, c, cOff, rsC, scratch);
      return;
    }
    boolean columnsA = csA != 1;
    int whole = packedA ? Tiles.BLOCK.whole(n) : 0;
    if (whole > 0) {
      wholePanels(
          m, whole, k, a, aOff, rsA, csA, b, bOff, lines,
          init, initOff, rsInit, csInit, c, cOff, rsC);
    }
    int bTile = bOff + whole * lines;
    for (int jr = whole; jr < n; ) { // Loop 2
      int columns = Tiles.BLOCK.columns(n - jr);
      int last = columns - VL;
      int most = last > 0 ? (columnsA && !packedA ? MR_BY_COLUMNS : MR) : columnsA ? MR : MR_OF_ONE_VECTOR;
      for (int ir = 0; ir < m; ) { // Loop 1
        int rows = Tiles.rows(m - ir, most);
        int aTile = aOff + (columnsA && packedA ? Pack.columnsOf(ir, m) : ir * rsA);
        int initTile = initOff + ir * rsInit + jr * csInit;
        int cTile = cOff + ir * rsC + jr;
        if (last == 0) {
          oneVector(rows, k, a, aTile, rsA, csA, true, b, bTile, VL, init, initTile, rsInit, c, cTile, rsC);
        } else {
          twoVectors(
              rows, k, last, a, aTile, rsA, csA, b, bTile, init, initTile, rsInit, c, cTile, rsC);
        }
        ir += rows;
      }
      jr += columns;
      bTile += Tiles.panelLd(columns) * lines;
    }
  }

  /**
   * Tiles of two vectors of packed operands, along the rows of C, whose lines so come and go one after the other. C
   * passes through the caches once for every kc steps, while a micropanel of A stays in L1 and those of B in L2.
   */
  private static void wholePanels(
      int m, int n, int k,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int lines,
      float[] init, int initOff, int rsInit, int csInit,
      float[] c, int cOff, int rsC) {
    boolean columnsA = csA != 1;
    for (int ir = 0; ir < m; ) { // Loop 1 round loop 2
      int rows = Tiles.rowsOfPanels(m - ir);
      int aTile = aOff + (columnsA ? Pack.columnsOf(ir, m) : ir * rsA);
      for (int jr = 0; jr < n; jr += 2 * VL) {
        int bTile = bOff + jr * lines;
        int initTile = initOff + ir * rsInit + jr * csInit;
        int cTile = cOff + ir * rsC + jr;
        if (rows == MR_OF_PANELS) {
          if (columnsA) {
            PanelKernel6x2v.columns(k, a, aTile, b, bTile, init, initTile, rsInit, c, cTile, rsC);
          } else {
            PanelKernel6x2v.rows(k, a, aTile, b, bTile, init, initTile, rsInit, c, cTile, rsC);
          }
        } else {
          twoVectors(
              rows, k, VL, a, aTile, rsA, csA, b, bTile, init, initTile, rsInit, c, cTile, rsC);
        }
      }
      ir += rows;
    }
  }

  /**
   * A tile of up to 4 rows, or of 5 by columns, and two vectors of B in a panel, the second beginning at column
   * {@code last}.
   */
  private static void twoVectors(
      int rows, int k, int last,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    if (csA == 1) {
      PanelKernel4x2v.rows(rows, k, last, a, aOff, rsA, b, bOff, init, initOff, rsInit, c, cOff, rsC);
    } else if (rows > MR) {
      PanelKernel5x2v.columns(k, last, a, aOff, csA, b, bOff, init, initOff, rsInit, c, cOff, rsC);
    } else {
      PanelKernel4x2v.columns(rows, k, last, a, aOff, csA, b, bOff, init, initOff, rsInit, c, cOff, rsC);
    }
  }

  /** A tile one vector wide, of B in place or in a panel. */
  private static void oneVector(
      int rows, int k,
      float[] a, int aOff, int rsA, int csA,
      boolean packedB, float[] b, int bOff, int rsB,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    if (NV == 2 && packedB && csA == 1 && rows >= MR) {
      PanelKernel8x1v.rows(rows, k, a, aOff, rsA, b, bOff, init, initOff, rsInit, c, cOff, rsC);
    } else {
      tile(
          rows, 1, 0, k, a, aOff, rsA, csA, b, bOff, packedB ? VL : rsB,
          init, initOff, rsInit, c, cOff, rsC);
    }
  }

  /** A C narrower than a vector goes, tile by tile, through a scratch tile a vector wide. */
  private static void narrow(
      int m, int n, int k,
      float[] a, int aOff, int rsA, int csA,
      boolean packedB, float[] b, int bOff, int rsB,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC,
      float[] scratch) {
    for (int ir = 0; ir < m; ) {
      int rows = Tiles.rows(m - ir, packedB ? MR_OF_ONE_VECTOR : MR_IN_PLACE_OF_ONE_VECTOR);
      read(rows, n, init, initOff + ir * rsInit, rsInit, scratch);
      oneVector(
          rows, k, a, aOff + ir * rsA, rsA, csA, packedB, b, bOff, rsB,
          scratch, 0, VL, scratch, 0, VL);
      write(rows, n, scratch, c, cOff + ir * rsC, rsC);
      ir += rows;
    }
  }

  private static void read(
      int rows, int columns, float[] init, int initOff, int rsInit, float[] tile) {
    VectorMask<Float> mask = SPECIES.indexInRange(0, columns);
    for (int r = 0; r < rows; r++) {
      FloatVector.fromArray(SPECIES, init, initOff + r * rsInit, mask)
          .intoArray(tile, r * VL);
    }
  }

  private static void write(
      int rows, int columns, float[] tile, float[] c, int cOff, int rsC) {
    VectorMask<Float> mask = SPECIES.indexInRange(0, columns);
    for (int r = 0; r < rows; r++) {
      FloatVector.fromArray(SPECIES, tile, r * VL)
          .intoArray(c, cOff + r * rsC, mask);
    }
  }

  /** The micro-kernel for a tile of this many rows and vectors, the last of which begins at column {@code last}. */
  private static void tile(
      int rows, int vectors, int last, int k,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    if (rows == 1) {
      switch (vectors) {
        case 1 -> MicroKernel1x8v.run1v(k, a, aOff, csA, b, bOff, rsB, init, initOff, c, cOff);
        case 2 -> MicroKernel1x8v.run2v(k, a, aOff, csA, b, bOff, rsB, last, init, initOff, c, cOff);
        case 3 -> MicroKernel1x8v.run3v(k, a, aOff, csA, b, bOff, rsB, last, init, initOff, c, cOff);
        case 4 -> MicroKernel1x8v.run4v(k, a, aOff, csA, b, bOff, rsB, last, init, initOff, c, cOff);
        default -> MicroKernel1x8v.run8v(k, a, aOff, csA, b, bOff, rsB, last, init, initOff, c, cOff);
      }
    } else if (csA == 1) {
      switch (vectors) {
        case 1 -> {
          if (rows > MR) {
            RowKernel8x1v.run1v(rows, k, a, aOff, rsA, b, bOff, rsB, init, initOff, rsInit, c, cOff, rsC);
          } else {
            RowKernel4x4v.run1v(rows, k, a, aOff, rsA, b, bOff, rsB, init, initOff, rsInit, c, cOff, rsC);
          }
        }
        case 2 -> RowKernel4x4v.run2v(rows, k, a, aOff, rsA, b, bOff, rsB, last, init, initOff, rsInit, c, cOff, rsC);
        case 3 -> RowKernel4x4v.run3v(rows, k, a, aOff, rsA, b, bOff, rsB, last, init, initOff, rsInit, c, cOff, rsC);
        default -> RowKernel4x4v.run4v(rows, k, a, aOff, rsA, b, bOff, rsB, last, init, initOff, rsInit, c, cOff, rsC);
      }
    } else {
      switch (vectors) {
        case 1 -> {
          if (rows > MR) {
            ColumnKernel8x1v.run1v(rows, k, a, aOff, csA, b, bOff, rsB, init, initOff, rsInit, c, cOff, rsC);
          } else {
            ColumnKernel4x4v.run1v(rows, k, a, aOff, csA, b, bOff, rsB, init, initOff, rsInit, c, cOff, rsC);
          }
        }
        case 2 -> ColumnKernel4x4v.run2v(rows, k, a, aOff, csA, b, bOff, rsB, last, init, initOff, rsInit, c, cOff, rsC);
        case 3 -> ColumnKernel4x4v.run3v(rows, k, a, aOff, csA, b, bOff, rsB, last, init, initOff, rsInit, c, cOff, rsC);
        default -> ColumnKernel4x4v.run4v(rows, k, a, aOff, csA, b, bOff, rsB, last, init, initOff, rsInit, c, cOff, rsC);
      }
    }
  }
  // spotless:on
}
