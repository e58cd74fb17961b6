package io.github.lanewise.kernels;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A matrix in an array that is otherwise full of canaries: before it, behind it and between its
 * lines stands a NaN with a pattern of its own, so a stray read spoils a result and a stray write
 * is seen.
 */
final class Operand {
  private static final int CANARY = 0x7fc0_beef;
  private static final int MARGIN = 37;

  final float[] array;
  final int offset;
  final int rowStride;
  final int columnStride;
  private final int rowCount;
  private final int columnCount;

  /** Layouts of a matrix: which stride is 1, and how far the lines are apart. */
  enum Layout {
    ROWS,
    COLUMNS,
    ROWS_APART,
    COLUMNS_APART,
    SCATTERED
  }

  Operand(int rows, int columns, Layout layout) {
    this.rowCount = rows;
    this.columnCount = columns;
    switch (layout) {
      case ROWS -> {
        rowStride = Math.max(1, columns);
        columnStride = 1;
      }
      case COLUMNS -> {
        rowStride = 1;
        columnStride = Math.max(1, rows);
      }
      case ROWS_APART -> {
        rowStride = prime(columns + 1);
        columnStride = 1;
      }
      case COLUMNS_APART -> {
        rowStride = 1;
        columnStride = prime(rows + 1);
      }
      default -> {
        rowStride = 3;
        columnStride = prime(3 * rows + 1);
      }
    }
    offset = MARGIN;
    int last = Math.max(0, (rows - 1) * rowStride) + Math.max(0, (columns - 1) * columnStride);
    array = new float[MARGIN + last + 1 + MARGIN];
    Arrays.fill(array, Float.intBitsToFloat(CANARY));
  }

  /** Contiguous rows so far apart, and nothing behind the last element. */
  Operand(int rows, int columns, int rowStride) {
    rowCount = rows;
    columnCount = columns;
    this.rowStride = rowStride;
    columnStride = 1;
    offset = MARGIN;
    array = new float[MARGIN + (rows - 1) * rowStride + columns];
    Arrays.fill(array, Float.intBitsToFloat(CANARY));
  }

  /** The same array a second time. */
  private Operand(Operand other) {
    rowCount = other.rowCount;
    columnCount = other.columnCount;
    rowStride = other.rowStride;
    columnStride = other.columnStride;
    offset = other.offset;
    array = other.array.clone();
  }

  /** Numbers in [-1, 1). */
  Operand random(SplittableRandom random) {
    for (int i = 0; i < rowCount; i++) {
      for (int j = 0; j < columnCount; j++) {
        array[index(i, j)] = random.nextFloat() * 2 - 1;
      }
    }
    return this;
  }

  int rows() {
    return rowCount;
  }

  int columns() {
    return columnCount;
  }

  Operand copy() {
    return new Operand(this);
  }

  float get(int i, int j) {
    return array[index(i, j)];
  }

  void set(int i, int j, float value) {
    array[index(i, j)] = value;
  }

  /** Whether all bits of both arrays are equal, canaries included; any NaN equals any other. */
  boolean sameBits(Operand other) {
    for (int x = 0; x < array.length; x++) {
      if (Float.floatToIntBits(array[x]) != Float.floatToIntBits(other.array[x])) {
        return false;
      }
    }
    return true;
  }

  /** Whether nothing but elements of the matrix was written. */
  boolean canariesAlive() {
    float[] copy = array.clone();
    for (int i = 0; i < rowCount; i++) {
      for (int j = 0; j < columnCount; j++) {
        copy[index(i, j)] = Float.intBitsToFloat(CANARY);
      }
    }
    for (float x : copy) {
      if (Float.floatToRawIntBits(x) != CANARY) {
        return false;
      }
    }
    return true;
  }

  private int index(int i, int j) {
    return offset + i * rowStride + j * columnStride;
  }

  private static int prime(int least) {
    int p = Math.max(2, least);
    while (!isPrime(p)) {
      p++;
    }
    return p;
  }

  private static boolean isPrime(int p) {
    for (int d = 2; d * d <= p; d++) {
      if (p % d == 0) {
        return false;
      }
    }
    return true;
  }
}
