package io.github.lanewise;

import com.sun.management.ThreadMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What the calling thread and the virtual machine have used so far, by its own count: memory in
 * bytes, processors in nanoseconds. Where that is not counted (no module {@code jdk.management}, or
 * a virtual thread), always 0 or less.
 */
final class Usage {
  private final Meter meter = meter();

  private interface Meter {
    long allocated();

    long own();

    long machine();

    long compiled();
  }

  /** Bytes that the thread that asks has allocated. */
  long allocated() {
    return meter.allocated();
  }

  /** Processor time of the thread that asks. */
  long own() {
    return meter.own();
  }

  /**
   * Processor time of those threads that are no Java threads, the compilers and collectors; the
   * process's part of it comes in ticks of 10 ms.
   */
  long machine() {
    return meter.machine();
  }

  /** Milliseconds of all compilations that are finished. */
  long compiled() {
    return meter.compiled();
  }

  private static Meter meter() {
    try {
      ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
      if (threads != null
          && threads.isThreadAllocatedMemorySupported()
          && threads.isThreadCpuTimeSupported()) {
        threads.setThreadAllocatedMemoryEnabled(true);
        threads.setThreadCpuTimeEnabled(true);
        return new Beans(threads, ManagementFactory.getCompilationMXBean());
      }
    } catch (IllegalArgumentException | LinkageError absent) {
      // No such bean: then nothing is counted.
    }
    return new Nothing();
  }

  private record Beans(ThreadMXBean threads, CompilationMXBean compilers) implements Meter {
    @Override
    public long allocated() {
      return threads.getCurrentThreadAllocatedBytes();
    }

    @Override
    public long own() {
      return threads.getCurrentThreadCpuTime();
    }

    @Override
    public long machine() {
      long java = 0;
      for (long nanos : threads.getThreadCpuTime(threads.getAllThreadIds())) {
        java += Math.max(0, nanos); // -1: it has ended meanwhile
      }
      // The operating system's bean knows it too, but takes 40 to 80 ms to begin with.
      return process().toNanos() - java;
    }

    @Override
    public long compiled() {
      return compilers != null && compilers.isCompilationTimeMonitoringSupported()
          ? compilers.getTotalCompilationTime()
          : 0;
    }

    private static Duration process() {
      return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
  }

  private record Nothing() implements Meter {
    @Override
    public long allocated() {
      return 0;
    }

    @Override
    public long own() {
      return 0;
    }

    @Override
    public long machine() {
      return 0;
    }

    @Override
    public long compiled() {
      return 0;
    }
  }
}
