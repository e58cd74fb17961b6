package io.github.lanewise;

import java.lang.foreign.MemorySegment;
import java.nio.FloatBuffer;
import java.util.Locale;
import java.util.Objects;

/**
 * Refusals of bad input. Each names the argument and what was expected, before anything is written.
 * (Long by the kinds of input.)
 */
final class Check {
  private Check() {}

  static int atLeast(String name, int value, int least) {
    if (value < least) {
      throw illegal("%s is %d, must be at least %d", name, value, least);
    }
    return value;
  }

  /** A number in [least, below). */
  static float inRange(String name, float value, float least, float below) {
    if (!(value >= least && value < below)) {
      throw illegal("%s is %s, must be a number from %s to below %s", name, value, least, below);
    }
    return value;
  }

  /** The complaint is built only where it is thrown: a check costs no allocation. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
  static IllegalArgumentException illegal(String format, Object... arguments) {
    return new IllegalArgumentException(String.format(Locale.ROOT, format, arguments));
  }

  /** That an optimizer made for this many parameters got as many, and a gradient for each. */
  static void step(int size, float[] parameters, float[] gradients) {
    separate(parameters, gradients);
    if (parameters.length != size || gradients.length != size) {
      throw illegal(
          "parameters is float[%d] and gradients float[%d], both must be float[%d]",
          parameters.length, gradients.length, size);
    }
  }

  /** The same, for some of the parameters. */
  static void update(
      int size,
      float[] parameters,
      int parametersOffset,
      int count,
      float[] gradients,
      int gradientsOffset) {
    separate(parameters, gradients);
    if (parameters.length != size) {
      throw illegal("parameters is float[%d], must be float[%d]", parameters.length, size);
    }
    atLeast("count", count, 0);
    fits("parameters", parameters, parametersOffset, count, 1, 1, count);
    fits("gradients", gradients, gradientsOffset, count, 1, 1, count);
  }

  private static void separate(float[] parameters, float[] gradients) {
    Objects.requireNonNull(parameters, "parameters");
    Objects.requireNonNull(gradients, "gradients");
    if (parameters == gradients) {
      throw illegal("parameters and gradients are the same array");
    }
  }

  /** That the state of an optimizer has the length that it has here. */
  static void state(float[] state, int length) {
    Objects.requireNonNull(state, "state");
    if (state.length != length) {
      throw illegal("state is float[%d], must be float[%d]", state.length, length);
    }
  }

  // spotless:off
  /** That all elements of a rows×columns matrix with these strides lie inside the array. */
  static void fits(
      String name, float[] array, int offset,
      int rows, int columns, int rowStride, int columnStride) {
    Objects.requireNonNull(array, name);
    fits(
        name, "float[%d]", array.length, offset, 1, rows, columns, rowStride, columnStride);
  }

  /** That features×batch floats without gaps lie inside the segment from this byte on. */
  static void fits(String name, MemorySegment segment, long offset, int features, int batch) {
    Objects.requireNonNull(segment, name);
    fits(
        name, "a segment of %d bytes", segment.byteSize(), offset, Float.BYTES,
        features, batch, 1, features);
  }

  /** That features×batch floats without gaps lie below the buffer's limit from this index on. */
  static void fits(String name, FloatBuffer buffer, int offset, int features, int batch) {
    Objects.requireNonNull(buffer, name);
    fits(
        name, "a buffer with limit %d", buffer.limit(), offset, 1, features, batch, 1, features);
  }

  /** For all of them; the offset's argument is called after what it leads into, as inOffset is. */
  private static void fits(
      String name, String what, long size, long offset, int unit,
      int rows, int columns, int rowStride, int columnStride) {
    if (offset < 0) {
      throw illegal("%sOffset is %d, must be at least 0", name, offset);
    }
    long needed = 0;
    if (rows > 0 && columns > 0) {
      needed = unit * ((rows - 1L) * rowStride + (columns - 1L) * columnStride + 1);
    }
    if (offset > size - needed) {
      throw illegal(
          "%s is " + what + ", too short for %d×%d with strides %d and %d: takes %d from offset %d",
          name, size, rows, columns, rowStride, columnStride, needed, offset);
    }
  }
  // spotless:on

  /** That what takes the answers may be written. */
  static void writable(String name, boolean readOnly, int features, int batch) {
    if (readOnly) {
      throw illegal("%s is read-only, must take %d×%d", name, features, batch);
    }
  }

  /** That a matrix has the shape that follows from another argument's. */
  static void shape(
      String name, FloatMatrix matrix, int rows, int columns, String fromName, FloatMatrix from) {
    Objects.requireNonNull(matrix, name);
    if (matrix.rows() != rows || matrix.columns() != columns) {
      throw illegal(
          "%s is %s, must be %d×%d for %s %s",
          name, matrix.shape(), rows, columns, fromName, from.shape());
    }
  }

  /** That the columns are contiguous: the features of one example side by side. */
  static void contiguousColumns(String name, FloatMatrix matrix) {
    if (matrix.rowStride() != 1 && matrix.rows() > 1) {
      throw illegal(
          "%s is %s with row stride %d, must be stored column by column (row stride 1)",
          name, matrix.shape(), matrix.rowStride());
    }
  }

