package io.github.lanewise.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lanewise.kernels.Operand.Layout;
import io.github.lanewise.kernels.scalar.ScalarKernels;
import io.github.lanewise.kernels.simd.Blocks;
import io.github.lanewise.kernels.simd.SimdKernels;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The SIMD product has the bits of the scalar one, whatever the shape, the strides and the blocks.
 */
class GemmTwinsTest {
  private static final Kernels SCALAR = new ScalarKernels();

  /** Blocks so small that little products cross the boundaries of all five loops. */
  private static final Kernels TINY =
      new SimdKernels(new Blocks(7, 3, 40, 24, 1 << 30, 1, 1 << 30, 1 << 30, 0, 0, 0, 0));

  /** The same for operands that are packed, however small the product. */
  private static final Kernels PANELS =
      new SimdKernels(new Blocks(25, 3, 40, 24, 1, 1, 0, 1 << 30, 0, 0, 0, 0));

  /** And whose first rows pack B on their way. */
  private static final Kernels ON_THE_WAY =
      new SimdKernels(new Blocks(25, 6, 40, 24, 1, 1, 0, 1 << 30, 0, 1 << 30, 1 << 30, 0));

  /** And so few rows that the last columns are not copied. */
  private static final Kernels ON_THE_WAY_BUT_THE_LAST =
      new SimdKernels(new Blocks(25, 6, 40, 24, 1 << 30, 1, 0, 1 << 30, 0, 1 << 30, 1 << 30, 0));

  /** All rows are few, and every B is far. */
  private static final Kernels FAR =
      new SimdKernels(new Blocks(25, 3, 40, 24, 1, 1, 1 << 30, 1 << 30, 0, 1 << 30, 0, 0));

  private static final Kernels SIMD = new SimdKernels();

  private static final List<Layout> LAYOUTS = List.of(Layout.values());

  private final SplittableRandom random = new SplittableRandom(20260704);

