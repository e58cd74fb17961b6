package io.github.lanewise.bench.gemm;

import io.github.lanewise.bench.machine.BandwidthProbe;
import io.github.lanewise.bench.machine.MachineProbe;
import io.github.lanewise.bench.machine.PeakProbe;
import io.github.lanewise.bench.machine.ProcessorTime;
import io.github.lanewise.bench.peer.Contract;
import io.github.lanewise.bench.peer.GemmPeer;
import io.github.lanewise.bench.peer.GemmPeers;
import io.github.lanewise.bench.peer.GemmShape;
import io.github.lanewise.bench.peer.Peer;
import io.github.lanewise.bench.peer.ShapeSet;
import io.github.lanewise.bench.report.Report;
import io.github.lanewise.bench.report.Results;
import io.github.lanewise.bench.report.Row;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One JVM in which all peers multiply the same operands in turns, round after round, a few
 * milliseconds each: what disturbs the machine for longer than that disturbs all of them. Before,
 * everybody goes through all products until the JIT has seen every size and transposition, as in a
 * service that has run for a while.
 *
 * <p>A product is checked against {@link Contract} before the first call that counts, and again
 * after the last one; whoever is wrong is left out there, and named.
 */
public final class TurnsFork {
  /** Milliseconds in C2 before the limits of the machine are measured. */
  private static final int WARMUP_OF_PROBES = 300;

  private static final int NANOS_OF_A_VISIT = 1_000_000;
  private static final int TRIES = 3;
  private static final int CALLS_UNTIL_C2 = 10_000;
  private static final long NANOS_UNTIL_C2 = 200_000_000;
  private static final long MOST_NANOS_TO_SETTLE = 5_000_000_000L;

  private static final CompilationMXBean COMPILERS = ManagementFactory.getCompilationMXBean();
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final List<GemmPeer> peers = new ArrayList<>();
  private final List<GemmShape> shapes;
  private final int rounds;
  private final int nanos;
  private final PeakProbe peak = new PeakProbe();
  private final BandwidthProbe bandwidth = new BandwidthProbe();
  private final List<Row> rows = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  private TurnsFork(
      List<String> peers, List<String> shapes, List<String> variants, int rounds, int millis)
      throws Peer.Unavailable {
    for (String name : peers) {
      GemmPeer peer = GemmPeers.named(name);
      peer.open();
      this.peers.add(peer);
    }
    this.shapes = ShapeSet.products(shapes, variants);
    this.rounds = rounds;
    this.nanos = millis * 1_000_000;
  }

  /**
   * Its arguments are the file to write, peers, shapes and variants as the command line has them,
   * milliseconds of warm-up, rounds, and milliseconds of a turn.
   */
  public static void main(String[] args) {
    int status = 0;
    try {
      TurnsFork fork =
          new TurnsFork(
              List.of(args[1].split(",")),
              List.of(args[2].split(",")),
              List.of(args[3].split(",")),
              Integer.parseInt(args[5]),
              Integer.parseInt(args[6]));
      fork.warmUp(Integer.parseInt(args[4]));
      fork.shapes.forEach(fork::measure);
      Results.write(new Report(null, null, null, fork.failures, fork.rows, null), Path.of(args[0]));
    } catch (Exception | LinkageError e) {
      e.printStackTrace();
      status = 1;
    }
    System.exit(status); // whatever threads a library has left
  }

  /** A peer at a product. */
  private static final class Entrant {
    final GemmPeer peer;
    final GemmPeer.Operands operands;
    final GemmPeer.Product product;

    /** Of a turn. */
    int calls;

    /** For each round, of a call. */
    final List<Double> times = new ArrayList<>();

    /** Of all rounds, nanoseconds by the clock and of the processor. */
    long clock;

    long cpu;

    Entrant(GemmPeer peer, GemmShape shape, GemmPeer.Operands shared) {
      this.peer = peer;
      this.operands = new GemmPeer.Operands(shared.a(), shared.b(), shared.c().clone());
      this.product = peer.prepare(shape, operands);
    }

    /** Nanoseconds of so many calls. */
    long time(int calls) {
      long start = System.nanoTime();
      for (int i = 0; i < calls; i++) {
        product.multiply(0);
      }
      return System.nanoTime() - start;
    }

    /**
     * Turns that do not count: as many calls as C2 waits for, or a fifth of a second, and then
     * until ten turns have left the JIT nothing to do; five seconds at most. A compilation that has
     * not ended shows by the processor time of other threads than this.
     */
    void settle(long nanos) {
      long start = System.nanoTime();
      for (int i = 0; i < CALLS_UNTIL_C2 && System.nanoTime() - start < NANOS_UNTIL_C2; i++) {
        time(1);
      }
      long end = System.nanoTime() + MOST_NANOS_TO_SETTLE;
      long compiled = COMPILERS.getTotalCompilationTime();
      for (int calm = 0; calm < 10 && System.nanoTime() < end; ) {
        long own = THREADS.getCurrentThreadCpuTime();
        long all = ProcessorTime.nanos();
        fitting(nanos);
        all = ProcessorTime.nanos() - all;
        own = THREADS.getCurrentThreadCpuTime() - own;
        long now = COMPILERS.getTotalCompilationTime();
        calm = now == compiled && all < 1.05 * own ? calm + 1 : 0;
        compiled = now;
      }
    }

