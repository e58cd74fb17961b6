package io.github.lanewise;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * One run over a plan: everything in little until it is settled, then at its whole size, then all
 * of it until the compilers have nothing left to do; or as far as the deadline lets it come.
 */
final class DrillRun {
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
  private final Consumer<Warmup.Step> progress;
  private final Deadline deadline;
  private final Usage usage = new Usage();

  DrillRun(DrillPlan plan, Consumer<Warmup.Step> progress, Duration limit) {
    this.plan = plan;
    this.progress = progress;
    this.deadline = new Deadline(limit);
  }

  Warmup.Report run() {
    settle(plan.little(), PASSES);
    settle(plan.whole(), 1);
    awaitSilence();
    List<Warmup.Step> steps = new ArrayList<>();
    boolean steady = true;
    for (Drill drill : plan.all()) {
      steps.add(drill.report());
      steady &= drill.settled();
    }
    return new Warmup.Report(steady, Duration.ofNanos(deadline.spent()), steps);
  }

  /** Repeats these drills, all of them, until each is settled. */
  private void settle(List<Drill> drills, int passes) {
    boolean open = true;
    while (open && !deadline.over()) {
      open = false;
      boolean called = true;
      for (Drill drill : drills) {
        if (!deadline.over()) {
          pass(drill, passes);
        }
        open |= !drill.settled();
        called &= drill.called();
      }
      if (open && called) {
        rest(REST_NANOS);
      }
    }
  }

  private void pass(Drill drill, int times) {
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
  private void awaitSilence() {
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
      for (Drill drill : round % ROUNDS_OF_THE_WHOLE == 0 ? all : plan.little()) {
        pass(drill, 1);
      }
      for (Drill way : plan.ways()) {
        pass(way, PASSES_OF_THE_WAYS);
      }
      boolean free = true;
      for (Drill drill : all) { // those too that did not come this time
        free &= drill.settled();
      }
      boolean silent = silence.reached(PASSES_OF_THE_WAYS) || deadline.spent() - before > most;
      done = free && silent;
      if (!done && silence.mayRest()) {
        rest(REST_NANOS);
      }
    }
    letFinish(silence);
  }

  /** Now that nobody calls any more, they finish what they have begun. */
  private void letFinish(CompilerSilence silence) {
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
}
