package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.INT_SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.NR;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * Transposes blocks of VL rows by H = VL/2 columns in registers. Row i and row i + H share a
 * vector, half each: loading does that move, the second row from H floats before. In each half,
 * log2 H perfect shuffles follow: each interleaves vector i with vector i + H/2 into the vectors 2i
 * and 2i + 1 (Stone, "Parallel Processing with the Perfect Shuffle", 1971).
 *
 * <p>The lanes are moved as integers: lane numbers of floats would be converted at every use. All
 * shuffles of a block of 16×16 in one method are too many for C2, which then boxes the vectors; a
 * method for one block is fast or slow with whether C2 inlines it. No method of ours takes or
 * returns a vector here: one that C2 had compiled by itself before it would not inline.
 */
final class Transpose {
  /** Columns of a block. */
  static final int H = VL / 2;

  /** The half of a vector that the row i + H takes. */
  static final VectorMask<Float> UPPER = SPECIES.indexInRange(-H, H);

  /** Lane numbers that interleave the first, and the last, lanes of both halves of two vectors. */
  static final IntVector LOW = IntVector.fromArray(INT_SPECIES, interleaved(0), 0);

  static final IntVector HIGH = IntVector.fromArray(INT_SPECIES, interleaved(H / 2), 0);

  /** Lane numbers that exchange lanes 2 apart, and 1 apart. */
  static final IntVector PAIRS = IntVector.fromArray(INT_SPECIES, exchanged(2), 0);

  private static final IntVector NEIGHBOURS = IntVector.fromArray(INT_SPECIES, exchanged(1), 0);

  /** The lanes whose number has bit 1, and bit 0. */
  static final VectorMask<Integer> BIT_1 = VectorMask.fromArray(INT_SPECIES, withBit(1), 0);

  static final VectorMask<Integer> BIT_0 = VectorMask.fromArray(INT_SPECIES, withBit(0), 0);

  private Transpose() {}

  // spotless:off
  /**
   * y[j·ldY + i] = alpha·x[i·ldX + j] for i = 0 … m-1 and j = 0 … n-1, by strips of VL columns. The last strip overlaps
   * its neighbour; what is written twice is the same.
   */
  static void run(
      int m, int n, float alpha, float[] x, int xOff, int ldX, float[] y, int yOff, int ldY) {
    if (m < VL || n < VL) {
      elements(m, n, alpha, x, xOff, ldX, 1, y, yOff, ldY);
      return;
    }
    for (int j = 0; j < n; j += VL) {
      int jb = Math.min(j, n - VL);
      columns(m, alpha, x, xOff + jb, ldX, y, yOff + jb * ldY, ldY);
    }
  }

  /** y[j·ldY + i] = alpha·x[i·ldX + j] for i = 0 … VL-1 and j = 0 … n-1, n at least H. */
  static void rows(
      int n, float alpha, float[] x, int xOff, int ldX, float[] y, int yOff, int ldY) {
    int whole = n / H;
    sideBySide(whole, alpha, x, xOff, ldX, y, yOff, ldY);
    if (whole * H < n) { // the last block overlaps its neighbour
      sideBySide(1, alpha, x, xOff + n - H, ldX, y, yOff + (n - H) * ldY, ldY);
    }
  }

  /** Blocks side by side in x; into whole micropanels of B most of all. */
  private static void sideBySide(
      int blocks, float alpha, float[] x, int xOff, int ldX, float[] y, int yOff, int ldY) {
    if (H != 4) {
      blocks(blocks, alpha, x, xOff, ldX, H, y, yOff, ldY, H * ldY);
    } else if (ldY == NR && blocks <= KC) {
      fourIntoPanel(blocks, alpha, x, xOff, ldX, y, yOff);
    } else {
      four(blocks, alpha, x, xOff, ldX, H, y, yOff, ldY, H * ldY);
    }
  }