  /** That the columns of a matrix that is written are contiguous and share no place. */
  static void writableColumns(String name, FloatMatrix matrix) {
    contiguousColumns(name, matrix);
    distinct(name, matrix);
  }

  /** That the columns are contiguous and follow one another without a gap. */
  static void contiguous(String name, FloatMatrix matrix) {
    contiguousColumns(name, matrix);
    if (matrix.columnStride() != matrix.rows() && matrix.columns() > 1) {
      throw illegal(
          "%s is %s with column stride %d, must have no gaps between its columns",
          name, matrix.shape(), matrix.columnStride());
    }
  }

  /** That one stride is 1 and no two elements of a matrix that is written share a place. */
  static void writable(String name, FloatMatrix matrix) {
    if (matrix.rowStride() != 1 && matrix.columnStride() != 1) {
      throw illegal(
          "%s is %s with strides %d and %d, one of which must be 1",
          name, matrix.shape(), matrix.rowStride(), matrix.columnStride());
    }
    distinct(name, matrix);
  }

  private static void distinct(String name, FloatMatrix x) {
    boolean rowsApart = x.rows() <= 1 || x.rowStride() >= x.columns() * (long) x.columnStride();
    boolean columnsApart = x.columns() <= 1 || x.columnStride() >= x.rows() * (long) x.rowStride();
    if (!rowsApart && !columnsApart) {
      throw illegal(
          "%s is %s with strides %d and %d: elements share places",
          name, x.shape(), x.rowStride(), x.columnStride());
    }
  }

  // spotless:off
  /** That no element of the written matrix is an element of the other. */
  static void noOverlap(String name, FloatMatrix written, String otherName, FloatMatrix other) {
    noOverlap(
        name, written.array(), written.offset(), written.rows(), written.columns(),
        written.rowStride(), written.columnStride(),
        otherName, other.array(), other.offset(), other.rows(), other.columns(),
        other.rowStride(), other.columnStride());
  }

  /** The same of matrices that are no objects. */
  static void noOverlap(
      String name, float[] written, int off, int rows, int columns, int rs, int cs,
      String otherName, float[] other, int otherOff, int otherRows, int otherColumns, int otherRs, int otherCs) {
    if (written == other
        && overlap(off, rows, columns, rs, cs, otherOff, otherRows, otherColumns, otherRs, otherCs)) {
      throw illegal(
          "%s %d×%d overlaps %s %d×%d", name, rows, columns, otherName, otherRows, otherColumns);
    }
  }
  // spotless:on

  /** That the written matrix is the other one itself, or overlaps it nowhere. */
  static void sameOrApart(String name, FloatMatrix written, String otherName, FloatMatrix other) {
    boolean same =
        written.array() == other.array()
            && written.offset() == other.offset()
            && (written.columns() <= 1 || written.columnStride() == other.columnStride());
    if (!same) {
      noOverlap(name, written, otherName, other);
    }
  }

  /** That two runs of floats do not overlap. */
  // spotless:off
  static void apart(
      String name, float[] written, int off, long length,
      String otherName, float[] other, int otherOff, long otherLength) {
    // spotless:on
    if (written == other && off < otherOff + otherLength && otherOff < off + length) {
      throw illegal(
          "%s [%d, %d) overlaps %s [%d, %d)",
          name, off, off + length, otherName, otherOff, otherOff + otherLength);
    }
  }

  // spotless:off
  /**
   * Exact for two matrices x and y with the same leading stride beside a stride of 1 (blocks of one matrix or of its
   * transpose); for other pairs it says that they overlap whenever their spans do.
   */
  private static boolean overlap(
      int xOff, int xRows, int xColumns, int xRs, int xCs,
      int yOff, int yRows, int yColumns, int yRs, int yCs) {
    if (xRows == 0 || xColumns == 0 || yRows == 0 || yColumns == 0) {
      return false;
    }
    int xLast = xOff + (xRows - 1) * xRs + (xColumns - 1) * xCs;
    int yLast = yOff + (yRows - 1) * yRs + (yColumns - 1) * yCs;
    if (xOff > yLast || yOff > xLast) {
      return false;
    }
    int ld = Math.max(xRs, xCs);
    boolean blocks = Math.min(xRs, xCs) == 1 && Math.min(yRs, yCs) == 1 && ld == Math.max(yRs, yCs);
    boolean byRowsX = xRs > xCs;
    boolean byRowsY = yRs > yCs;
    return !blocks
        || blocksOverlap(
            ld, yOff - xOff,
            byRowsX ? xRows : xColumns, byRowsX ? xColumns : xRows,
            byRowsY ? yRows : yColumns, byRowsY ? yColumns : yRows);
  }

  /**
   * Two blocks of runs, rows of one or columns of another, this far apart in an array of lines of ld floats: do any two
   * of their elements coincide?
   */
  private static boolean blocksOverlap(
      int ld, int distance, int runsX, int lengthX, int runsY, int lengthY) {
    if (lengthX > ld || lengthY > ld) {
      return true;
    }
    int lines = Math.floorDiv(distance, ld);
    int shift = Math.floorMod(distance, ld);
    return (shift < lengthX && linesMeet(lines, runsX, runsY))
        || (ld - shift < lengthY && linesMeet(lines + 1, runsX, runsY));
  }
  // spotless:on

  private static boolean linesMeet(int lines, int runsX, int runsY) {
    return -runsY < lines && lines < runsX;
  }
}
