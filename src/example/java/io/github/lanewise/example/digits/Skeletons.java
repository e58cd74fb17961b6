package io.github.lanewise.example.digits;

import java.util.Arrays;

/**
 * The ways to write each digit: points that the pen passes, x to the right from 0 to 60 and y down
 * from 0 to 100. A curve goes through the points; a point written twice is a corner; / lifts the
 * pen.
 */
final class Skeletons {
  private static final String[][] TEXT = {
    {
      "34,2 14,12 4,45 12,84 30,98 50,84 57,50 48,14 28,3",
      "42,8 22,4 6,30 6,70 24,98 46,90 56,60 52,22 38,4 28,8",
    },
    {
      "31,0 30,50 29,100", //
      "12,24 32,2 32,2 31,50 30,100",
      "12,22 32,2 32,2 32,50 32,98 / 8,98 56,98",
    },
    {
      "6,24 16,6 36,2 52,16 48,40 28,68 4,96 4,96 28,95 58,94",
      "8,20 24,3 48,10 50,36 30,70 12,93 4,84 16,78 36,92 58,94",
      "8,14 30,2 52,18 44,46 8,96 8,96 54,98",
    },
    {
      "8,12 28,2 50,14 44,38 24,48 24,48 48,56 54,80 30,99 4,88",
      "8,4 52,4 52,4 26,40 26,40 50,54 52,82 28,99 4,88",
      "8,14 30,2 50,18 38,42 22,47 30,50 50,62 50,86 26,99 4,86",
    },
    {
      "14,2 6,56 6,56 58,54 / 42,14 42,52 40,100",
      "42,0 4,64 4,64 60,64 / 42,0 41,52 40,100",
      "12,4 8,42 18,54 34,54 48,44 / 50,4 47,50 42,100",
    },
    {
      "14,4 10,44 10,44 30,36 52,52 52,80 30,99 4,88 / 14,4 54,3",
      "54,4 16,4 16,4 12,42 12,42 34,38 54,58 48,88 24,99 4,86",
    },
    {
      "46,2 20,22 6,58 10,88 30,99 50,84 48,62 28,54 9,70",
      "34,2 14,34 6,72 22,98 46,90 50,66 32,54 11,68",
    },
    {
      "4,6 54,4 54,4 34,48 22,100",
      "4,6 54,4 54,4 34,48 22,100 / 16,50 48,48",
      "4,18 6,5 6,5 54,4 54,4 32,44 26,100",
    },
    {
      "48,14 30,2 12,12 14,32 32,48 50,66 48,90 28,99 8,88 8,68 28,48 46,32 48,14",
      "30,48 12,36 14,10 32,2 48,14 46,38 30,48 10,62 8,88 30,99 52,88 50,62 30,48",
    },
    {
      "50,20 34,3 12,10 6,34 22,50 42,42 50,20 50,20 48,60 42,100",
      "50,22 32,3 10,14 8,38 26,50 44,40 50,22 50,22 52,60 44,90 26,99 10,90",
    },
  };

  private static final double[][][][] POINTS =
      Arrays.stream(TEXT)
          .map(ways -> Arrays.stream(ways).map(Skeletons::strokes).toArray(double[][][]::new))
          .toArray(double[][][][]::new);

  private Skeletons() {}

  /** The ways to write a digit; each is strokes of points, x and y in turn. */
  static double[][][] of(int digit) {
    return POINTS[digit];
  }

  private static double[][] strokes(String way) {
    return Arrays.stream(way.split(" / ", -1))
        .map(stroke -> stroke.split("[ ,]", -1))
        .map(numbers -> Arrays.stream(numbers).mapToDouble(Double::parseDouble).toArray())
        .toArray(double[][]::new);
  }
}
