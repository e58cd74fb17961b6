package io.github.lanewise;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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

  /** Passes over a drill at a time: few enough, and the warm-up's own methods stay out of C2. */
  private static final int PASSES = 8;

  /** In the last rounds the calls of whole size, which take the longest, come once in so many. */
  private static final int ROUNDS_OF_THE_WHOLE = 8;

  /** And those that need the most calls come so many times in each. */
  private static final int PASSES_OF_THE_WAYS = 24;

  /** Of the whole time, what may be spent on waiting for the compilers when all is settled. */
  private static final int SHARE_OF_SILENCE = 2;

  private static final long REST_NANOS = 1_000_000;

  /** What the compilers get at the end, several times if they are still at work. */
  private static final long LAST_REST_NANOS = 40_000_000;

  private static final int LAST_RESTS = 10;

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
   * Bounds the time of a run. Calls that have begun are finished, up to some tens of milliseconds
   * with large networks and batches.
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
      report = drive();
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

  private Report drive() {
    Deadline deadline = new Deadline(limit);
    Usage usage = new Usage();
    settle(plan.little(), PASSES, usage, deadline);
    settle(plan.whole(), 1, usage, deadline);
    awaitSilence(usage, deadline);
    List<Step> steps = new ArrayList<>();
    boolean steady = true;
    for (Drill drill : plan.all()) {
      steps.add(drill.report());
      steady &= drill.settled();
    }
    return new Report(steady, Duration.ofNanos(deadline.spent()), steps);
  }

  /** Repeats these drills, all of them, until each is settled. */
  private void settle(List<Drill> drills, int passes, Usage usage, Deadline deadline) {
    boolean open = true;
    while (open && !deadline.over()) {
      open = false;
      boolean called = true;
      for (Drill drill : drills) {
        if (!deadline.over()) {
          pass(drill, usage, passes);
        }
        open |= !drill.settled();
        called &= drill.called();
      }
      if (open && called) {
        rest(REST_NANOS);
      }
    }
  }

  private void pass(Drill drill, Usage usage, int times) {
    drill.pass(usage, times);
    if (drill.news()) {
      progress.accept(drill.report());
    }
  }

  /**
   * Repeats all drills together, those of the ways to the kernels most of all, until the compilers
   * have nothing left to do. What waits in their queue are the methods around the kernels, and
   * those that the whole size has sent back to the interpreter by a branch not seen before; they
   * allocate nothing, and nothing else tells of them.
   */
  private void awaitSilence(Usage usage, Deadline deadline) {
    int enough = 0;
    for (Drill way : plan.ways()) {
      enough = Math.max(enough, way.leastPasses());
    }
    List<Drill> all = plan.all();
    CompilerSilence silence = new CompilerSilence(usage, enough);
    long before = deadline.spent();
    long most = deadline.nanos() / SHARE_OF_SILENCE;
    boolean done = false;
    for (int round = 0; !done && !deadline.over(); round++) {
      boolean free = true;
      for (Drill drill : round % ROUNDS_OF_THE_WHOLE == 0 ? all : plan.little()) {
        pass(drill, usage, 1);
        free &= drill.settled();
      }
      for (Drill way : plan.ways()) {
        pass(way, usage, PASSES_OF_THE_WAYS);
        free &= way.settled();
      }
      boolean silent = silence.reached(PASSES_OF_THE_WAYS) || deadline.spent() - before > most;
      done = free && silent;
      if (!done && silence.mayRest()) {
        rest(REST_NANOS);
      }
    }
    letFinish(silence, deadline);
  }

  /** Now that nobody calls any more, they finish what they have begun. */
  private static void letFinish(CompilerSilence silence, Deadline deadline) {
    silence.worked(); // from here on
    boolean working = true;
    for (int i = 0; working && i < LAST_RESTS && !deadline.over(); i++) {
      rest(LAST_REST_NANOS);
      working = silence.worked();
    }
  }

  /**
   * Leaves the core to the compilers, who may have no other. Only once everything has been called
   * as often as they ask for: before, it is the calls that they wait for.
   */
  private static void rest(long nanos) {
    LockSupport.parkNanos(nanos);
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
