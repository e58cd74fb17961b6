package io.github.lanewise.bench.machine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;

/**
 * Processor time of this process, all its threads. The JDK's own counts in steps of 10 ms on Linux,
 * several percent of an iteration; the system's clock counts in nanoseconds.
 */
public final class ProcessorTime {
  /** The number of CLOCK_PROCESS_CPUTIME_ID there. */
  private static final int LINUX_PROCESS_CLOCK = 2;

  private static final OperatingSystemMXBean BEAN =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private static final MethodHandle CLOCK_GETTIME =
      System.getProperty("os.name").equals("Linux") ? clockGettime() : null;

  private ProcessorTime() {}

  @SuppressWarnings("restricted")
  private static MethodHandle clockGettime() {
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor type =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
    return linker.downcallHandle(linker.defaultLookup().findOrThrow("clock_gettime"), type);
  }

  /** Nanoseconds since some moment. */
  public static long nanos() {
    if (CLOCK_GETTIME == null) {
      return BEAN.getProcessCpuTime();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment time = arena.allocate(2 * Long.BYTES, Long.BYTES); // seconds, nanoseconds
      int status = (int) CLOCK_GETTIME.invokeExact(LINUX_PROCESS_CLOCK, time);
      if (status != 0) {
        throw new IllegalStateException("clock_gettime: " + status);
      }
      long seconds = time.get(ValueLayout.JAVA_LONG, 0);
      return seconds * 1_000_000_000 + time.get(ValueLayout.JAVA_LONG, Long.BYTES);
    } catch (Throwable e) {
      throw new AssertionError("clock_gettime", e);
    }
  }
}
