package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.MR;
import static io.github.lanewise.kernels.simd.Lanes.MR_BY_COLUMNS;
import static io.github.lanewise.kernels.simd.Lanes.MR_OF_EDGE;
import static io.github.lanewise.kernels.simd.Lanes.MR_OF_ONE_VECTOR;
import static io.github.lanewise.kernels.simd.Lanes.NR;
import static io.github.lanewise.kernels.simd.Lanes.TALL;
import static io.github.lanewise.kernels.simd.Lanes.VL;

/**
 * Loops 2 and 1: cuts a block of C into micro-tiles, whose operands lie in place or in the layouts
 * of {@link Pack}.
 */
final class MacroKernel {
  private MacroKernel() {}

  // spotless:off
  /**
   * C = init + A·B for C m×n. A has contiguous rows or columns, in place or packed. B has contiguous rows that are ldB
   * apart, or is in micropanels of ldB lines, of which k are used.
   */
  static void multiply(
      int m, int n, int k,
      boolean packedA, float[] a, int aOff, int rsA, int csA,
      boolean packedB, float[] b, int bOff, int ldB,
      float[] init, int initOff, int rsInit, int csInit,
      float[] c, int cOff, int rsC,
      float[] scratch) {
    if (n < VL) {
      narrow(
          m, n, k, a, aOff, rsA, csA, packedB, b, bOff, packedB ? VL : ldB,
          init, initOff, rsInit, c, cOff, rsC, scratch);
      return;
    }
    Tiles tiles = packedB || csA != 1 ? Tiles.BLOCK : Tiles.WIDE;
    boolean whole = TALL ? packedB || csA != 1 : packedA && packedB;
    int jr = whole ? Tiles.BLOCK.whole(n) : 0;
    if (jr > 0) {
      alongRows(
          m, jr, k, packedA, a, aOff, rsA, csA, packedB, b, bOff, ldB,
          init, initOff, rsInit, csInit, c, cOff, rsC);
    }
    while (jr < n) { // Loop 2
      int columns = tiles.columns(n - jr);
      int bTile = bOff + (packedB ? jr * ldB : jr);
      int most = mostRows(columns, packedA, csA, packedB);
      for (int ir = 0; ir < m; ) { // Loop 1
        int rows = Tiles.rows(m - ir, most);
        int aTile = aOff + (packedA && csA != 1 ? Pack.columnsOf(ir, m) : ir * rsA);
        int initTile = initOff + ir * rsInit + jr * csInit;
        int cTile = cOff + ir * rsC + jr;
        if (columns == VL) {
          oneVector(
              rows, k, a, aTile, rsA, csA, packedB, b, bTile, packedB ? VL : ldB,
              init, initTile, rsInit, c, cTile, rsC);
        } else if (packedB) {
          beside(rows, columns - VL, k, a, aTile, rsA, csA, b, bTile, init, initTile, rsInit, c, cTile, rsC);
        } else {
          inPlace(rows, columns, k, a, aTile, rsA, csA, b, bTile, ldB, init, initTile, rsInit, c, cTile, rsC);
        }
        ir += rows;
      }
      jr += columns;
    }
  }

  /**
   * Tiles of two whole vectors, along the rows of C, whose lines so come and go one after the other. C passes through
   * the caches once for every kc steps, while a micropanel of A stays in L1 and those of B in L2. Each way has a loop of
   * its own: of one that had no turns C2 would hoist the checks all the same (src/docs/decisions/0021).
   */
  private static void alongRows(
      int m, int n, int k,
      boolean packedA, float[] a, int aOff, int rsA, int csA,
      boolean packedB, float[] b, int bOff, int ldB,
      float[] init, int initOff, int rsInit, int csInit,
      float[] c, int cOff, int rsC) {
    int most = TALL ? mostRows(NR, packedA, csA, packedB) : MR; // with 16 registers both are packed
    boolean pairs = TALL && packedB && csA == 1 && n >= 2 * NR; // two panels at once for fewer rows than a whole tile's
    for (int ir = 0; ir < m; ) { // Loop 1 round loop 2
      int rows = Tiles.rows(m - ir, most);
      boolean few = pairs && rows < MR;
      if (few) {
        rows = Math.min(rows, MR_OF_EDGE);
      }
      int aTile = aOff + (packedA && csA != 1 ? Pack.columnsOf(ir, m) : ir * rsA);
      int initRow = initOff + ir * rsInit;
      int cRow = cOff + ir * rsC;
      int jr = 0;
      if (few) {
        for (; jr <= n - 2 * NR; jr += 2 * NR) {
          PanelKernel4x4v.rows(
              rows, k, a, aTile, rsA, b, bOff + jr * ldB, NR * ldB,
              init, initRow + jr * csInit, rsInit, c, cRow + jr, rsC);
        }
      }
      if (!TALL && rows == MR) {
        PanelKernel6x2v.run(n / NR, k, csA, a, aTile, b, bOff, ldB, init, initRow, rsInit, csInit, c, cRow, rsC);
      } else if (packedB) {
        for (; jr < n; jr += NR) {
          beside(
              rows, VL, k, a, aTile, rsA, csA, b, bOff + jr * ldB,
              init, initRow + jr * csInit, rsInit, c, cRow + jr, rsC);
        }
      } else {
        for (; jr < n; jr += NR) {
          inPlace(
              rows, NR, k, a, aTile, rsA, csA, b, bOff + jr, ldB,
              init, initRow + jr * csInit, rsInit, c, cRow + jr, rsC);
        }
      }
      ir += rows;
    }
  }

