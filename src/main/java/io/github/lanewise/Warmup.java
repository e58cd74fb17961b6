package io.github.lanewise;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Drives everything that a network's requests can use (kernels, edges, activations, batch sizes,
 * the ways in and out) until the virtual machine has compiled it, so that no request has to wait
 * for that: vectors that are not compiled are objects, and a thousand times slower.
 *
 * <pre>
 *   Warmup warmup = Warmup.of(network, 32);
 *   Thread.ofPlatform().daemon().start(warmup);      or warmup.run(), here and now
 * </pre>
 *
 * From its making until it is {@linkplain #isReady() ready}, requests to this network are answered
 * by the scalar kernels, with the same bits; then they change over. So requests may come at once.
 *
 * <p>One thread at a time may run a warm-up, a platform thread; any thread may ask whether it is
 * ready. It starts no thread, and uses a workspace of its own. Parameters are only read.
 */
public final class Warmup implements Runnable {
  private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(10);

  private final DrillPlan plan;

  /** Told at the end of a run whether it has got there. */
  private final Consumer<Boolean> changeOver;

  private Duration limit = DEFAULT_LIMIT;
  private Consumer<Step> progress = step -> {};
  private volatile Report report = new Report(false, Duration.ZERO, List.of());

  /** Opened by the thread that warms up, for all who wait for it. */
  private final CountDownLatch ready = new CountDownLatch(1);

  private Warmup(DrillPlan plan, Consumer<Boolean> changeOver) {
    this.plan = plan;
    this.changeOver = changeOver;
  }

  /**
   * What a warm-up drove and what that came to.
   *
   * @param what the kernels, activation or requests
   * @param calls how often they were called
   * @param firstMicros microseconds of a call in the first pass
   * @param lastMicros microseconds of a call in the last pass
   * @param bytes what the last pass allocated: 0 when all of it runs compiled by C2
   * @param steady whether it was called often enough and then allocated nothing several times in a
   *     row
   */
  public record Step(
      String what, long calls, double firstMicros, double lastMicros, long bytes, boolean steady) {}

  /**
   * What a warm-up came to.
   *
   * @param steady whether every step is steady; if not, the limit was too short for this machine
   * @param time how long it took
   * @param steps its parts, in the order of their first call
   */
  public record Report(boolean steady, Duration time, List<Step> steps) {
    /** Keeps its own copy of the steps. */
    public Report {
      steps = List.copyOf(steps);
    }
  }

  /**
   * A warm-up of all requests to this network. From now on until it is ready, the scalar kernels
   * answer.
   *
   * @param network the network
   * @param maxBatch the largest batch that will come, 1 or more
   * @return what is yet to be run
   */
  public static Warmup of(Network network, int maxBatch) {
    return of(Objects.requireNonNull(network, "network").inference(), false, maxBatch);
  }

  /**
   * A warm-up of all requests to this network. From now on until it is ready, the scalar kernels
   * answer. One that takes the place of another of the same sizes and activations, whose warm-up is
   * over, needs none.
   *
   * @param network the network
   * @param maxBatch the largest batch that will come, 1 or more
   * @return what is yet to be run
   */
  public static Warmup of(PackedNetwork network, int maxBatch) {
    return of(Objects.requireNonNull(network, "network").inference(), true, maxBatch);
  }

  private static Warmup of(Inference inference, boolean packed, int maxBatch) {
    Check.atLeast("maxBatch", maxBatch, 1);
    DrillPlan plan = DrillPlan.ofRequests(inference, packed, maxBatch);
    inference.scalarFirst(true);
    return new Warmup(plan, inference::warmedUp);
  }

  /**
   * A warm-up of products of this shape and these strides, {@link Gemm#multiply} and {@link
   * Gemm#multiplyAdd}. It works on matrices of its own; nobody else's calls change.
   *
   * @param a m×k, a pattern for shape and strides that is not read
   * @param b k×n, likewise
   * @param c m×n, likewise and not written
   * @return what is yet to be run
   */
  public static Warmup ofProduct(FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    return new Warmup(DrillPlan.ofProduct(a, b, c), steady -> {});
  }

  /**
   * Both warm-ups as one, ready when both are. For networks that serve side by side: one after the
   * other, the second one's new shapes would send methods that they share back to the interpreter,
   * while the first answers already.
   *
   * @param other another one, not to be run by itself
   * @return one with this one's limit and listener
   */
  public Warmup and(Warmup other) {
    Objects.requireNonNull(other, "other");
    Consumer<Boolean> both = changeOver.andThen(other.changeOver);
    return new Warmup(plan.and(other.plan), both).limit(limit).onProgress(progress);
  }

  /**
   * Bounds the time of a run. A pass over a drill that has begun is finished.
   *
   * @param longest 10 s unless told
   * @return this warm-up
   */
  public Warmup limit(Duration longest) {
    Objects.requireNonNull(longest, "longest");
    if (longest.isNegative() || longest.isZero()) {
      throw Check.illegal("longest is %s, must be more than 0", longest);
    }
    limit = longest;
    return this;
  }

  /**
   * Has every step told when it is done, on the thread that warms up.
   *
   * @param listener called once for each step; what it throws ends the run, not ready
   * @return this warm-up
   */
  public Warmup onProgress(Consumer<Step> listener) {
    progress = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Warms up, here and now, then lets the requests change over. If the limit comes first, or an
   * interrupt, it is not ready, the scalar kernels stay unless an earlier warm-up had got there,
   * and one line through {@link System.Logger} says so; it may be run once more and goes on.
   *
   * @throws IllegalStateException on a virtual thread, whose memory and time nobody counts
   */
  @Override
  public void run() {
    if (Thread.currentThread().isVirtual()) {
      throw new IllegalStateException(
          "a warm-up runs on a platform thread: what a virtual one allocates is not counted");
    }
    boolean steady = false;
    try {
      report = new DrillRun(plan, progress, limit).run();
      steady = report.steady();
    } finally {
      changeOver.accept(steady);
    }
    FlightEvents.warmup(plan.toString(), report);
    if (steady) {
      ready.countDown();
    } else {
      Lanewise.log(
          "Lanewise's warm-up of "
              + plan
              + " has not got there in "
              + report.time()
              + "; run it again, or let it take longer");
    }
  }

  /** {@return whether it has run to its end: from now on the SIMD kernels answer, compiled} */
  public boolean isReady() {
    return ready.getCount() == 0;
  }

  /**
   * Waits until it is ready, on any thread but the one that warms up: a service opens then. Nobody
   * is woken by a run that ends without having got there; {@link #report()} tells.
   *
   * @param longest how long to wait at most
   * @return whether it is ready
   * @throws InterruptedException if the thread that waits is interrupted
   */
  public boolean awaitReady(Duration longest) throws InterruptedException {
    return ready.await(
        TimeUnit.NANOSECONDS.convert(Objects.requireNonNull(longest, "longest")),
        TimeUnit.NANOSECONDS);
  }

  /** {@return what the last run came to; without steps before the first} */
  public Report report() {
    return report;
  }

  /** What it drives, and whether it is ready. */
  @Override
  public String toString() {
    return "Warmup[" + plan + (isReady() ? ", ready]" : "]");
  }

  static Report now(Warmup warmup) {
    warmup.run();
    return warmup.report();
  }
}
