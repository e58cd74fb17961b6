package io.github.lanewise;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Bytes that this thread has allocated so far, by the virtual machine's own count. Where it is not
 * counted (no module {@code jdk.management}), always 0.
 */
final class AllocatedBytes {
  private final Meter meter;

  AllocatedBytes() {
    meter = meter();
  }

  private interface Meter {
    long read();
  }

  long read() {
    return meter.read();
  }

  private static Meter meter() {
    try {
      ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
      if (threads != null && threads.isThreadAllocatedMemorySupported()) {
        threads.setThreadAllocatedMemoryEnabled(true);
        return threads::getCurrentThreadAllocatedBytes;
      }
    } catch (IllegalArgumentException | LinkageError absent) {
      // No such bean: then nothing is counted.
    }
    return () -> 0;
  }
}
