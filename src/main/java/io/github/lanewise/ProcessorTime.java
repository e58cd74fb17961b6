package io.github.lanewise;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What this process has used of the processors, in nanoseconds: the calling thread, and those that
 * are no Java threads, the compilers and collectors of the virtual machine. Where that cannot be
 * counted (no module {@code jdk.management}), always 0.
 */
final class ProcessorTime {
  private final Meter meter;

  ProcessorTime() {
    meter = meter();
  }

  private interface Meter {
    long own();

    long machine();
  }

  /** Of the thread that asks. */
  long own() {
    return meter.own();
  }

  /** Of the virtual machine's own threads; the process's part of it comes in ticks of 10 ms. */
  long machine() {
    return meter.machine();
  }

  private static Meter meter() {
    try {
      ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
      OperatingSystemMXBean process =
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
      if (threads != null && process != null && threads.isThreadCpuTimeSupported()) {
        threads.setThreadCpuTimeEnabled(true);
        return new Beans(threads, process);
      }
    } catch (IllegalArgumentException | LinkageError absent) {
      // No such bean: then nothing is counted.
    }
    return new Nothing();
  }

  private record Beans(ThreadMXBean threads, OperatingSystemMXBean process) implements Meter {
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
      return process.getProcessCpuTime() - java;
    }
  }

  private record Nothing() implements Meter {
    @Override
    public long own() {
      return 0;
    }

    @Override
    public long machine() {
      return 0;
    }
  }
}