  /** A single row, up to 8 vectors at a time; B has contiguous rows. */
  static void row(
      int n, int k,
      float[] a, int aOff, int csA,
      float[] b, int bOff, int rsB,
      float[] init, int initOff, int csInit,
      float[] c, int cOff,
      float[] scratch) {
    if (n < VL) {
      narrow(1, n, k, a, aOff, 0, csA, false, b, bOff, rsB, init, initOff, 0, c, cOff, 0, scratch);
      return;
    }
    int columns;
    for (int jr = 0; jr < n; jr += columns) {
      columns = Tiles.ROW.columns(n - jr);
      oneRow(columns, k, a, aOff, csA, b, bOff + jr, rsB, init, initOff + jr * csInit, c, cOff + jr);
    }
  }

  private static void oneRow(
      int columns, int k,
      float[] a, int aOff, int csA,
      float[] b, int bOff, int rsB,
      float[] init, int initOff,
      float[] c, int cOff) {
    int last = columns - VL;
    switch (Tiles.vectors(columns)) {
      case 1 -> MicroKernel1x8v.run1v(k, a, aOff, csA, b, bOff, rsB, init, initOff, c, cOff);
      case 2 -> MicroKernel1x8v.run2v(k, a, aOff, csA, b, bOff, rsB, last, init, initOff, c, cOff);
      case 3 -> MicroKernel1x8v.run3v(k, a, aOff, csA, b, bOff, rsB, last, init, initOff, c, cOff);
      case 4 -> MicroKernel1x8v.run4v(k, a, aOff, csA, b, bOff, rsB, last, init, initOff, c, cOff);
      default -> MicroKernel1x8v.run8v(k, a, aOff, csA, b, bOff, rsB, last, init, initOff, c, cOff);
    }
  }

  /**
   * Rows that a tile has at most: MR where both operands are packed, or A is by columns and there
   * are registers (with 16 only where the tile is whole); else as many as have their places in
   * general registers. One vector wide it takes 8 chains; with 16 registers the 6 of a micropanel
   * where A is packed by columns, and 4 where B is in place, for 8 would be spilled.
   */
  private static int mostRows(int columns, boolean packedA, int csA, boolean packedB) {
    boolean wide = columns > VL;
    if (TALL) {
      if (wide && ((packedA && packedB) || csA != 1)) {
        return MR;
      }
      return wide && !packedB ? MR_OF_EDGE : MR_OF_ONE_VECTOR;
    }
    if (!packedB) {
      return MR_OF_EDGE;
    }
    if (!wide) {
      return packedA && csA != 1 ? MR : MR_OF_ONE_VECTOR;
    }
    if (packedA) {
      return columns == NR ? MR : MR_OF_EDGE;
    }
    return csA != 1 ? MR_BY_COLUMNS : MR_OF_EDGE;
  }

  /**
   * A tile of two vectors beside a panel of B. Not the whole ones of 16 registers, which {@link PanelKernel6x2v} takes from
   * all panels at once. Short enough that C2 has it inside its loops, for a call more is felt where
   * chains are short (200×200×5 0.75 of the speed).
   */
  private static void beside(
      int rows, int last, int k,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    if (rows == MR) {
      if (csA == 1) {
        PanelKernel12x2v.rows(k, last, a, aOff, b, bOff, init, initOff, rsInit, c, cOff, rsC);
      } else {
        PanelKernel12x2v.columns(k, last, a, aOff, csA, b, bOff, init, initOff, rsInit, c, cOff, rsC);
      }
    } else if (rows > MR_OF_EDGE) {
      if (!TALL) {
        PanelKernel5x2v.columns(k, last, a, aOff, csA, b, bOff, init, initOff, rsInit, c, cOff, rsC);
      } else if (csA == 1) {
        PanelKernel8x2v.rows(rows, k, last, a, aOff, rsA, b, bOff, init, initOff, rsInit, c, cOff, rsC);
      } else {
        ColumnKernel8x2v.run(rows, k, last, a, aOff, csA, b, bOff, NR, VL, init, initOff, rsInit, c, cOff, rsC);
      }
    } else if (csA == 1) {
      PanelKernel4x2v.rows(rows, k, last, a, aOff, rsA, b, bOff, init, initOff, rsInit, c, cOff, rsC);
    } else {
      PanelKernel4x2v.columns(rows, k, last, a, aOff, csA, b, bOff, init, initOff, rsInit, c, cOff, rsC);
    }
  }