  /** What the chains start from. */
  private enum Start {
    OVERWRITE,
    ACCUMULATE,
    ROW_BIAS,
    COLUMN_BIAS
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void everyShapeUpToTwoTiles(Layout layoutB) {
    int mMost = 2 * TINY.tileRows() + 1;
    int nMost = 2 * TINY.tileColumns() + 1;
    for (int m = 0; m <= mMost; m++) {
      for (int n = 0; n <= nMost; n++) {
        for (int k = 0; k <= 7; k++) {
          Layout layoutA = LAYOUTS.get((m + n + k) % LAYOUTS.size());
          check(TINY, m, n, k, layoutA, layoutB, Layout.ROWS_APART, Start.OVERWRITE, 1);
          check(TINY, m, n, k, layoutA, layoutB, Layout.ROWS, Start.ACCUMULATE, 1);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void everyShapeUpToTwoPanels(Layout layoutA) {
    int mMost = 3 * PANELS.tileRows() + 1;
    int nMost = 2 * PANELS.tileColumns() + 1;
    for (int m = 1; m <= mMost; m++) {
      for (int n = 1; n <= nMost; n++) {
        for (int k = 1; k <= 7; k += 3) {
          Layout layoutB = LAYOUTS.get((m + n + k) % LAYOUTS.size());
          check(PANELS, m, n, k, layoutA, layoutB, Layout.ROWS_APART, Start.OVERWRITE, 1);
          check(PANELS, m, n, k, layoutA, layoutB, Layout.ROWS, Start.ACCUMULATE, -1.5f);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Layout.class,
      names = {"ROWS", "ROWS_APART"})
  void everyShapeUpToTwoPanelsOnTheWay(Layout layoutA) {
    int mMost = 3 * ON_THE_WAY.tileRows() + 1;
    int nMost = 2 * ON_THE_WAY.tileColumns() + 1;
    for (int m = 1; m <= mMost; m++) {
      for (int n = 1; n <= nMost; n++) {
        for (int k = 1; k <= 7; k += 3) {
          Layout layoutB = (m + n + k) % 2 == 0 ? Layout.ROWS : Layout.ROWS_APART;
          for (Kernels simd : List.of(ON_THE_WAY, ON_THE_WAY_BUT_THE_LAST)) {
            check(simd, m, n, k, layoutA, layoutB, Layout.ROWS_APART, Start.OVERWRITE, 1);
            check(simd, m, n, k, layoutA, layoutB, Layout.ROWS, Start.ACCUMULATE, -1.5f);
          }
        }
      }
    }
  }

  /** From one row on to more than are few, beside a B wide enough to be read in place. */
  @ParameterizedTest
  @EnumSource(Layout.class)
  void fewRowsBesideAFarB(Layout layoutA) {
    int lanes = FAR.vectorBits() / Float.SIZE;
    for (int m = 1; m <= 66; m++) {
      for (int n = 5 * lanes - 1; n <= 8 * lanes + 1; n += lanes / 2 + 1) {
        int k = 1 + (m + n) % 7;
        Layout layoutB = m % 2 == 0 ? Layout.ROWS : Layout.ROWS_APART;
        check(FAR, m, n, k, layoutA, layoutB, Layout.ROWS_APART, Start.OVERWRITE, 1);
        check(FAR, m, n, k, layoutA, layoutB, Layout.ROWS, Start.ACCUMULATE, 1);
      }
    }
  }

  /** Lanes along the other direction: C stored by columns, the operands change places. */
  @ParameterizedTest
  @EnumSource(Layout.class)
  void everyShapeUpToTwoTilesByColumns(Layout layoutA) {
    int nMost = 2 * TINY.tileRows() + 1;
    int mMost = 2 * TINY.tileColumns() + 1;
    for (int m = 0; m <= mMost; m++) {
      for (int n = 0; n <= nMost; n++) {
        for (int k = 0; k <= 7; k += 1 + k % 2) {
          Layout layoutB = LAYOUTS.get((m + n + k) % LAYOUTS.size());
          check(TINY, m, n, k, layoutA, layoutB, Layout.COLUMNS_APART, Start.ACCUMULATE, 1);
          check(TINY, m, n, k, layoutA, layoutB, Layout.COLUMNS, Start.OVERWRITE, -0.75f);
        }
      }
    }
  }

  static Stream<int[]> largerShapes() {
    int[] sizes = {1, 10, 17, 31, 64, 257, 266};
    return Arrays.stream(sizes)
        .boxed()
        .flatMap(
            m ->
                Arrays.stream(sizes)
                    .boxed()
                    .flatMap(n -> Arrays.stream(sizes).mapToObj(k -> new int[] {m, n, k})));
  }

  @ParameterizedTest
  @MethodSource("largerShapes")
  void largerShapes(int[] mnk) {
    int m = mnk[0];
    int n = mnk[1];
    int k = mnk[2];
    for (Layout layoutC : new Layout[] {Layout.ROWS_APART, Layout.COLUMNS_APART}) {
      for (Start start : Start.values()) {
        Layout layoutA = LAYOUTS.get(random.nextInt(LAYOUTS.size()));
        Layout layoutB = LAYOUTS.get(random.nextInt(LAYOUTS.size()));
        float alpha = random.nextBoolean() ? 1 : random.nextFloat();
        check(SIMD, m, n, k, layoutA, layoutB, layoutC, start, alpha);
        check(TINY, m, n, k, layoutA, layoutB, layoutC, start, alpha);
        check(PANELS, m, n, k, layoutA, layoutB, layoutC, start, alpha);
        check(ON_THE_WAY, m, n, k, layoutA, layoutB, layoutC, start, alpha);
      }
    }
  }

  /** Every pairing of layouts, at sizes that are no multiple of anything. */
  @ParameterizedTest
  @EnumSource(Layout.class)
  void everyPairOfLayouts(Layout layoutA) {
    for (Layout layoutB : Layout.values()) {
      for (Start start : Start.values()) {
        check(SIMD, 61, 149, 83, layoutA, layoutB, Layout.ROWS, start, 1);
        check(SIMD, 61, 149, 83, layoutA, layoutB, Layout.COLUMNS, start, 1.1f);
        check(SIMD, 1, 149, 83, layoutA, layoutB, Layout.ROWS_APART, start, 1);
        check(PANELS, 61, 149, 83, layoutA, layoutB, Layout.ROWS_APART, start, 1);
        check(ON_THE_WAY, 61, 149, 83, layoutA, layoutB, Layout.ROWS_APART, start, 1);
        check(SIMD, 149, 1, 83, layoutA, layoutB, Layout.ROWS_APART, start, 1);
      }
    }
  }

  /** Blocks as they are, sizes that exceed each of them. */
  @Test
  void beyondTheCacheBlocks() {
    check(SIMD, 5, 2500, 700, Layout.ROWS, Layout.ROWS, Layout.ROWS, Start.OVERWRITE, 1);
    check(SIMD, 450, 70, 1030, Layout.COLUMNS, Layout.COLUMNS, Layout.ROWS, Start.OVERWRITE, 1);
    check(SIMD, 450, 70, 600, Layout.ROWS, Layout.COLUMNS, Layout.COLUMNS, Start.ACCUMULATE, 2);
    check(SIMD, 130, 1100, 520, Layout.ROWS, Layout.COLUMNS, Layout.ROWS, Start.OVERWRITE, -1);
    check(SIMD, 256, 1024, 256, Layout.ROWS, Layout.ROWS, Layout.ROWS, Start.ACCUMULATE, 1);
    check(SIMD, 50, 1100, 410, Layout.ROWS, Layout.ROWS, Layout.ROWS, Start.ROW_BIAS, 1);
    check(SIMD, 258, 700, 390, Layout.ROWS, Layout.ROWS_APART, Layout.ROWS, Start.ACCUMULATE, 1);
    check(SIMD, 1105, 1110, 20, Layout.COLUMNS, Layout.ROWS, Layout.ROWS, Start.COLUMN_BIAS, 1);
  }

  /**
   * A single row against columns of B, and C no wider than a vector of any width, beyond one block
   * of k.
   */
  @Test
  void fewRowsAndNarrowColumns() {
    for (Start start : Start.values()) {
      check(SIMD, 1, 90, 1003, Layout.ROWS, Layout.COLUMNS, Layout.ROWS, start, 1);
      check(SIMD, 90, 1, 1003, Layout.ROWS, Layout.ROWS, Layout.ROWS_APART, start, 1);
      for (int n : new int[] {2, 3, 4, 7, 8, 13, 16}) {
        check(SIMD, 150, n, 500, Layout.COLUMNS, Layout.ROWS, Layout.ROWS_APART, start, 1);
        check(SIMD, 150, n, 500, Layout.COLUMNS, Layout.COLUMNS, Layout.ROWS, start, 1.5f);
        check(SIMD, 150, n, 500, Layout.ROWS, Layout.COLUMNS, Layout.ROWS_APART, start, 1);
      }
    }
  }

  /** A vector C, from one element to more than two vectors, beyond a block of k. */
  @ParameterizedTest
  @EnumSource(Layout.class)
  void aSingleRowOrColumn(Layout layoutA) {
    int vl = SIMD.tileColumns() / 2;
    for (Layout layoutB : Layout.values()) {
      for (int m = 1; m <= 2 * vl + 1; m++) {
        Start start = Start.values()[m % Start.values().length];
        int k = m % 2 == 0 ? 40 : 803;
        Operand a = new Operand(m, k, layoutA).random(random);
        Operand x = new Operand(k, 1, 1).random(random); // to the array's end
        check(SIMD, a, x, new Operand(m, 1, 1).random(random), start, 1);
        for (Layout layoutC : LAYOUTS.subList(0, 4)) { // all but the scattered one
          check(SIMD, m, 1, k, layoutA, layoutB, layoutC, start, 1);
          check(SIMD, 1, m, k, layoutB, layoutA, layoutC, start, 1);
          check(PANELS, m, 1, k, layoutA, layoutB, layoutC, start, 0.3f);
          check(TINY, 1, m, 40, layoutB, layoutA, layoutC, start, 0.3f);
        }
      }
    }
  }

  /**
   * Whole panels and one to four columns more, down to few rows and beyond a block of k and of m.
   */
  @ParameterizedTest
  @EnumSource(Layout.class)
  void aFewColumnsBesidePanels(Layout layoutA) {
    int nr = SIMD.tileColumns();
    for (Layout layoutB : Layout.values()) {
      for (int n : new int[] {nr + 1, 2 * nr + 1, 3 * nr + 4}) {
        for (int m : new int[] {nr - 1, nr, nr + 1, 2 * nr + 3, 300, 520}) {
          int k = m == 300 ? 805 : 15 + random.nextInt(30);
          for (Start start : Start.values()) {
            check(SIMD, m, n, k, layoutA, layoutB, Layout.ROWS_APART, start, 1);
          }
          check(SIMD, m, n, k, layoutA, layoutB, Layout.ROWS, Start.ACCUMULATE, -1.5f);
          check(SIMD, n, m, k, layoutA, layoutB, Layout.COLUMNS, Start.ACCUMULATE, 1.5f);
          check(SIMD, n, m, k, layoutA, layoutB, Layout.COLUMNS_APART, Start.OVERWRITE, 1);
        }
      }
    }
  }

  /**
   * Few rows beside a B in place, and a C one tile wide: tiles of 8 or 6 rows, of fewer, one and
   * more of them and what they leave over, as wide as one vector, two, three, four and anything
   * between; A by rows and by columns; chains of no step, of few, and more than one.
   */
  @Test
  void fewRowsInPlace() {
    int vl = SIMD.tileColumns() / 2;
    int[] columns = {
      2 * vl + 2, 3 * vl - 1, 3 * vl, 5 * vl, 6 * vl + 3, 7 * vl, 7 * vl + 5, 9 * vl, 13 * vl + 1
    };
    for (int n : columns) {
      for (int m : new int[] {4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 30, 48, 61, 64}) {
        int k = m == 7 || m == 16 ? 805 : (m + n) % 5 * 9;
        for (Start start : Start.values()) {
          check(SIMD, m, n, k, Layout.ROWS, Layout.ROWS_APART, Layout.ROWS, start, 1);
          check(TINY, m, n, k, Layout.ROWS_APART, Layout.ROWS, Layout.ROWS_APART, start, 1);
          check(SIMD, n, m, k, Layout.COLUMNS, Layout.COLUMNS_APART, Layout.COLUMNS, start, 1);
          check(SIMD, m, n, k, Layout.COLUMNS_APART, Layout.ROWS, Layout.ROWS_APART, start, 1);
        }
      }
    }
  }

  /**
   * Small products, that one kernel does, and those that are just too large for it; with lines of B
   * and C to the array's end, which masks have to leave alone, and with others behind them.
   */
  @ParameterizedTest
  @EnumSource(Layout.class)
  void everySmallProduct(Layout layoutA) {
    int vl = SIMD.tileColumns() / 2;
    int most = SIMD.thresholds().packedRows(1);
    for (int m = 1; m <= most; m++) {
      for (int n = 1; n <= vl; n++) {
        for (int k : new int[] {1, 2, 7, 16, SIMD.thresholds().smallSteps()}) {
          Start start = Start.values()[(m + k) % Start.values().length];
          Operand a = new Operand(m, k, layoutA).random(random);
          Operand b = new Operand(k, n, n).random(random);
          check(SIMD, a, b, new Operand(m, n, n).random(random), start, 1);
          check(SIMD, a, b, new Operand(m, n, Layout.ROWS_APART), Start.ACCUMULATE, 1);
          check(SIMD, m, n, k + 1, layoutA, Layout.ROWS_APART, Layout.ROWS, start, 1);
          check(SIMD, n, m, k - 1, Layout.COLUMNS, layoutA, Layout.COLUMNS_APART, start, 1);
        }
      }
    }
  }

  /** Rows of B a vector or a panel apart are in a micropanel as they are, to the array's end. */
  @ParameterizedTest
  @EnumSource(Layout.class)
  void aMicropanelAsItIs(Layout layoutA) {
    int nr = SIMD.tileColumns();
    int vl = nr / 2;
    for (int n : new int[] {1, (vl + 1) / 2, vl - 1, vl, nr}) {
      for (int m = 1; m <= 2 * SIMD.tileRows() + 2; m++) {
        for (int k : new int[] {1, 2, vl + 3, 405}) {
          Operand a = new Operand(m, k, layoutA).random(random);
          Operand b = new Operand(k, n, n < nr ? vl : nr).random(random);
          Operand c = new Operand(m, n, Layout.ROWS_APART).random(random);
          Start start = Start.values()[(m + n + k) % Start.values().length];
          check(SIMD, a, b, c, start, 1);
          check(PANELS, a, b, c, start, 1.5f);
        }
      }
    }
  }

  /** NaN, infinities, zeros of both signs and subnormals go their way through every chain. */
  @Test
  void specialNumbers() {
    float[] special = {
      0f,
      -0f,
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.MIN_VALUE,
      -Float.MIN_NORMAL,
      Float.MAX_VALUE,
      1
    };
    for (int round = 0; round < 300; round++) {
      int m = random.nextInt(1, 9);
      int n = random.nextInt(1, 70);
      int k = random.nextInt(1, 6);
      Operand a = new Operand(m, k, Layout.ROWS);
      Operand b = new Operand(k, n, round % 2 == 0 ? Layout.ROWS : Layout.COLUMNS);
      for (int p = 0; p < k; p++) {
        for (int i = 0; i < m; i++) {
          a.set(i, p, special[random.nextInt(special.length)]);
        }
        for (int j = 0; j < n; j++) {
          b.set(p, j, special[random.nextInt(special.length)]);
        }
      }
      check(TINY, a, b, new Operand(m, n, Layout.ROWS), Start.OVERWRITE, 1);
      check(SIMD, a, b, new Operand(m, n, Layout.ROWS), Start.OVERWRITE, 1);
    }
  }

  /** Without room for packing, temporary arrays take its place; the bits stay. */
  @Test
  void scratchTooShort() {
    Operand a = new Operand(40, 50, Layout.ROWS).random(random);
    Operand b = new Operand(50, 90, Layout.COLUMNS).random(random);
    Operand expected = new Operand(40, 90, Layout.ROWS);
    Operand actual = expected.copy();
    product(SCALAR, a, b, expected, Start.OVERWRITE, 1, new float[0]);
    product(SIMD, a, b, actual, Start.OVERWRITE, 1, new float[0]);
    assertThat(actual.sameBits(expected)).isTrue();
  }

  /** What is left in the scratch by others has no influence. */
  @Test
  void scratchFullOfNaN() {
    float[] scratch = new float[SIMD.maxScratch()];
    for (int n = 1; n < 70; n++) {
      Arrays.fill(scratch, Float.NaN);
      Operand a = new Operand(9, 11, Layout.ROWS).random(random);
      Operand b = new Operand(11, n, Layout.COLUMNS_APART).random(random);
      Operand expected = new Operand(9, n, Layout.ROWS);
      Operand actual = expected.copy();
      product(SCALAR, a, b, expected, Start.OVERWRITE, 1, scratch);
      product(SIMD, a, b, actual, Start.OVERWRITE, 1, scratch);
      assertThat(actual.sameBits(expected)).as("n = %d", n).isTrue();
    }
  }

  // spotless:off
  private void check(
      Kernels simd, int m, int n, int k, Layout layoutA, Layout layoutB, Layout layoutC,
      Start start, float alpha) {
    Operand a = new Operand(m, k, layoutA).random(random);
    Operand b = new Operand(k, n, layoutB).random(random);
    Operand c = new Operand(m, n, layoutC);
    if (start == Start.ACCUMULATE) {
      c.random(random);
    }
    check(simd, a, b, c, start, alpha);
  }

  private void check(Kernels simd, Operand a, Operand b, Operand c, Start start, float alpha) {
    Operand aBefore = a.copy();
    Operand bBefore = b.copy();
    Operand expected = c.copy();
    Operand actual = c.copy();
    product(SCALAR, a, b, expected, start, alpha, new float[0]);
    product(simd, a, b, actual, start, alpha, new float[simd.maxScratch()]);
    if (!actual.sameBits(expected)
        || !actual.canariesAlive()
        || !a.sameBits(aBefore)
        || !b.sameBits(bBefore)) {
      throw new AssertionError(
          String.format(
              "%d×%d×%d, strides of A %d %d, B %d %d, C %d %d, %s, alpha %s: bits %s, canaries %s",
              a.rows(), b.columns(), a.columns(), a.rowStride, a.columnStride, b.rowStride,
              b.columnStride, c.rowStride, c.columnStride, start, alpha,
              actual.sameBits(expected), actual.canariesAlive()));
    }
  }

  private static void product(
      Kernels kernels, Operand a, Operand b, Operand c, Start start, float alpha, float[] scratch) {
    int m = a.rows();
    int n = b.columns();
    float[] bias = new float[Math.max(1, Math.max(m, n))];
    for (int i = 0; i < bias.length; i++) {
      bias[i] = start == Start.OVERWRITE ? 0 : 1f / (i + 3);
    }
    boolean accumulate = start == Start.ACCUMULATE;
    kernels.gemm(
        m, n, a.columns(), alpha,
        a.array, a.offset, a.rowStride, a.columnStride,
        b.array, b.offset, b.rowStride, b.columnStride,
        accumulate ? c.array : bias, accumulate ? c.offset : 0,
        accumulate ? c.rowStride : start == Start.COLUMN_BIAS ? 1 : 0,
        accumulate ? c.columnStride : start == Start.ROW_BIAS ? 1 : 0,
        c.array, c.offset, c.rowStride, c.columnStride, scratch);
  }
  // spotless:on
}
