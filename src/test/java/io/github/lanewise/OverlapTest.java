package io.github.lanewise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which views overlap, against enumeration of their elements over all small pairs. The places of a
 * view are the bits of a long.
 */
class OverlapTest {
  private static final float[] ARRAY = new float[Long.SIZE];

  private record View(FloatMatrix matrix, long places) {}

  /** Blocks of one matrix and of its transpose: refused if and only if they share an element. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void isExactForBlocksOfOneMatrix(int leadingDimension) {
    List<View> views = new ArrayList<>();
    for (int offset = 0; offset <= 2 * leadingDimension + 1; offset++) {
      for (int runs = 0; runs <= 3; runs++) {
        for (int length = 0; length <= leadingDimension; length++) {
          views.add(view(offset, length, runs, 1, leadingDimension));
          views.add(view(offset, runs, length, leadingDimension, 1));
        }
      }
    }
    for (View x : views) {
      for (View y : views) {
        boolean common = (x.places & y.places) != 0;
        if (refused(x, y) != common) {
          fail("%s and %s: common elements %s", x.matrix, y.matrix, common);
        }
      }
    }
    assertThat(views).hasSizeGreaterThan(50);
  }

  /**
   * Of any two views: refused if they have an element in common, allowed if their spans have none.
   */
  @Test
  void isSafeForAnyPair() {
    List<View> views = new ArrayList<>();
    for (int offset = 0; offset <= 5; offset++) {
      for (int rows = 1; rows <= 3; rows++) {
        for (int columns = 1; columns <= 3; columns++) {
          for (int rowStride = 1; rowStride <= 3; rowStride++) {
            for (int columnStride = 1; columnStride <= 3; columnStride++) {
              views.add(view(offset, rows, columns, rowStride, columnStride));
            }
          }
        }
      }
    }
    for (View x : views) {
      for (View y : views) {
        if ((x.places & y.places) != 0) {
          if (!refused(x, y)) {
            fail("%s and %s share elements", x.matrix, y.matrix);
          }
        } else if ((span(x) & span(y)) == 0 && refused(x, y)) {
          fail("%s and %s lie apart", x.matrix, y.matrix);
        }
      }
    }
  }

  /** The same places in two arrays are two places. */
  @Test
  void differentArraysLieApart() {
    FloatMatrix x = FloatMatrix.columnMajor(ARRAY, 4, 5);
    FloatMatrix y = FloatMatrix.columnMajor(new float[20], 4, 5);
    Check.noOverlap("c", x, "a", y);
    Check.apart("out", ARRAY, 0, 20, "in", y.array(), 0, 20);
  }

  @Test
  void isExactForRuns() {
    for (int offset = 0; offset <= 4; offset++) {
      for (int length = 0; length <= 4; length++) {
        for (int otherOffset = 0; otherOffset <= 8; otherOffset++) {
          for (int otherLength = 0; otherLength <= 4; otherLength++) {
            boolean common = (run(offset, length) & run(otherOffset, otherLength)) != 0;
            // Nothing lies inside an empty run; it may be refused where it lies inside another.
            if (length > 0 && otherLength > 0) {
              assertThat(runsRefused(offset, length, otherOffset, otherLength))
                  .as("[%d, +%d) and [%d, +%d)", offset, length, otherOffset, otherLength)
                  .isEqualTo(common);
            }
          }
        }
      }
    }
  }

  private static View view(int offset, int rows, int columns, int rowStride, int columnStride) {
    long places = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        places |= 1L << (offset + i * rowStride + j * columnStride);
      }
    }
    return new View(new FloatMatrix(ARRAY, offset, rows, columns, rowStride, columnStride), places);
  }

  private static long span(View x) {
    int first = Long.numberOfTrailingZeros(x.places);
    int last = Long.SIZE - 1 - Long.numberOfLeadingZeros(x.places);
    return run(first, last - first + 1);
  }

  private static long run(int offset, int length) {
    return ((1L << length) - 1) << offset;
  }

  private static boolean refused(View x, View y) {
    try {
      Check.noOverlap("c", x.matrix, "a", y.matrix);
      return false;
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  private static boolean runsRefused(int offset, int length, int otherOffset, int otherLength) {
    try {
      Check.apart("out", ARRAY, offset, length, "in", ARRAY, otherOffset, otherLength);
      return false;
    } catch (IllegalArgumentException e) {
      return true;
    }
  }
}