    /**
     * Chooses the calls of a turn of so many nanoseconds, as many as the best of some tries: one
     * that is interrupted finds too few.
     */
    void calibrate(long nanos) {
      calls = 0;
      for (int i = 0; i < TRIES; i++) {
        calls = Math.max(calls, fitting(nanos));
      }
    }

    /** How many calls fit into so many nanoseconds, 1 at least, found in as long or longer. */
    private int fitting(long nanos) {
      int calls = 1;
      long time = time(calls);
      while (time < nanos) {
        calls =
            Math.max(
                2 * calls, (int) Math.min(calls * (double) nanos / Math.max(time, 1), 1 << 20));
        time = time(calls);
      }
      return (int) Math.max(1, calls * nanos / time);
    }

    /** A turn that counts, after a call that brings the operands into the caches if they fit. */
    void turn() {
      if (calls > 1) {
        product.multiply(0);
      }
      long cpuBefore = ProcessorTime.nanos();
      long time = time(calls);
      cpu += ProcessorTime.nanos() - cpuBefore;
      clock += time;
      times.add((double) time / calls);
    }

    void check(GemmShape shape) {
      Contract.check(peer.name(), shape, operands, product.c(), peer.exact());
    }
  }

  /** Everybody who takes the shape, on the same A and B. */
  private List<Entrant> entrants(GemmShape shape) {
    GemmPeer.Operands shared = Contract.operands(shape, 1);
    return peers.stream()
        .filter(peer -> peer.takes(shape))
        .map(peer -> new Entrant(peer, shape, shared))
        .toList();
  }

  /**
   * All products, over and over, each for a millisecond: so long, once at least, and until the JIT
   * has had nothing to do the last time or four times as long are over.
   */
  private void warmUp(int millis) {
    long start = System.nanoTime();
    long compiled;
    long elapsed;
    do {
      compiled = COMPILERS.getTotalCompilationTime();
      for (GemmShape shape : shapes) {
        for (Entrant entrant : entrants(shape)) {
          long time = 0;
          while (time < NANOS_OF_A_VISIT) {
            time += entrant.time(1);
          }
        }
      }
      elapsed = (System.nanoTime() - start) / 1_000_000;
    } while (elapsed < millis
        || (elapsed < 4L * millis && COMPILERS.getTotalCompilationTime() > compiled));
    peak.warmUp(WARMUP_OF_PROBES);
    if (shapes.stream().anyMatch(shape -> shape.n() == 1)) {
      bandwidth.resize(1 << 18);
      bandwidth.warmUp(WARMUP_OF_PROBES);
    }
    MachineProbe.settle();
  }

  private void measure(GemmShape shape) {
    List<Entrant> entrants = new ArrayList<>(entrants(shape));
    entrants.removeIf(
        entrant -> {
          entrant.time(1);
          return isWrong(entrant, shape);
        });
    for (Entrant entrant : entrants) { // after all checks, which the JIT compiles too
      if (entrant.peer.kind() != Peer.Kind.NATIVE) {
        entrant.settle(nanos);
      }
    }
    entrants.forEach(entrant -> entrant.calibrate(nanos));
    for (int round = 0; round < rounds; round++) {
      for (int turn = 0; turn < entrants.size(); turn++) {
        entrants.get((round + turn) % entrants.size()).turn();
      }
    }
    Map<String, List<Double>> limits = limits(shape);
    for (Entrant entrant : entrants) {
      if (!isWrong(entrant, shape)) {
        Map<String, List<Double>> beside = new TreeMap<>(limits);
        beside.put(MachineProbe.CORES, List.of(rounded((double) entrant.cpu / entrant.clock)));
        rows.add(
            new Row(
                "gemm",
                "multiply",
                Map.of("mode", "turns", "variant", shape.variant(), "shape", shape.text()),
                entrant.peer.name(),
                "ns/op",
                List.of(rounded(Row.median(entrant.times))),
                beside));
      }
    }
  }

  /** Five digits, which is more than a clock is good for, and a third of the file. */
  private static double rounded(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(new MathContext(5)).doubleValue()
        : value;
  }

  private boolean isWrong(Entrant entrant, GemmShape shape) {
    try {
      entrant.check(shape);
      return false;
    } catch (IllegalStateException wrong) {
      failures.add(wrong.getMessage());
      return true;
    }
  }

  /** Of the machine, just after the product. */
  private Map<String, List<Double>> limits(GemmShape shape) {
    Map<String, List<Double>> limits = new TreeMap<>();
    limits.put(MachineProbe.PEAK, List.of(rounded(peak.measure())));
    if (shape.n() == 1) {
      bandwidth.resize(shape.bytesA());
      bandwidth.measure();
      limits.put(MachineProbe.READ, List.of(rounded(bandwidth.measure())));
    }
    return limits;
  }
}
