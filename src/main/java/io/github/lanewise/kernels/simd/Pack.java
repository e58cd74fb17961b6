package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.MR;
import static io.github.lanewise.kernels.simd.Lanes.PANEL_LD;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Layouts: copies a block of an operand into micropanels, each of them contiguous in the order in
 * which a micro-kernel reads it (drawn in {@code package-info}). A factor alpha is multiplied in,
 * which is exact where it is 1.
 */
final class Pack {
  /**
   * Lane numbers that interleave the lower, and the upper, halves of two vectors. Integers, and so
   * is what they permute: as floats they would be converted at every use.
   */
  private static final IntVector ZIP_LOW = zip(0);

  private static final IntVector ZIP_HIGH = zip(VL / 2);

  /** Floats of scratch for a transposition: two blocks. */
  static final int TRANSPOSE_SCRATCH = 2 * Math.max(VL, PANEL_LD) * VL;

  /** Floats that the last panel of A may be overrun by. */
  static final int OVERRUN = VL;

  private Pack() {}

  // spotless:off
  /**
   * Packs A, m×k, into micropanels of MR rows: element (i, p) of a panel at
   * [p·PANEL_LD + i]. Vectors are written in ascending p, so what one of them holds beyond the panel's
   * rows is overwritten by the next.
   */
  static void panelsA(
      int m, int k, float alpha,
      float[] a, int aOff, int rsA, int csA,
      float[] panels, int off, int transposeOff) {
    for (int ir = 0; ir < m; ir += MR) {
      int rows = Math.min(MR, m - ir);
      int from = aOff + ir * rsA;
      int to = off + ir / MR * PANEL_LD * k;
      int done = 0;
      if (rsA == 1) {
        done = columns(k, alpha, a, from, csA, panels, to);
      } else if (csA == 1) {
        done = SPECIES.loopBound(k);
        for (int p = 0; p < done; p += VL) {
          transpose(
              PANEL_LD, rows - 1, alpha, a, from + p, rsA,
              panels, to + p * PANEL_LD, PANEL_LD, transposeOff);
        }
      }
      for (int p = done; p < k; p++) {
        for (int i = 0; i < rows; i++) {
          panels[to + p * PANEL_LD + i] = alpha * a[from + i * rsA + p * csA];
        }
      }
    }
  }

  /** Copies columns of a panel of A as long as whole vectors can be read; says how many. */
  private static int columns(
      int k, float alpha, float[] a, int aOff, int csA, float[] panels, int off) {
    int reach = SPECIES.loopBound(MR + VL - 1);
    int p = 0;
    for (; p < k && aOff + p * csA + reach <= a.length; p++) {
      for (int i = 0; i < reach; i += VL) {
        FloatVector.fromArray(SPECIES, a, aOff + p * csA + i)
            .mul(alpha)
            .intoArray(panels, off + p * PANEL_LD + i);
      }
    }
    return p;
  }

  /**
   * Packs B, k×n, into micropanels as wide as the tiles of C: element (p, j) at [p·columns +
   * j]. A panel narrower than a vector is padded to one with whatever lies in the scratch: those lanes
   * reach no element of C.
   */
  static void panelsB(
      int n, int k, int widest, float alpha,
      float[] b, int bOff, int rsB, int csB,
      float[] panels, int off, int transposeOff) {
    for (int jr = 0; jr < n; ) {
      int columns = Tiles.columns(widest, n - jr);
      int from = bOff + jr * csB;
      int to = off + jr * k;
      int ld = Math.max(columns, VL);
      if (csB == 1) {
        rows(columns, k, alpha, b, from, rsB, panels, to, ld);
      } else if (rsB == 1) {
        transposed(columns, k, alpha, b, from, csB, panels, to, ld, transposeOff);
      } else {
        elements(0, columns, 0, k, alpha, b, from, rsB, csB, panels, to, ld);
      }
      jr += columns;
    }
  }

