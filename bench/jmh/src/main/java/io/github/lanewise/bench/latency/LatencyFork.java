package io.github.lanewise.bench.latency;

import com.sun.management.ThreadMXBean;
import io.github.lanewise.bench.peer.LatencyPeer;
import io.github.lanewise.bench.peer.Mlp;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One JVM of the latency suite: a peer, a network, a batch. Prints lines of {@code key value}.
 *
 * <p>Closed: the next request starts when the last is answered. Paced: requests are due at fixed
 * times, ten medians apart, and a time counts from when the request was due; so one that waited
 * behind a slow one counts as slow too (coordinated omission). Jitter: the same calls, but of a
 * loop that only counts, as long as the median: what machine and system add by themselves.
 */
@Command(name = "LatencyFork")
public final class LatencyFork implements Callable<Integer> {
  private static final long LONGEST = 10_000_000_000L;

  /** Medians between two requests: a tenth of a core is busy. */
  private static final int PACE = 10;

  private static final int GARBAGE_CHUNK = 64 << 10;

  @Option(names = "--peer", required = true)
  private String peer = "";

  @Option(names = "--network", required = true)
  private String network = "";

  @Option(names = "--batch", required = true)
  private int batch;

  @Option(names = "--calls")
  private int calls = 20_000;

  @Option(names = "--warmup", description = "Milliseconds of requests before the measurement.")
  private int warmup = 3_000;

  @Option(names = "--garbage", description = "MB/s that a second thread allocates.")
  private int garbage;

  private static volatile Object sink = "";
  private static volatile long counted;

  public static void main(String[] args) {
    System.exit(new CommandLine(new LatencyFork()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Mlp mlp = Mlp.parse(network);
    LatencyPeer.Service service = LatencyPeer.named(peer).prepare(mlp, batch);
    service.warmUp();
    if (garbage > 0) {
      Thread.ofPlatform().daemon().start(this::makeGarbage);
    }
    Histogram closed = new Histogram(LONGEST, 3);
    long end = System.nanoTime() + warmup * 1_000_000L;
    while (System.nanoTime() < end) {
      closed(service, 1_000, closed);
    }
    long median = closed.getValueAtPercentile(50);
    closed.reset();
    Histogram paced = new Histogram(LONGEST, 3);
    paced(service, 1_000, PACE * median, paced);
    paced.reset();
    mlp.check(peer, batch, service.answers());

    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long collections = collections();
    long bytes = threads.getCurrentThreadAllocatedBytes();
    closed(service, calls, closed);
    paced(service, calls, PACE * closed.getValueAtPercentile(50), paced);
    bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
    collections = collections() - collections;
    mlp.check(peer, batch, service.answers());

    print("closed", closed);
    print("paced", paced);
    print("jitter", jitter(closed.getValueAtPercentile(50)));
    System.out.println("bytes " + bytes / (2.0 * calls));
    System.out.println("collections " + collections);
    return 0;
  }

  private static void closed(LatencyPeer.Service service, int calls, Histogram times)
      throws Exception {
    for (int i = 0; i < calls; i++) {
      long start = System.nanoTime();
      service.answer();
      times.recordValue(Math.min(System.nanoTime() - start, LONGEST));
    }
  }

  private static void paced(LatencyPeer.Service service, int calls, long interval, Histogram times)
      throws Exception {
    long due = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      due += interval;
      while (System.nanoTime() < due) {
        Thread.onSpinWait();
      }
      service.answer();
      times.recordValue(Math.min(System.nanoTime() - due, LONGEST));
    }
  }

  /** A loop that counts for about so many nanoseconds, timed as the requests are. */
  private Histogram jitter(long nanos) {
    long turns = 1 << 14;
    long best = Long.MAX_VALUE;
    // The fastest of a second: compiled, and nobody took the core away.
    for (long end = System.nanoTime() + 1_000_000_000L; System.nanoTime() < end; ) {
      long start = System.nanoTime();
      count(turns);
      best = Math.min(best, System.nanoTime() - start);
    }
    long perCall = Math.max(1, turns * nanos / Math.max(1, best));
    Histogram times = new Histogram(LONGEST, 3);
    for (int round = 0; round < 2; round++) {
      times.reset();
      for (int i = 0; i < calls; i++) {
        long start = System.nanoTime();
        count(perCall);
        times.recordValue(Math.min(System.nanoTime() - start, LONGEST));
      }
    }
    return times;
  }

  /** A chain that no compiler shortens. */
  private static void count(long turns) {
    long x = counted;
    for (long i = 0; i < turns; i++) {
      x = x * 6364136223846793005L + 1442695040888963407L;
    }
    counted = x;
  }

  private void makeGarbage() {
    long perChunk = 1_000_000_000L * GARBAGE_CHUNK / (garbage * 1_000_000L);
    for (long due = System.nanoTime(); ; due += perChunk) {
      sink = new byte[GARBAGE_CHUNK];
      LockSupport.parkNanos(due - System.nanoTime());
    }
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  private static void print(String key, Histogram times) {
    for (double percentile : LatencyCommand.PERCENTILES) {
      System.out.printf(
          Locale.ROOT,
          "%s-p%s %d%n",
          key,
          LatencyCommand.label(percentile),
          times.getValueAtPercentile(percentile));
    }
  }
}
