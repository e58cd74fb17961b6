package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.INT_SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Transposes strips of VL rows, block by block of VL×VL floats, by log2 VL perfect shuffles: each
 * interleaves row i with row i + VL/2 into the rows 2i and 2i + 1 (Stone, "Parallel Processing with
 * the Perfect Shuffle", 1971). Two shuffles make one pass over four rows in registers; between
 * passes a few blocks lie in L1.
 *
 * <p>The lanes are moved as integers: lane numbers of floats would be converted at every use. All
 * shuffles of a block of 16×16 in one method are too many for C2, which then boxes the vectors; a
 * method for one block is fast or slow with whether C2 inlines it. No method of ours takes or
 * returns a vector here: one that C2 had compiled by itself before it would not inline.
 */
final class Transpose {
  /** Blocks that a pass takes before the next pass. */
  private static final int BLOCKS = 4;

  /** Floats that lie between two passes. */
  static final int SCRATCH = BLOCKS * VL * VL;

  /** Lane numbers that interleave the lower, and the upper, halves of two vectors. */
  private static final IntVector LOW = halves(0);

  private static final IntVector HIGH = halves(VL / 2);

  private static final int HALF = VL / 2;
  private static final int QUARTER = VL / 4;

  private Transpose() {}

  // spotless:off
  /** y[j·ldY + i] = alpha·x[i·ldX + j] for i = 0 … VL-1 and j = 0 … n-1, n at least VL. */
  static void rows(
      int n, float alpha, float[] x, int xOff, int ldX, float[] y, int yOff, int ldY, float[] t, int tOff) {
    strip(n, alpha, x, xOff, ldX, 1, y, yOff, ldY, ldY, t, tOff);
  }

  /** y[j·ldY + i] = alpha·x[i·ldX + j] for i = 0 … n-1, n at least VL, and j = 0 … VL-1. */
  static void columns(
      int n, float alpha, float[] x, int xOff, int ldX, float[] y, int yOff, int ldY, float[] t, int tOff) {
    strip(n, alpha, x, xOff, ldX, ldX, y, yOff, ldY, 1, t, tOff);
  }

  /** The block that starts with j lies at j·stepX in x and at j·stepY in y. */
  private static void strip(
      int n, float alpha,
      float[] x, int xOff, int ldX, int stepX,
      float[] y, int yOff, int ldY, int stepY,
      float[] t, int tOff) {
    int whole = n / VL * VL;
    for (int j = 0; j < whole; j += BLOCKS * VL) {
      int blocks = Math.min(BLOCKS, (whole - j) / VL);
      blocks(blocks, alpha, x, xOff + j * stepX, ldX, stepX, y, yOff + j * stepY, ldY, stepY, t, tOff);
    }
    if (whole < n) { // the last block overlaps its neighbour
      int j = n - VL;
      blocks(1, alpha, x, xOff + j * stepX, ldX, stepX, y, yOff + j * stepY, ldY, stepY, t, tOff);
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

  private static void blocks(
      int blocks, float alpha,
      float[] x, int xOff, int ldX, int stepX,
      float[] y, int yOff, int ldY, int stepY,
      float[] t, int tOff) {
    switch (VL) {
      case 4 -> shuffleTwice(blocks, alpha, x, xOff, ldX, stepX, y, yOff, ldY, stepY);
      case 8 -> {
        shuffleTwice(blocks, alpha, x, xOff, ldX, stepX, t, tOff, VL, VL);
        shuffle(blocks, t, tOff, VL, VL, y, yOff, ldY, stepY);
      }
      case 16 -> {
        shuffleTwice(blocks, alpha, x, xOff, ldX, stepX, t, tOff, VL, VL);
        shuffleTwice(blocks, 1, t, tOff, VL, VL, y, yOff, ldY, stepY);
      }
      default -> {
        for (int j = 0; j < blocks * VL; j += VL) {
          elements(VL, VL, alpha, x, xOff + j * stepX, ldX, 1, y, yOff + j * stepY, ldY);
        }
      }
    }
  }

  /** One shuffle of blocks that lie VL·stepX apart, to where they lie VL·stepY apart. */
  private static void shuffle(
      int blocks,
      float[] x, int xOff, int ldX, int stepX,
      float[] y, int yOff, int ldY, int stepY) {
    for (int b = 0; b < blocks; b++) {
      int from = xOff + b * VL * stepX;
      int to = yOff + b * VL * stepY;
      for (int i = 0; i < HALF; i++) {
        IntVector a0 = FloatVector.fromArray(SPECIES, x, from + i * ldX).reinterpretAsInts();
        IntVector a1 = FloatVector.fromArray(SPECIES, x, from + (i + HALF) * ldX).reinterpretAsInts();
        LOW.selectFrom(a0, a1).reinterpretAsFloats().intoArray(y, to + 2 * i * ldY);
        HIGH.selectFrom(a0, a1).reinterpretAsFloats().intoArray(y, to + (2 * i + 1) * ldY);
      }
    }
  }

  /** Two shuffles: the rows i + (0, 1, 2, 3)·VL/4 become the rows 4i + (0, 1, 2, 3). */
  private static void shuffleTwice(
      int blocks, float alpha,
      float[] x, int xOff, int ldX, int stepX,
      float[] y, int yOff, int ldY, int stepY) {
    for (int b = 0; b < blocks; b++) {
      int from = xOff + b * VL * stepX;
      int to = yOff + b * VL * stepY;
      for (int i = 0; i < QUARTER; i++) {
        IntVector a0 = FloatVector.fromArray(SPECIES, x, from + i * ldX).mul(alpha).reinterpretAsInts();
        IntVector a1 = FloatVector.fromArray(SPECIES, x, from + (i + QUARTER) * ldX).mul(alpha).reinterpretAsInts();
        IntVector a2 = FloatVector.fromArray(SPECIES, x, from + (i + 2 * QUARTER) * ldX).mul(alpha).reinterpretAsInts();
        IntVector a3 = FloatVector.fromArray(SPECIES, x, from + (i + 3 * QUARTER) * ldX).mul(alpha).reinterpretAsInts();
        IntVector b0 = LOW.selectFrom(a0, a2);
        IntVector b1 = HIGH.selectFrom(a0, a2);
        IntVector b2 = LOW.selectFrom(a1, a3);
        IntVector b3 = HIGH.selectFrom(a1, a3);
        LOW.selectFrom(b0, b2).reinterpretAsFloats().intoArray(y, to + 4 * i * ldY);
        HIGH.selectFrom(b0, b2).reinterpretAsFloats().intoArray(y, to + (4 * i + 1) * ldY);
        LOW.selectFrom(b1, b3).reinterpretAsFloats().intoArray(y, to + (4 * i + 2) * ldY);
        HIGH.selectFrom(b1, b3).reinterpretAsFloats().intoArray(y, to + (4 * i + 3) * ldY);
      }
    }
  }
  // spotless:on

  private static IntVector halves(int start) {
    int[] lanes = new int[VL];
    for (int i = 0; i < VL; i++) {
      lanes[i] = start + i / 2 + (i % 2) * VL;
    }
    return IntVector.fromArray(INT_SPECIES, lanes, 0);
  }
}