  private static void rows(
      int columns, int k, float alpha, float[] b, int bOff, int rsB, float[] panels, int off, int ld) {
    int whole = SPECIES.loopBound(columns);
    for (int p = 0; p < k; p++) {
      int from = bOff + p * rsB;
      int to = off + p * ld;
      for (int j = 0; j < whole; j += VL) {
        FloatVector.fromArray(SPECIES, b, from + j).mul(alpha).intoArray(panels, to + j);
      }
      for (int j = whole; j < columns; j++) {
        panels[to + j] = alpha * b[from + j];
      }
    }
  }

  private static void transposed(
      int columns, int k, float alpha,
      float[] b, int bOff, int csB,
      float[] panels, int off, int ld, int transposeOff) {
    int wholeColumns = SPECIES.loopBound(columns);
    int wholeK = SPECIES.loopBound(k);
    for (int j = 0; j < wholeColumns; j += VL) {
      for (int p = 0; p < wholeK; p += VL) {
        transpose(
            VL, VL - 1, alpha, b, bOff + j * csB + p, csB,
            panels, off + p * ld + j, ld, transposeOff);
      }
    }
    elements(0, wholeColumns, wholeK, k, alpha, b, bOff, 1, csB, panels, off, ld);
    elements(wholeColumns, columns, 0, k, alpha, b, bOff, 1, csB, panels, off, ld);
  }

  /**
   * Transposes n rows of one vector each by log2 n perfect shuffles: each stage interleaves row i with
   * row i + n/2 into the rows 2i and 2i + 1. The stages ping-pong between two blocks that stay in L1.
   * Rows of x past {@code last} are that one again. The result is VL lines of n floats, {@code ldY}
   * apart.
   */
  private static void transpose(
      int n, int last, float alpha, float[] x, int xOff, int ldX,
      float[] y, int yOff, int ldY, int scratch) {
    int from = scratch;
    int to = scratch + n * VL;
    shuffle(n, last, alpha, x, xOff, ldX, y, from, VL, 0);
    for (int stage = 4; stage < n; stage *= 2) {
      shuffle(n, n, 1, y, from, VL, y, to, VL, 0);
      int free = from;
      from = to;
      to = free;
    }
    if (n < VL) {
      shuffle(n, n, 1, y, from, VL, y, yOff, VL / n * ldY, 0); // whole lines, without gaps: ldY is n
    } else {
      shuffle(n, n, 1, y, from, VL, y, yOff, ldY, Integer.numberOfTrailingZeros(n / VL));
    }
  }

  /** One stage; 2^split vectors of the result make a line of y. */
  private static void shuffle(
      int n, int last, float alpha, float[] x, int xOff, int ldX,
      float[] y, int yOff, int ldY, int split) {
    int inLine = (1 << split) - 1;
    for (int i = 0; i < n / 2; i++) {
      int j = Math.min(i, last);
      int jHigh = Math.min(i + n / 2, last);
      IntVector low = FloatVector.fromArray(SPECIES, x, xOff + j * ldX).mul(alpha).reinterpretAsInts();
      IntVector high = FloatVector.fromArray(SPECIES, x, xOff + jHigh * ldX).mul(alpha).reinterpretAsInts();
      int even = 2 * i;
      int odd = even + 1;
      ZIP_LOW.selectFrom(low, high)
          .reinterpretAsFloats()
          .intoArray(y, yOff + (even >> split) * ldY + (even & inLine) * VL);
      ZIP_HIGH.selectFrom(low, high)
          .reinterpretAsFloats()
          .intoArray(y, yOff + (odd >> split) * ldY + (odd & inLine) * VL);
    }
  }

  private static void elements(
      int j0, int j1, int p0, int p1, float alpha,
      float[] b, int bOff, int rsB, int csB,
      float[] panels, int off, int ld) {
    for (int j = j0; j < j1; j++) {
      for (int p = p0; p < p1; p++) {
        panels[off + p * ld + j] = alpha * b[bOff + p * rsB + j * csB];
      }
    }
  }
  // spotless:on

  private static IntVector zip(int start) {
    int[] lanes = new int[VL];
    for (int i = 0; i < VL; i++) {
      lanes[i] = start + i / 2 + (i % 2) * VL;
    }
    return IntVector.fromArray(Lanes.INT_SPECIES, lanes, 0);
  }
}
