package io.github.lanewise;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The time that a warm-up may take, from now on; an interrupt of its thread cuts it short. */
final class Deadline {
  private final long start = System.nanoTime();
  private final long nanos;

  /** More than fits into nanoseconds is three hundred years. */
  Deadline(Duration limit) {
    nanos = TimeUnit.NANOSECONDS.convert(limit);
  }

  long nanos() {
    return nanos;
  }

  long spent() {
    return System.nanoTime() - start;
  }

  boolean over() {
    return spent() > nanos || Thread.currentThread().isInterrupted();
  }
}
