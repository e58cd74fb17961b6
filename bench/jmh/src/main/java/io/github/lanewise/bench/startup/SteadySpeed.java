package io.github.lanewise.bench.startup;

import java.util.Arrays;

/**
 * From when on calls go at steady speed: the first one that 100 ms follow in which, by the medians
 * of windows, none took more than 1.2 times the median of the last fifth. What disturbs a machine
 * later on does not count.
 *
 * <p>A window is eleven calls or two milliseconds, whichever is more. Eleven calls of 5 µs are over
 * sooner than what a neighbour on the same core does, and 100 ms would be 1,800 windows none of
 * which may meet it.
 */
final class SteadySpeed {
  private static final int WINDOW = 11;
  private static final long WINDOW_NANOS = 2_000_000;
  private static final long CALM_NANOS = 100_000_000;
  private static final double TOLERANCE = 1.2;

  private SteadySpeed() {}

  /** The median of the last fifth of n calls. */
  static double of(long[] times, int n) {
    return median(times, n - n / 5 - 1, n);
  }

  /**
   * The index of the first call at steady speed, of one of the last calls if there is none.
   *
   * @param ends when each of n calls ended
   * @param times how long each took
   */
  static int from(long[] ends, long[] times, int n, double steady) {
    int since = 0;
    int end;
    for (int i = 0; ends[i] < ends[since] + CALM_NANOS; i = end) {
      end = window(ends, times, n, i);
      if (end == n) {
        break; // what is left may be too short for a window
      }
      if (median(times, i, end) > TOLERANCE * steady) {
        since = end;
      }
    }
    return since;
  }

  /** Where the window that begins at a call ends. */
  private static int window(long[] ends, long[] times, int n, int from) {
    long begin = ends[from] - times[from];
    int end = Math.min(from + WINDOW, n);
    while (end < n && ends[end - 1] < begin + WINDOW_NANOS) {
      end++;
    }
    return end;
  }

  private static double median(long[] times, int from, int to) {
    long[] sorted = Arrays.copyOfRange(times, from, to);
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
