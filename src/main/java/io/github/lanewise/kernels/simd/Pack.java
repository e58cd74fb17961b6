package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.MR;
import static io.github.lanewise.kernels.simd.Lanes.NR;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;

/**
 * Layouts: copies a block of an operand into the order in which a micro-kernel reads it (drawn in
 * {@code package-info}). A factor alpha is multiplied in, which is exact where it is 1. Blocks that
 * do not come out even overlap their neighbours; what is written twice is the same.
 */
final class Pack {
  /** Floats in a line of a micropanel of A, a whole number of vectors. */
  static final int LINE = Lanes.TALL ? 16 : 8;

  /** Floats of such a panel, a line of the cache more than some pages, which no two may share. */
  static final int COLUMN_PANEL = LINE * KC + 16;

  private Pack() {}

  // spotless:off
  /** Packs A, m×k with k ≤ KC, by rows: element (i, p) at [i·KC + p]. */
  static void rowsA(
      int m, int k, float alpha,
      float[] a, int aOff, int rsA, int csA,
      float[] rows, int off) {
    if (csA == 1 && alpha == 1 && k > 0) { // even of nothing, arraycopy checks the place
      for (int i = 0; i < m; i++) {
        System.arraycopy(a, aOff + i * rsA, rows, off + i * KC, k);
      }
    } else if (rsA == 1) {
      Transpose.run(k, m, alpha, a, aOff, csA, rows, off, KC);
    } else {
      Transpose.elements(k, m, alpha, a, aOff, csA, rsA, rows, off, KC);
    }
  }

  /**
   * Packs A, m×k with contiguous columns, m ≥ LINE and k ≤ KC, by columns: into micropanels of MR rows,
   * whose lines have some rows more. The last panel is shifted back until it ends with A, so that one for the rows from
   * i on begins with row min(i, m - LINE).
   */
  static void columnsA(
      int m, int k, float alpha,
      float[] a, int aOff, int csA,
      float[] panels, int off) {
    int i = 0;
    for (; i + 8 * MR <= m; i += 8 * MR) {
      int last = Math.min(i + 7 * MR, m - LINE) - i;
      eightOfColumns(k, alpha, a, aOff + i, last, csA, panels, off + i / MR * COLUMN_PANEL);
    }
    for (; i < m; i += MR) {
      int to = off + i / MR * COLUMN_PANEL;
      oneOfColumns(k, alpha, a, aOff + Math.min(i, m - LINE), csA, panels, to);
    }
  }

  private static void oneOfColumns(
      int k, float alpha, float[] a, int aOff, int csA, float[] panel, int off) {
    for (int p = 0; p < k; p++) {
      int from = aOff + p * csA;
      int to = off + p * LINE;
      for (int v = 0; v < LINE; v += VL) {
        FloatVector.fromArray(SPECIES, a, from + v).mul(alpha).intoArray(panel, to + v);
      }
    }
  }

  /**
   * Eight panels at once, the last of which begins with row {@code last}: the loads and stores of a step have constant
   * distances, and one check does for most of them (64³ TN 1.12 times as fast, 512×64×512 1.15).
   */
  private static void eightOfColumns(
      int k, float alpha,
      float[] a, int aOff, int last, int csA,
      float[] panels, int off) {
    for (int p = 0; p < k; p++) {
      int from = aOff + p * csA;
      int to = off + p * LINE;
      for (int v = 0; v < LINE; v += VL) {
        FloatVector.fromArray(SPECIES, a, from + v).mul(alpha).intoArray(panels, to + v);
        FloatVector.fromArray(SPECIES, a, from + MR + v).mul(alpha).intoArray(panels, to + COLUMN_PANEL + v);
        FloatVector.fromArray(SPECIES, a, from + 2 * MR + v).mul(alpha).intoArray(panels, to + 2 * COLUMN_PANEL + v);
        FloatVector.fromArray(SPECIES, a, from + 3 * MR + v).mul(alpha).intoArray(panels, to + 3 * COLUMN_PANEL + v);
        FloatVector.fromArray(SPECIES, a, from + 4 * MR + v).mul(alpha).intoArray(panels, to + 4 * COLUMN_PANEL + v);
        FloatVector.fromArray(SPECIES, a, from + 5 * MR + v).mul(alpha).intoArray(panels, to + 5 * COLUMN_PANEL + v);
        FloatVector.fromArray(SPECIES, a, from + 6 * MR + v).mul(alpha).intoArray(panels, to + 6 * COLUMN_PANEL + v);
        FloatVector.fromArray(SPECIES, a, from + last + v).mul(alpha).intoArray(panels, to + 7 * COLUMN_PANEL + v);
      }
    }
  }

  /**
   * Where in such panels row i begins; i is a multiple of 2, and 4 rows from it on, or all that A has, lie in its panel.
   */
  static int columnsOf(int i, int m) {
    int panel = i / MR;
    return panel * COLUMN_PANEL + i - Math.min(panel * MR, m - LINE);
  }

