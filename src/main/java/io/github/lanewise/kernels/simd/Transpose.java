package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.INT_SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Transposes a block of VL×VL floats by log2 VL perfect shuffles: each interleaves row i with row i
 * + VL/2 into the rows 2i and 2i + 1 (Stone, "Parallel Processing with the Perfect Shuffle", 1971).
 * Two shuffles make one pass over four rows in registers; between passes the block lies in L1.
 *
 * <p>The lanes are moved as integers: lane numbers of floats would be converted at every use. All
 * shuffles of a block of 16×16 in one method are too many for C2, which then boxes the vectors.
 */
final class Transpose {
  /** Floats that a block needs between two passes. */
  static final int SCRATCH = VL * VL;

  /** Lane numbers that interleave the lower, and the upper, halves of two vectors. */
  private static final IntVector LOW = halves(0);

  private static final IntVector HIGH = halves(VL / 2);

  private static final int HALF = VL / 2;
  private static final int QUARTER = VL / 4;

  private Transpose() {}

  // spotless:off
  /** y[j·ldY + i] = alpha·x[i·ldX + j] for i, j = 0 … VL-1. */
  static void block(
      float alpha, float[] x, int xOff, int ldX, float[] y, int yOff, int ldY, float[] t, int tOff) {
    switch (VL) {
      case 4 -> shuffleTwice(alpha, x, xOff, ldX, y, yOff, ldY);
      case 8 -> {
        shuffleTwice(alpha, x, xOff, ldX, t, tOff, VL);
        shuffle(t, tOff, VL, y, yOff, ldY);
      }
      case 16 -> {
        shuffleTwice(alpha, x, xOff, ldX, t, tOff, VL);
        shuffleTwice(1, t, tOff, VL, y, yOff, ldY);
      }
      default -> elements(VL, VL, alpha, x, xOff, ldX, 1, y, yOff, ldY);
    }
  }

  /** y[j·ldY + i] = alpha·x[i·rsX + j·csX] for i = 0 … m-1 and j = 0 … n-1, one at a time. */
  static void elements(
      int m, int n, float alpha, float[] x, int xOff, int rsX, int csX, float[] y, int yOff, int ldY) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < m; i++) {
        y[yOff + j * ldY + i] = alpha * x[xOff + i * rsX + j * csX];
      }
    }
  }

  private static void shuffle(float[] x, int xOff, int ldX, float[] y, int yOff, int ldY) {
    for (int i = 0; i < HALF; i++) {
      IntVector a0 = load(1, x, xOff + i * ldX);
      IntVector a1 = load(1, x, xOff + (i + HALF) * ldX);
      int to = yOff + 2 * i * ldY;
      store(LOW.selectFrom(a0, a1), y, to);
      store(HIGH.selectFrom(a0, a1), y, to + ldY);
    }
  }

  /** Two shuffles: the rows i + (0, 1, 2, 3)·VL/4 become the rows 4i + (0, 1, 2, 3). */
  private static void shuffleTwice(
      float alpha, float[] x, int xOff, int ldX, float[] y, int yOff, int ldY) {
    for (int i = 0; i < QUARTER; i++) {
      IntVector a0 = load(alpha, x, xOff + i * ldX);
      IntVector a1 = load(alpha, x, xOff + (i + QUARTER) * ldX);
      IntVector a2 = load(alpha, x, xOff + (i + 2 * QUARTER) * ldX);
      IntVector a3 = load(alpha, x, xOff + (i + 3 * QUARTER) * ldX);
      IntVector b0 = LOW.selectFrom(a0, a2);
      IntVector b1 = HIGH.selectFrom(a0, a2);
      IntVector b2 = LOW.selectFrom(a1, a3);
      IntVector b3 = HIGH.selectFrom(a1, a3);
      int to = yOff + 4 * i * ldY;
      store(LOW.selectFrom(b0, b2), y, to);
      store(HIGH.selectFrom(b0, b2), y, to + ldY);
      store(LOW.selectFrom(b1, b3), y, to + 2 * ldY);
      store(HIGH.selectFrom(b1, b3), y, to + 3 * ldY);
    }
  }
  // spotless:on

  private static IntVector load(float alpha, float[] x, int xOff) {
    return FloatVector.fromArray(SPECIES, x, xOff).mul(alpha).reinterpretAsInts();
  }

  private static void store(IntVector row, float[] y, int yOff) {
    row.reinterpretAsFloats().intoArray(y, yOff);
  }

  private static IntVector halves(int start) {
    int[] lanes = new int[VL];
    for (int i = 0; i < VL; i++) {
      lanes[i] = start + i / 2 + (i % 2) * VL;
    }
    return IntVector.fromArray(INT_SPECIES, lanes, 0);
  }
}
