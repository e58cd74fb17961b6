package io.github.lanewise;

import static io.github.lanewise.Refusal.illegal;
import static io.github.lanewise.Refusal.ofNull;
import static io.github.lanewise.Refusal.thrown;

import java.util.stream.Stream;

/** What a view refuses to be. */
final class MatrixRefusals {
  private MatrixRefusals() {}

  // spotless:off
  static Stream<Refusal> all() {
    String make = "FloatMatrix.new";
    String byRow = "FloatMatrix.rowMajor";
    String byColumn = "FloatMatrix.columnMajor";
    String block = "FloatMatrix.subMatrix";
    String get = "FloatMatrix.get";
    return Stream.of(
        ofNull(make, "array", x -> new FloatMatrix(null, 0, 1, 1, 1, 1)),
        illegal(make, "rows", x -> new FloatMatrix(x.floats(9), 0, -1, 1, 1, 1), "rows", "-1"),
        illegal(make, "columns", x -> new FloatMatrix(x.floats(9), 0, 1, -2, 1, 1), "columns", "-2"),
        illegal(make, "offset", x -> new FloatMatrix(x.floats(9), -3, 1, 1, 1, 1), "offset", "-3"),
        illegal(make, "rowStride", x -> new FloatMatrix(x.floats(9), 0, 1, 1, 0, 1), "rowStride", "0"),
        illegal(make, "negative rowStride", x -> new FloatMatrix(x.floats(9), 4, 2, 1, -1, 1), "rowStride", "-1"),
        illegal(make, "columnStride", x -> new FloatMatrix(x.floats(9), 0, 1, 1, 1, 0), "columnStride", "0"),
        illegal(make, "too short by one", x -> new FloatMatrix(x.floats(9), 1, 3, 3, 1, 3), "array", "float[9]", "3×3", "strides 1 and 3", "9 from offset 1"),
        illegal(make, "empty, beyond the end", x -> new FloatMatrix(x.floats(9), 10, 0, 3, 1, 3), "array", "float[9]", "0×3", "0 from offset 10"),
        illegal(make, "last index beyond int", x -> new FloatMatrix(x.floats(9), 0, 3, 3, 1 << 30, 1 << 30), "array", "float[9]", "3×3"),
        illegal(make, "everything largest", x -> new FloatMatrix(x.floats(9), Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE), "array", "float[9]"),
        ofNull(byRow, "array", x -> FloatMatrix.rowMajor(null, 2, 3)),
        ofNull(byRow, "array", x -> FloatMatrix.rowMajor(null, 0, 2, 3, 3)),
        illegal(byRow, "rows", x -> FloatMatrix.rowMajor(x.floats(9), -1, 3), "rows", "-1"),
        illegal(byRow, "columns", x -> FloatMatrix.rowMajor(x.floats(9), 3, -1), "columns", "-1"),
        illegal(byRow, "too short", x -> FloatMatrix.rowMajor(x.floats(5), 2, 3), "array", "float[5]", "2×3"),
        illegal(byRow, "leadingDimension", x -> FloatMatrix.rowMajor(x.floats(9), 0, 2, 3, 2), "leadingDimension", "2", "3"),
        illegal(byRow, "leadingDimension though there are no columns", x -> FloatMatrix.rowMajor(x.floats(9), 0, 3, 0, 0), "leadingDimension is 0", "1"),
        illegal(byRow, "offset", x -> FloatMatrix.rowMajor(x.floats(9), -1, 2, 3, 3), "offset", "-1"),
        illegal(byRow, "too short from its offset", x -> FloatMatrix.rowMajor(x.floats(9), 4, 2, 3, 3), "array", "float[9]", "6 from offset 4"),
        ofNull(byColumn, "array", x -> FloatMatrix.columnMajor(null, 2, 3)),
        ofNull(byColumn, "array", x -> FloatMatrix.columnMajor(null, 0, 2, 3, 2)),
        illegal(byColumn, "rows", x -> FloatMatrix.columnMajor(x.floats(9), -1, 3), "rows", "-1"),
        illegal(byColumn, "columns", x -> FloatMatrix.columnMajor(x.floats(9), 3, -1), "columns", "-1"),
        illegal(byColumn, "too short", x -> FloatMatrix.columnMajor(x.floats(5), 2, 3), "array", "float[5]", "2×3"),
        illegal(byColumn, "leadingDimension", x -> FloatMatrix.columnMajor(x.floats(9), 0, 3, 2, 2), "leadingDimension", "2", "3"),
        illegal(byColumn, "leadingDimension though there are no rows", x -> FloatMatrix.columnMajor(x.floats(9), 0, 0, 3, 0), "leadingDimension is 0", "1"),
        illegal(byColumn, "offset", x -> FloatMatrix.columnMajor(x.floats(9), -1, 3, 2, 3), "offset", "-1"),
        illegal(byColumn, "too short from its offset", x -> FloatMatrix.columnMajor(x.floats(9), 4, 3, 2, 3), "array", "float[9]", "6 from offset 4"),
        thrown(IndexOutOfBoundsException.class, block, "row before the first", x -> x.matrix(3, 4).subMatrix(-1, 0, 1, 1), "-1"),
        thrown(IndexOutOfBoundsException.class, block, "column before the first", x -> x.matrix(3, 4).subMatrix(0, -1, 1, 1), "-1"),
        thrown(IndexOutOfBoundsException.class, block, "too many rows", x -> x.matrix(3, 4).subMatrix(1, 0, 3, 1), "3"),
        thrown(IndexOutOfBoundsException.class, block, "too many columns", x -> x.matrix(3, 4).subMatrix(0, 1, 3, 4), "4"),
        thrown(IndexOutOfBoundsException.class, block, "negative size", x -> x.matrix(3, 4).subMatrix(0, 0, -1, 4), "-1"),
        thrown(IndexOutOfBoundsException.class, block, "beyond int", x -> x.matrix(3, 4).subMatrix(1, 0, Integer.MAX_VALUE, 4), "3"),
        thrown(IndexOutOfBoundsException.class, get, "row", x -> x.matrix(3, 4).get(3, 0), "3"),
        thrown(IndexOutOfBoundsException.class, get, "negative row", x -> x.matrix(3, 4).get(-1, 2), "-1"),
        // In a matrix stored by columns this index is inside the array.
        thrown(IndexOutOfBoundsException.class, get, "column", x -> x.matrix(3, 4).get(0, 4), "4"),
        thrown(IndexOutOfBoundsException.class, get, "negative column", x -> x.matrix(3, 4).get(1, -1), "-1"));
  }
  // spotless:on
}