  /** y[j·ldY + i] = alpha·x[i·ldX + j] for i = 0 … n-1, n at least VL, and j = 0 … VL-1. */
  private static void columns(
      int n, float alpha, float[] x, int xOff, int ldX, float[] y, int yOff, int ldY) {
    int whole = n / VL;
    for (int j = 0; j < VL; j += H) {
      blocks(whole, alpha, x, xOff + j, ldX, VL * ldX, y, yOff + j * ldY, ldY, VL);
    }
    if (whole * VL < n) {
      blocks(2, alpha, x, xOff + (n - VL) * ldX, ldX, H, y, yOff + n - VL, ldY, H * ldY);
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

  /** Blocks that lie stepX apart in x and stepY apart in y. */
  private static void blocks(
      int blocks, float alpha,
      float[] x, int xOff, int ldX, int stepX,
      float[] y, int yOff, int ldY, int stepY) {
    switch (H) {
      case 2 -> two(blocks, alpha, x, xOff, ldX, stepX, y, yOff, ldY, stepY);
      case 4 -> four(blocks, alpha, x, xOff, ldX, stepX, y, yOff, ldY, stepY);
      case 8 -> eight(blocks, alpha, x, xOff, ldX, stepX, y, yOff, ldY, stepY);
      default -> {
        for (int b = 0; b < blocks; b++) {
          elements(VL, H, alpha, x, xOff + b * stepX, ldX, 1, y, yOff + b * stepY, ldY);
        }
      }
    }
  }

  /** 4 rows by 2 columns, one shuffle. */
  private static void two(
      int blocks, float alpha,
      float[] x, int xOff, int ldX, int stepX,
      float[] y, int yOff, int ldY, int stepY) {
    for (int b = 0; b < blocks; b++) {
      int from = xOff + b * stepX, half = from + 2 * ldX - 2;
      int to = yOff + b * stepY;
      IntVector a0 = FloatVector.fromArray(SPECIES, x, from).blend(FloatVector.fromArray(SPECIES, x, half), UPPER).mul(alpha).reinterpretAsInts();
      IntVector a1 = FloatVector.fromArray(SPECIES, x, from + ldX).blend(FloatVector.fromArray(SPECIES, x, half + ldX), UPPER).mul(alpha).reinterpretAsInts();
      LOW.selectFrom(a0, a1).reinterpretAsFloats().intoArray(y, to);
      HIGH.selectFrom(a0, a1).reinterpretAsFloats().intoArray(y, to + ldY);
    }
  }

  /** 8 rows by 4 columns, two exchanges. */
  private static void four(
      int blocks, float alpha,
      float[] x, int xOff, int ldX, int stepX,
      float[] y, int yOff, int ldY, int stepY) {
    for (int b = 0; b < blocks; b++) {
      int from = xOff + b * stepX, half = from + 4 * ldX - 4;
      int to = yOff + b * stepY;
      IntVector a0 = FloatVector.fromArray(SPECIES, x, from).blend(FloatVector.fromArray(SPECIES, x, half), UPPER).mul(alpha).reinterpretAsInts();
      IntVector a1 = FloatVector.fromArray(SPECIES, x, from + ldX).blend(FloatVector.fromArray(SPECIES, x, half + ldX), UPPER).mul(alpha).reinterpretAsInts();
      IntVector a2 = FloatVector.fromArray(SPECIES, x, from + 2 * ldX).blend(FloatVector.fromArray(SPECIES, x, half + 2 * ldX), UPPER).mul(alpha).reinterpretAsInts();
      IntVector a3 = FloatVector.fromArray(SPECIES, x, from + 3 * ldX).blend(FloatVector.fromArray(SPECIES, x, half + 3 * ldX), UPPER).mul(alpha).reinterpretAsInts();
      IntVector b0 = a0.blend(PAIRS.selectFrom(a2), BIT_1), b2 = PAIRS.selectFrom(a0).blend(a2, BIT_1);
      IntVector b1 = a1.blend(PAIRS.selectFrom(a3), BIT_1), b3 = PAIRS.selectFrom(a1).blend(a3, BIT_1);
      b0.blend(NEIGHBOURS.selectFrom(b1), BIT_0).reinterpretAsFloats().intoArray(y, to);
      NEIGHBOURS.selectFrom(b0).blend(b1, BIT_0).reinterpretAsFloats().intoArray(y, to + ldY);
      b2.blend(NEIGHBOURS.selectFrom(b3), BIT_0).reinterpretAsFloats().intoArray(y, to + 2 * ldY);
      NEIGHBOURS.selectFrom(b2).blend(b3, BIT_0).reinterpretAsFloats().intoArray(y, to + 3 * ldY);
    }
  }

  /**
   * 8 rows by 4 columns, over and over, into the lines of a micropanel: every place moves by a constant, so no check is
   * left in the loop. Neighbours are halves of a long and shifted, which AVX2 does twice a cycle and beside the exchange
   * of pairs (0.17 ns an element; 0.20 with two exchanges, 0.26 at variable places, and 0.42 beside a busy neighbour).
   */
  private static void fourIntoPanel(
      int blocks, float alpha, float[] x, int xOff, int ldX, float[] panel, int off) {
    int most = Math.min(blocks, KC);
    for (int b = 0; b < most; b++) {
      int from = xOff + 4 * b, half = from + 4 * ldX - 4;
      int to = off + b * (4 * NR);
      IntVector a0 = FloatVector.fromArray(SPECIES, x, from).blend(FloatVector.fromArray(SPECIES, x, half), UPPER).mul(alpha).reinterpretAsInts();
      IntVector a1 = FloatVector.fromArray(SPECIES, x, from + ldX).blend(FloatVector.fromArray(SPECIES, x, half + ldX), UPPER).mul(alpha).reinterpretAsInts();
      IntVector a2 = FloatVector.fromArray(SPECIES, x, from + 2 * ldX).blend(FloatVector.fromArray(SPECIES, x, half + 2 * ldX), UPPER).mul(alpha).reinterpretAsInts();
      IntVector a3 = FloatVector.fromArray(SPECIES, x, from + 3 * ldX).blend(FloatVector.fromArray(SPECIES, x, half + 3 * ldX), UPPER).mul(alpha).reinterpretAsInts();
      IntVector b0 = a0.blend(PAIRS.selectFrom(a2), BIT_1), b2 = PAIRS.selectFrom(a0).blend(a2, BIT_1);
      IntVector b1 = a1.blend(PAIRS.selectFrom(a3), BIT_1), b3 = PAIRS.selectFrom(a1).blend(a3, BIT_1);
      b0.blend(b1.reinterpretAsLongs().lanewise(LSHL, Integer.SIZE).reinterpretAsInts(), BIT_0).reinterpretAsFloats().intoArray(panel, to);
      b0.reinterpretAsLongs().lanewise(LSHR, Integer.SIZE).reinterpretAsInts().blend(b1, BIT_0).reinterpretAsFloats().intoArray(panel, to + NR);
      b2.blend(b3.reinterpretAsLongs().lanewise(LSHL, Integer.SIZE).reinterpretAsInts(), BIT_0).reinterpretAsFloats().intoArray(panel, to + 2 * NR);
      b2.reinterpretAsLongs().lanewise(LSHR, Integer.SIZE).reinterpretAsInts().blend(b3, BIT_0).reinterpretAsFloats().intoArray(panel, to + 3 * NR);
    }
  }

  /** 16 rows by 8 columns, three shuffles. */
  private static void eight(
      int blocks, float alpha,
      float[] x, int xOff, int ldX, int stepX,
      float[] y, int yOff, int ldY, int stepY) {
    for (int b = 0; b < blocks; b++) {
      int from = xOff + b * stepX, half = from + 8 * ldX - 8;
      int to = yOff + b * stepY;
      IntVector a0 = FloatVector.fromArray(SPECIES, x, from).blend(FloatVector.fromArray(SPECIES, x, half), UPPER).mul(alpha).reinterpretAsInts();
      IntVector a1 = FloatVector.fromArray(SPECIES, x, from + ldX).blend(FloatVector.fromArray(SPECIES, x, half + ldX), UPPER).mul(alpha).reinterpretAsInts();
      IntVector a2 = FloatVector.fromArray(SPECIES, x, from + 2 * ldX).blend(FloatVector.fromArray(SPECIES, x, half + 2 * ldX), UPPER).mul(alpha).reinterpretAsInts();
      IntVector a3 = FloatVector.fromArray(SPECIES, x, from + 3 * ldX).blend(FloatVector.fromArray(SPECIES, x, half + 3 * ldX), UPPER).mul(alpha).reinterpretAsInts();
      IntVector a4 = FloatVector.fromArray(SPECIES, x, from + 4 * ldX).blend(FloatVector.fromArray(SPECIES, x, half + 4 * ldX), UPPER).mul(alpha).reinterpretAsInts();
      IntVector a5 = FloatVector.fromArray(SPECIES, x, from + 5 * ldX).blend(FloatVector.fromArray(SPECIES, x, half + 5 * ldX), UPPER).mul(alpha).reinterpretAsInts();
      IntVector a6 = FloatVector.fromArray(SPECIES, x, from + 6 * ldX).blend(FloatVector.fromArray(SPECIES, x, half + 6 * ldX), UPPER).mul(alpha).reinterpretAsInts();
      IntVector a7 = FloatVector.fromArray(SPECIES, x, from + 7 * ldX).blend(FloatVector.fromArray(SPECIES, x, half + 7 * ldX), UPPER).mul(alpha).reinterpretAsInts();
      IntVector b0 = LOW.selectFrom(a0, a4), b1 = HIGH.selectFrom(a0, a4);
      IntVector b2 = LOW.selectFrom(a1, a5), b3 = HIGH.selectFrom(a1, a5);
      IntVector b4 = LOW.selectFrom(a2, a6), b5 = HIGH.selectFrom(a2, a6);
      IntVector b6 = LOW.selectFrom(a3, a7), b7 = HIGH.selectFrom(a3, a7);
      a0 = LOW.selectFrom(b0, b4);
      a1 = HIGH.selectFrom(b0, b4);
      a2 = LOW.selectFrom(b1, b5);
      a3 = HIGH.selectFrom(b1, b5);
      a4 = LOW.selectFrom(b2, b6);
      a5 = HIGH.selectFrom(b2, b6);
      a6 = LOW.selectFrom(b3, b7);
      a7 = HIGH.selectFrom(b3, b7);
      LOW.selectFrom(a0, a4).reinterpretAsFloats().intoArray(y, to);
      HIGH.selectFrom(a0, a4).reinterpretAsFloats().intoArray(y, to + ldY);
      LOW.selectFrom(a1, a5).reinterpretAsFloats().intoArray(y, to + 2 * ldY);
      HIGH.selectFrom(a1, a5).reinterpretAsFloats().intoArray(y, to + 3 * ldY);
      LOW.selectFrom(a2, a6).reinterpretAsFloats().intoArray(y, to + 4 * ldY);
      HIGH.selectFrom(a2, a6).reinterpretAsFloats().intoArray(y, to + 5 * ldY);
      LOW.selectFrom(a3, a7).reinterpretAsFloats().intoArray(y, to + 6 * ldY);
      HIGH.selectFrom(a3, a7).reinterpretAsFloats().intoArray(y, to + 7 * ldY);
    }
  }
  // spotless:on

  private static int[] exchanged(int distance) {
    int[] lanes = new int[VL];
    for (int i = 0; i < VL; i++) {
      lanes[i] = (i ^ distance) % VL;
    }
    return lanes;
  }

  private static boolean[] withBit(int bit) {
    boolean[] lanes = new boolean[VL];
    for (int i = 0; i < VL; i++) {
      lanes[i] = (i >> bit & 1) != 0;
    }
    return lanes;
  }

  private static int[] interleaved(int start) {
    int[] lanes = new int[VL];
    for (int i = 0; i < VL; i++) {
      int half = i / H * H;
      lanes[i] = half + start + i % H / 2 + i % 2 * VL;
    }
    return lanes;
  }
}
