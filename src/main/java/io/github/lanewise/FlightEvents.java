package io.github.lanewise;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;

/**
 * Events for Java Flight Recorder, all disabled unless a recording enables them by name. Disabled,
 * an event is a method that returns false, which the compiler inlines away. Until somebody asks for
 * a recorder no event is even loaded: the first one would cost 200 ms of a virtual machine's start.
 * The module {@code jdk.jfr} is optional.
 */
final class FlightEvents {
  private static final boolean MODULE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private FlightEvents() {}

  private static boolean recorder() {
    return MODULE && FlightRecorder.isInitialized();
  }

  /** Whether requests are recorded now. */
  static boolean requests() {
    return recorder() && RequestEvent.PROBE.isEnabled();
  }

  static void kernelChoice(String kernels, String reason) {
    if (recorder()) {
      KernelChoiceEvent.write(kernels, reason);
    }
  }

  static void warmup(String what, Warmup.Report report) {
    if (recorder()) {
      WarmupEvent.write(what, report);
    }
  }

  @Name("io.github.lanewise.KernelChoice")
  @Label("Kernel Choice")
  @Category("Lanewise")
  @Description("Once, when the kernels are first asked for")
  @Enabled(false)
  @StackTrace(false)
  static final class KernelChoiceEvent extends Event {
    @Label("Kernels")
    String kernels = "";

    @Label("Reason")
    String reason = "";

    private static void write(String kernels, String reason) {
      KernelChoiceEvent event = new KernelChoiceEvent();
      event.kernels = kernels;
      event.reason = reason;
      event.commit();
    }
  }

  @Name("io.github.lanewise.Request")
  @Label("Request")
  @Category("Lanewise")
  @Description("A batch that took longer than the threshold")
  @Enabled(false)
  @Threshold("1 ms")
  @StackTrace(false)
  static final class RequestEvent extends Event {
    /** Never committed; tells whether others would be. */
    private static final RequestEvent PROBE = new RequestEvent();

    @Label("Batch")
    int batch;

    @Label("Inputs")
    int inputs;

    @Label("Outputs")
    int outputs;

    @Label("Kernels")
    String kernels = "";
  }

  @Name("io.github.lanewise.Warmup")
  @Label("Warm-up")
  @Category("Lanewise")
  @Description("The end of a warm-up")
  @Enabled(false)
  @StackTrace(false)
  static final class WarmupEvent extends Event {
    @Label("What")
    String what = "";

    @Label("Time")
    @Timespan
    long time;

    @Label("Steady")
    boolean steady;

    private static void write(String what, Warmup.Report report) {
      WarmupEvent event = new WarmupEvent();
      event.what = what;
      event.time = report.time().toNanos();
      event.steady = report.steady();
      event.commit();
      report.steps().forEach(step -> WarmupStepEvent.write(what, step));
    }
  }

  @Name("io.github.lanewise.WarmupStep")
  @Label("Warm-up Step")
  @Category("Lanewise")
  @Description("What a warm-up reached with one kernel or phase")
  @Enabled(false)
  @StackTrace(false)
  static final class WarmupStepEvent extends Event {
    @Label("What")
    String what = "";

    @Label("Step")
    String step = "";

    @Label("Calls")
    long calls;

    @Label("Microseconds of First Calls")
    double firstMicros;

    @Label("Microseconds of Last Calls")
    double lastMicros;

    @Label("Allocated Bytes")
    long bytes;

    @Label("Steady")
    boolean steady;

    private static void write(String what, Warmup.Step step) {
      WarmupStepEvent event = new WarmupStepEvent();
      event.what = what;
      event.step = step.what();
      event.calls = step.calls();
      event.firstMicros = step.firstMicros();
      event.lastMicros = step.lastMicros();
      event.bytes = step.bytes();
      event.steady = step.steady();
      event.commit();
    }
  }
}
