package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;

/**
 * Layouts: copies a block of an operand into the order in which a micro-kernel reads it (drawn in
 * {@code package-info}). A factor alpha is multiplied in, which is exact where it is 1. Blocks that
 * do not come out even overlap their neighbours; what is written twice is the same.
 */
final class Pack {
  private Pack() {}

  // spotless:off
  /**
   * Packs A, m×k with k ≤ KC, by rows: element (i, p) at [i·KC + p].
   */
  static void rowsA(
      int m, int k, float alpha,
      float[] a, int aOff, int rsA, int csA,
      float[] rows, int off) {
    if (csA == 1 && alpha == 1) {
      for (int i = 0; i < m; i++) {
        System.arraycopy(a, aOff + i * rsA, rows, off + i * KC, k);
      }
    } else if (rsA == 1 && m >= VL && k >= VL) {
      for (int i = 0; i < m; i += VL) {
        int ir = Math.min(i, m - VL);
        Transpose.columns(k, alpha, a, aOff + ir, csA, rows, off + ir * KC, KC);
      }
    } else {
      Transpose.elements(k, m, alpha, a, aOff, csA, rsA, rows, off, KC);
    }
  }

  /**
   * Packs B, k×n, into micropanels exactly as wide as the tiles of C. A panel narrower than a vector has lines
   * of one, and leaves lanes of it as they are; they reach no element of C.
   */
  static void panelsB(
      int n, int k, float alpha,
      float[] b, int bOff, int rsB, int csB,
      float[] panels, int off) {
    int to = off;
    for (int jr = 0; jr < n; ) {
      int columns = Tiles.BLOCK.columns(n - jr);
      int ld = Tiles.panelLd(columns);
      int from = bOff + jr * csB;
      if (columns == 4 * VL && csB == 1) {
        four(k, alpha, b, from, rsB, panels, to);
      } else {
        for (int v = 0; v < Tiles.vectors(columns); v++) {
          int column = Math.min(v * VL, Math.max(columns - VL, 0));
          vector(columns, k, alpha, b, from + column * csB, rsB, csB, panels, to + column, ld);
        }
      }
      to += ld * k;
      jr += columns;
    }
  }

  /** A micropanel of four vectors from contiguous rows. */
  private static void four(
      int k, float alpha, float[] b, int bOff, int rsB, float[] panel, int off) {
    for (int p = 0; p < k; p++) {
      int from = bOff + p * rsB;
      int to = off + p * (4 * VL);
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, from);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, from + VL);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, from + 2 * VL);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, from + 3 * VL);
      b0.mul(alpha).intoArray(panel, to);
      b1.mul(alpha).intoArray(panel, to + VL);
      b2.mul(alpha).intoArray(panel, to + 2 * VL);
      b3.mul(alpha).intoArray(panel, to + 3 * VL);
    }
  }

  /** One vector's columns of a micropanel whose lines are ld apart. */
  private static void vector(
      int columns, int k, float alpha,
      float[] b, int bOff, int rsB, int csB,
      float[] panel, int off, int ld) {
    if (csB == 1 && columns >= VL) {
      straight(k, alpha, b, bOff, rsB, panel, off, ld);
    } else if (rsB == 1 && columns >= VL && k >= Transpose.H) {
      Transpose.rows(k, alpha, b, bOff, csB, panel, off, ld);
    } else {
      Transpose.elements(Math.min(columns, VL), k, alpha, b, bOff, csB, rsB, panel, off, ld);
    }
  }

  private static void straight(
      int k, float alpha, float[] b, int bOff, int rsB, float[] panel, int off, int ld) {
    for (int p = 0; p < k; p++) {
      FloatVector.fromArray(SPECIES, b, bOff + p * rsB).mul(alpha).intoArray(panel, off + p * ld);
    }
  }
  // spotless:on
}
