package io.github.lanewise;

/**
 * One piece of a warm-up: some calls that are repeated, and what the last pass over them cost. A
 * kernel is told to be in C2 by what it allocates: before, its vectors are objects.
 */
final class Drill {
  /** Passes without a byte in a row, before a drill counts as settled. */
  private static final int QUIET = 3;

  private final String what;
  private final int callsInPass;
  private final int leastPasses;
  private final Runnable pass;
  private int passes;
  private int quiet;
  private boolean told;
  private long bytes;
  private long firstNanos;
  private long lastNanos;

  /**
   * Plans a drill.
   *
   * @param what what it drives, for the report
   * @param callsInPass calls in a pass
   * @param leastCalls how often it is called at least, however soon it is settled
   * @param pass the calls
   */
  Drill(String what, int callsInPass, int leastCalls, Runnable pass) {
    this.what = what;
    this.callsInPass = callsInPass;
    this.leastPasses = (leastCalls + callsInPass - 1) / callsInPass;
    this.pass = pass;
  }

  /** So many passes, but the very first by itself: nothing is compiled yet. */
  void pass(Usage usage, int most) {
    int times = passes == 0 ? 1 : most;
    long bytesBefore = usage.allocated();
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      pass.run();
    }
    lastNanos = (System.nanoTime() - start) / times;
    bytes = usage.allocated() - bytesBefore;
    firstNanos = passes == 0 ? lastNanos : firstNanos;
    passes += times;
    quiet = bytes == 0 ? quiet + 1 : 0;
  }

  /** Whether it has had its calls, and allocates no more. */
  boolean settled() {
    return called() && quiet >= QUIET;
  }

  /** Whether it has had its calls. */
  boolean called() {
    return passes >= leastPasses;
  }

  /** Whether it is settled, said once. */
  boolean news() {
    boolean news = settled() && !told;
    told |= news;
    return news;
  }

  /** Passes that make all its calls. */
  int leastPasses() {
    return leastPasses;
  }

  Warmup.Step report() {
    return new Warmup.Step(
        what,
        (long) passes * callsInPass,
        firstNanos / 1e3 / callsInPass,
        lastNanos / 1e3 / callsInPass,
        bytes,
        settled());
  }
}