  /**
   * Packs B, k×n, into micropanels whose lines are whole vectors, as many as the tiles of C have. In a line that is
   * not as long, what no column belongs to may be anything, what lies behind those of B or was there before, and
   * reaches no element of C; but the second vector is whole, the last columns, at a place that does not depend on how
   * many there are.
   */
  static void panelsB(
      int n, int k, float alpha,
      float[] b, int bOff, int rsB, int csB,
      float[] panels, int off) {
    int whole = csB == 1 ? Tiles.BLOCK.whole(n) : 0;
    if (whole > 0) {
      wholePanelsB(whole, k, alpha, b, bOff, rsB, panels, off);
    }
    int to = off + whole * k;
    for (int jr = whole; jr < n; ) {
      int columns = Tiles.BLOCK.columns(n - jr);
      int ld = Tiles.panelLd(columns);
      for (int v = 0; v < Tiles.vectors(columns); v++) {
        int column = Math.min(v * VL, Math.max(columns - VL, 0));
        int vector = bOff + (jr + column) * csB;
        int place = to + v * VL;
        if (csB == 1) {
          straight(columns, k, alpha, b, vector, rsB, panels, place, ld);
        } else if (rsB == 1 && columns >= VL && k >= Transpose.H) {
          Transpose.rows(k, alpha, b, vector, csB, panels, place, ld);
        } else if (rsB == 1 && k >= Transpose.H) {
          narrow(columns, k, alpha, b, vector, csB, panels, place);
        } else {
          Transpose.elements(Math.min(columns, VL), k, alpha, b, vector, csB, rsB, panels, place, ld);
        }
      }
      to += ld * k;
      jr += columns;
    }
  }

  /**
   * Whole micropanels from contiguous rows; of two vectors four at once, so that whole lines of the cache are read
   * (32×512×784 8 % faster, 128³ 3 %). Too large to be compiled once more inside its caller.
   */
  private static void wholePanelsB(
      int n, int k, float alpha, float[] b, int bOff, int rsB, float[] panels, int off) {
    int j = 0;
    for (; j + 8 * VL <= n; j += 8 * VL) {
      int to = off + j * k;
      int panel = 2 * VL * k;
      for (int p = 0; p < k; p++) {
        int from = bOff + j + p * rsB;
        int to0 = to + p * (2 * VL), to1 = to0 + panel, to2 = to1 + panel, to3 = to2 + panel;
        FloatVector.fromArray(SPECIES, b, from).mul(alpha).intoArray(panels, to0);
        FloatVector.fromArray(SPECIES, b, from + VL).mul(alpha).intoArray(panels, to0 + VL);
        FloatVector.fromArray(SPECIES, b, from + 2 * VL).mul(alpha).intoArray(panels, to1);
        FloatVector.fromArray(SPECIES, b, from + 3 * VL).mul(alpha).intoArray(panels, to1 + VL);
        FloatVector.fromArray(SPECIES, b, from + 4 * VL).mul(alpha).intoArray(panels, to2);
        FloatVector.fromArray(SPECIES, b, from + 5 * VL).mul(alpha).intoArray(panels, to2 + VL);
        FloatVector.fromArray(SPECIES, b, from + 6 * VL).mul(alpha).intoArray(panels, to3);
        FloatVector.fromArray(SPECIES, b, from + 7 * VL).mul(alpha).intoArray(panels, to3 + VL);
      }
    }
    for (; j < n; j += NR) {
      int to = off + j * k;
      for (int p = 0; p < k; p++) {
        int from = bOff + j + p * rsB;
        int line = to + p * NR;
        FloatVector.fromArray(SPECIES, b, from).mul(alpha).intoArray(panels, line);
        FloatVector.fromArray(SPECIES, b, from + VL).mul(alpha).intoArray(panels, line + VL);
      }
    }
  }

  /**
   * Fewer columns than a vector has lanes, by way of the tile before the panels, whose other lines hold whatever they
   * do: so blocks of whole vectors can be transposed (10×10×1000 NT 1.7 times as fast as one element at a time, 8×10×128
   * 1.8, 32×10×20 1.1).
   */
  private static void narrow(
      int n, int k, float alpha, float[] b, int bOff, int csB, float[] panels, int off) {
    for (int p = 0; p < k; p += NR) {
      int from = Math.min(p, k - Transpose.H); // what is less than a block overlaps its neighbour
      int steps = Math.min(NR, k - from);
      for (int j = 0; j < n; j++) {
        System.arraycopy(b, bOff + j * csB + from, panels, j * NR, steps);
      }
      Transpose.rows(steps, alpha, panels, 0, NR, panels, off + from * VL, VL);
    }
  }

  /**
   * One vector's columns of a micropanel whose lines are ld apart. Where there are fewer, whole vectors read on into
   * what lies behind them, up to the last ones before the array's end.
   */
  private static void straight(
      int n, int k, float alpha, float[] b, int bOff, int rsB, float[] panel, int off, int ld) {
    int inside = Lanes.inside(k, b, bOff, rsB);
    for (int p = 0; p < inside; p++) {
      FloatVector.fromArray(SPECIES, b, bOff + p * rsB).mul(alpha).intoArray(panel, off + p * ld);
    }
    Transpose.elements(n, k - inside, alpha, b, bOff + inside * rsB, 1, rsB, panel, off + inside * ld, ld);
  }
  // spotless:on
}