  /** A tile wider than a vector with B in place: up to 4 rows beside an A by rows, up to 8 or 12 beside one by columns. */
  private static void inPlace(
      int rows, int columns, int k,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int last = columns - VL;
    if (rows == 1) {
      oneRow(columns, k, a, aOff, csA, b, bOff, rsB, init, initOff, c, cOff);
    } else if (csA == 1) {
      switch (Tiles.vectors(columns)) {
        case 2 -> RowKernel4x4v.run2v(rows, k, a, aOff, rsA, b, bOff, rsB, last, init, initOff, rsInit, c, cOff, rsC);
        case 3 -> RowKernel4x4v.run3v(rows, k, a, aOff, rsA, b, bOff, rsB, last, init, initOff, rsInit, c, cOff, rsC);
        default -> RowKernel4x4v.run4v(rows, k, a, aOff, rsA, b, bOff, rsB, last, init, initOff, rsInit, c, cOff, rsC);
      }
    } else if (rows <= MR_OF_EDGE) {
      ColumnKernel4x2v.run2v(rows, k, a, aOff, csA, b, bOff, rsB, last, init, initOff, rsInit, c, cOff, rsC);
    } else if (rows < MR) {
      ColumnKernel8x2v.run(rows, k, last, a, aOff, csA, b, bOff, rsB, last, init, initOff, rsInit, c, cOff, rsC);
    } else {
      ColumnKernel12x2v.run(k, last, a, aOff, csA, b, bOff, rsB, last, init, initOff, rsInit, c, cOff, rsC);
    }
  }

  /** A tile one vector wide, of B in place or in a panel. */
  private static void oneVector(
      int rows, int k,
      float[] a, int aOff, int rsA, int csA,
      boolean packedB, float[] b, int bOff, int rsB,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    if (rows == 1) {
      MicroKernel1x8v.run1v(k, a, aOff, csA, b, bOff, rsB, init, initOff, c, cOff);
    } else if (csA != 1) {
      if (rows > MR_OF_EDGE) {
        ColumnKernel8x1v.run1v(rows, k, a, aOff, csA, b, bOff, rsB, init, initOff, rsInit, c, cOff, rsC);
      } else {
        ColumnKernel4x2v.run1v(rows, k, a, aOff, csA, b, bOff, rsB, init, initOff, rsInit, c, cOff, rsC);
      }
    } else if (packedB && rows > MR_OF_EDGE) {
      PanelKernel8x1v.rows(rows, k, a, aOff, rsA, b, bOff, init, initOff, rsInit, c, cOff, rsC);
    } else if (rows > MR_OF_EDGE) {
      RowKernel8x1v.run1v(rows, k, a, aOff, rsA, b, bOff, rsB, init, initOff, rsInit, c, cOff, rsC);
    } else {
      RowKernel4x4v.run1v(rows, k, a, aOff, rsA, b, bOff, rsB, init, initOff, rsInit, c, cOff, rsC);
    }
  }

  /**
   * A C narrower than a vector goes, tile by tile, through a scratch tile a vector wide. Vectors of B and of init read
   * on into what lies behind. B's last lines, fewer than VL, that would so pass the array's end come from copies behind
   * the tile, and a tile of init that would is copied.
   */
  private static void narrow(
      int m, int n, int k,
      float[] a, int aOff, int rsA, int csA,
      boolean packedB, float[] b, int bOff, int rsB,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC,
      float[] scratch) {
    int inside = Lanes.inside(k, b, bOff, rsB);
    int copies = MR_OF_ONE_VECTOR * VL;
    copy(k - inside, n, b, bOff + inside * rsB, rsB, scratch, copies, VL);
    int most = TALL || packedB ? MR_OF_ONE_VECTOR : MR_OF_EDGE;
    for (int ir = 0; ir < m; ) {
      int rows = Tiles.rows(m - ir, most);
      int aTile = aOff + ir * rsA;
      int initTile = initOff + ir * rsInit;
      boolean copied = initTile + (rows - 1) * rsInit + VL > init.length;
      if (copied) {
        copy(rows, n, init, initTile, rsInit, scratch, 0, VL);
      }
      oneVector(
          rows, inside, a, aTile, rsA, csA, packedB, b, bOff, rsB,
          copied ? scratch : init, copied ? 0 : initTile, copied ? VL : rsInit, scratch, 0, VL);
      if (inside < k) {
        oneVector(
            rows, k - inside, a, aTile + inside * csA, rsA, csA, true, scratch, copies, VL,
            scratch, 0, VL, scratch, 0, VL);
      }
      copy(rows, n, scratch, 0, VL, c, cOff + ir * rsC, rsC);
      ir += rows;
    }
  }

  private static void copy(
      int rows, int columns, float[] from, int fromOff, int rsFrom, float[] to, int toOff, int rsTo) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(from, fromOff + r * rsFrom, to, toOff + r * rsTo, columns);
    }
  }

  // spotless:on
}
