package io.github.lanewise;

import java.util.Objects;

/**
 * An immutable view of a float array as a matrix: element (i, j) is {@code array[offset +
 * i*rowStride + j*columnStride]}. The view shares the array; {@link #transpose()} and {@link
 * #subMatrix} copy nothing.
 *
 * @param array the storage, shared with whoever made the view
 * @param offset index of element (0, 0)
 * @param rows number of rows, 0 or more
 * @param columns number of columns, 0 or more
 * @param rowStride distance between (i, j) and (i+1, j) in floats, 1 or more
 * @param columnStride distance between (i, j) and (i, j+1) in floats, 1 or more
 */
@SuppressWarnings("ArrayRecordComponent") // a view shares its array on purpose
public record FloatMatrix(
    float[] array, int offset, int rows, int columns, int rowStride, int columnStride) {

  /**
   * Checks that every element lies inside the array.
   *
   * @throws NullPointerException if the array is null
   * @throws IllegalArgumentException if a size is negative, a stride below 1, or an element out of
   *     bounds
   */
  public FloatMatrix {
    Objects.requireNonNull(array, "array");
    Check.atLeast("rows", rows, 0);
    Check.atLeast("columns", columns, 0);
    Check.atLeast("offset", offset, 0);
    Check.atLeast("rowStride", rowStride, 1);
    Check.atLeast("columnStride", columnStride, 1);
    Check.fits("array", array, offset, rows, columns, rowStride, columnStride);
  }

  /**
   * A matrix whose rows are contiguous and follow one another from the array's start.
   *
   * @param array the storage
   * @param rows number of rows
   * @param columns number of columns
   * @return the view
   */
  public static FloatMatrix rowMajor(float[] array, int rows, int columns) {
    return rowMajor(array, 0, rows, columns, Math.max(1, columns));
  }

  /**
   * A matrix whose rows are contiguous.
   *
   * @param array the storage
   * @param offset index of element (0, 0)
   * @param rows number of rows
   * @param columns number of columns
   * @param leadingDimension distance between the starts of two rows, at least 1 and {@code columns}
   * @return the view
   */
  public static FloatMatrix rowMajor(
      float[] array, int offset, int rows, int columns, int leadingDimension) {
    Check.atLeast("leadingDimension", leadingDimension, Math.max(1, columns));
    return new FloatMatrix(array, offset, rows, columns, leadingDimension, 1);
  }

  /**
   * A matrix whose columns are contiguous and follow one another from the array's start.
   *
   * @param array the storage
   * @param rows number of rows
   * @param columns number of columns
   * @return the view
   */
  public static FloatMatrix columnMajor(float[] array, int rows, int columns) {
    return columnMajor(array, 0, rows, columns, Math.max(1, rows));
  }

  /**
   * A matrix whose columns are contiguous.
   *
   * @param array the storage
   * @param offset index of element (0, 0)
   * @param rows number of rows
   * @param columns number of columns
   * @param leadingDimension distance between the starts of two columns, at least 1 and {@code rows}
   * @return the view
   */
  public static FloatMatrix columnMajor(
      float[] array, int offset, int rows, int columns, int leadingDimension) {
    Check.atLeast("leadingDimension", leadingDimension, Math.max(1, rows));
    return new FloatMatrix(array, offset, rows, columns, 1, leadingDimension);
  }

  /** {@return the transpose, a view of the same elements with rows and columns exchanged} */
  public FloatMatrix transpose() {
    return new FloatMatrix(array, offset, columns, rows, columnStride, rowStride);
  }

  /**
   * A block of this matrix.
   *
   * @param row row of the block's first element
   * @param column column of the block's first element
   * @param rows rows of the block
   * @param columns columns of the block
   * @return the view
   * @throws IndexOutOfBoundsException if the block leaves this matrix
   */
  public FloatMatrix subMatrix(int row, int column, int rows, int columns) {
    Objects.checkFromIndexSize(row, rows, this.rows);
    Objects.checkFromIndexSize(column, columns, this.columns);
    int start = rows == 0 || columns == 0 ? offset : index(row, column);
    return new FloatMatrix(array, start, rows, columns, rowStride, columnStride);
  }

  /**
   * A single element.
   *
   * @param row from 0
   * @param column from 0
   * @return element (row, column)
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public float get(int row, int column) {
    Objects.checkIndex(row, rows);
    Objects.checkIndex(column, columns);
    return array[index(row, column)];
  }

  /** The shape, as errors print it: {@code 3×5}. */
  String shape() {
    return rows + "×" + columns;
  }

  private int index(int row, int column) {
    return offset + row * rowStride + column * columnStride;
  }

  /** Shape and strides; not the elements. */
  @Override
  public String toString() {
    return "FloatMatrix["
        + shape()
        + ", strides "
        + rowStride
        + " and "
        + columnStride
        + ", offset "
        + offset
        + " in float["
        + array.length
        + "]]";
  }
}
