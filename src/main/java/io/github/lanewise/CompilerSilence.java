package io.github.lanewise;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/**
 * Whether the virtual machine's compilers have finished nothing for a while. They tell the time
 * that they have spent when a method is done; twice the longest step seen is how long one can take.
 */
final class CompilerSilence {
  /** Half of 300 ms: pauses of 150 had ended in one more method (src/docs/decisions/0021). */
  private static final long LEAST_MILLIS = 150;

  private final CompilationMXBean compilers;
  private long spent;
  private long longest = LEAST_MILLIS;
  private long since = System.nanoTime();

  CompilerSilence() {
    compilers = ManagementFactory.getCompilationMXBean();
    spent = read();
  }

  /** To be asked again and again, every few milliseconds. */
  boolean reached() {
    long now = read();
    long nanos = System.nanoTime();
    if (now != spent) {
      longest = Math.max(longest, now - spent);
      spent = now;
      since = nanos;
    }
    return nanos - since > 2 * longest * 1_000_000;
  }

  /** Milliseconds of all compilations so far; 0 where nobody counts. */
  private long read() {
    return compilers != null && compilers.isCompilationTimeMonitoringSupported()
        ? compilers.getTotalCompilationTime()
        : 0;
  }
}
