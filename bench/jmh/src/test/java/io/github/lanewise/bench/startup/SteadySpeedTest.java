package io.github.lanewise.bench.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Calls one after the other, of made-up times in microseconds. */
class SteadySpeedTest {
  private final long[] times = new long[1_000_000];
  private final long[] ends = new long[times.length];
  private int n;

  private void calls(int count, double micros) {
    for (int i = 0; i < count; i++, n++) {
      times[n] = (long) (1000 * micros);
      ends[n] = (n == 0 ? 0 : ends[n - 1]) + times[n];
    }
  }

  private int from() {
    return SteadySpeed.from(ends, times, n, SteadySpeed.of(times, n));
  }

  @Test
  void atOnce() {
    calls(100_000, 5);
    assertEquals(0, from());
  }

  @Test
  void afterSlowCallsAWindowAtATime() {
    calls(1000, 8);
    calls(100_000, 5);
    assertEquals(1000, from()); // four windows of 250
    n = 0;
    calls(12, 2500);
    calls(1000, 500);
    assertEquals(11, from()); // the slow one of the second window is one of eleven
  }

  @Test
  void aNeighboursMomentIsNotCounted() {
    for (int i = 0; i < 100; i++) {
      calls(4000, 5); // 20 ms, and 0.2
      calls(20, 10);
    }
    assertEquals(0, from());
  }

  @Test
  void slowerFor3MillisecondsIsCounted() {
    calls(10_000, 5);
    calls(400, 10);
    calls(100_000, 5);
    assertEquals(10_400, from());
  }

  @Test
  void whatComesLaterThan100MillisecondsIsNot() {
    calls(30_000, 5);
    calls(1000, 10);
    calls(100_000, 5);
    assertEquals(0, from());
  }

  @Test
  void neverCalm() {
    for (int i = 0; i < 20; i++) {
      calls(2000, i % 2 == 0 ? 5 : 8);
    }
    calls(4000, 5);
    assertEquals(40_000, from());
  }

  @Test
  void theMedianOfTheLastFifth() {
    calls(80, 9);
    calls(20, 5);
    times[99] = 1_000_000;
    assertEquals(5000, SteadySpeed.of(times, n));
    Arrays.fill(times, 0, 80, 1);
    assertEquals(5000, SteadySpeed.of(times, n));
  }
}
