package io.github.lanewise;

/**
 * Whether the virtual machine's compilers have nothing left to do for whoever makes the same calls
 * again and again. Nobody tells what is in their queue; of two signs that it is empty, one will do.
 *
 * <p>They are idle, although since they finished something so many calls have been made that every
 * method would have been asked for: for a while this thread has had a processor whenever it wanted
 * one, which was always, and the virtual machine's own threads have used none. Who compiles uses
 * one, and who waits for one lets us wait too.
 *
 * <p>Where processors are never free, they have finished nothing for long. They tell the time that
 * they have spent when a method is done; twice the longest step seen is how long one can take.
 */
final class CompilerSilence {
  /** Half of 300 ms: pauses of 150 had ended in one more method (src/docs/decisions/0021). */
  private static final long LEAST_MILLIS = 150;

  /** What takes less is some method of the JDK, or a small one of ours that nothing waits for. */
  private static final long WEIGHTY_MILLIS = 5;

  /** The unit that a process's time comes in. */
  private static final long TICK_NANOS = 10_000_000;

  /** So long they are watched. Ticks of two kinds leave an error of 20 ms. */
  private static final long WATCH_NANOS = 60_000_000;

  /** After so long it is seen whether this thread has to wait. */
  private static final long GLANCE_NANOS = 10_000_000;

  /** So long they are left alone when they were not idle. */
  private static final long PAUSE_NANOS = 20_000_000;

  private final Usage usage;
  private final int enough;
  private int passes;
  private int passesSince;

  private long spent;
  private long longest = LEAST_MILLIS;
  private long since = System.nanoTime();

  private boolean watching;

  /** When the watch began, or the pause before it; the first time there is none. */
  private long began = since - PAUSE_NANOS;

  private long ownBefore;
  private long machineBefore;

  /**
   * Waits for silence.
   *
   * @param usage what tells who has been at work
   * @param enough passes over the calls that make HotSpot ask for tier 4
   */
  CompilerSilence(Usage usage, int enough) {
    this.usage = usage;
    this.enough = enough;
    this.spent = usage.compiled();
  }

  /** To be asked again and again, after some more passes. */
  boolean reached(int morePasses) {
    long now = System.nanoTime();
    passes += morePasses;
    passesSince += morePasses;
    listen(now);
    boolean idle = watch(now) && passesSince >= enough;
    return idle || (passes >= enough && now - since > 2 * longest * 1_000_000);
  }

  /**
   * Whether who asks should rest and leave the core to the compilers, who may have no other. Not
   * before everything has been called: it is the calls that they wait for. And not under watch.
   */
  boolean mayRest() {
    return passes >= enough && !watching;
  }

  /** Whether they have been at work since this was asked last. */
  boolean worked() {
    long before = machineBefore;
    machineBefore = usage.machine();
    return machineBefore - before > TICK_NANOS;
  }

  /** Whether they have finished something of weight. */
  private void listen(long now) {
    long step = usage.compiled() - spent;
    spent += step;
    if (step >= WEIGHTY_MILLIS) {
      longest = Math.max(longest, step);
      since = now;
      passesSince = 0;
    }
  }

  /** Whether a watch has just ended that saw nobody at work; then the next one begins. */
  private boolean watch(long now) {
    long nanos = now - began;
    if (!watching) {
      if (nanos > PAUSE_NANOS) {
        begin(now);
      }
      return false;
    }
    boolean waited = usage.own() - ownBefore < nanos / 10 * 9;
    if (waited && nanos > GLANCE_NANOS) {
      pause(now);
    } else if (nanos > WATCH_NANOS) {
      if (usage.machine() - machineBefore < nanos / 3) {
        begin(now);
        return true;
      }
      pause(now);
    }
    return false;
  }

  private void begin(long now) {
    watching = true;
    began = now;
    ownBefore = usage.own();
    machineBefore = usage.machine();
  }

  private void pause(long now) {
    watching = false;
    began = now;
  }
}
