package io.github.lanewise.bench.machine;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The limit of one core: fused multiply-adds on registers, nothing loaded and nothing stored.
 *
 * <p>Twelve chains run side by side. One alone would wait for the latency of an fma at every turn;
 * two units of latency 4 are busy from eight chains on, and twelve with their two operands fit into
 * 16 registers too, so that the probe is the same one with every vector width.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class PeakProbe {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int CHAINS = 12;
  private static final int TURNS = 4096;

  /** Flops of one call of {@link #chains}. */
  private static final double FLOPS = 2.0 * CHAINS * SPECIES.length() * TURNS;

  private float x = 0.5f;
  private float y = 0.25f;

  /** JMH divides by the time in ns: the counter reads GFLOP/s. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Work {
    public double gflops;
  }

  @Benchmark
  public float fma(Work work) {
    work.gflops += FLOPS;
    return chains(x, y);
  }

  /**
   * The best of some tens of milliseconds, in runs of some tens of microseconds: what the core can
   * do just now. Twenty runs were too few: a Zen 4 showed 96 of its 118 GFLOP/s.
   *
   * @return GFLOP/s
   */
  public double measure() {
    float sink = 0;
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 1_000; i++) {
      long start = System.nanoTime();
      sink += chains(x, y) + chains(x, y);
      best = Math.min(best, System.nanoTime() - start);
    }
    y = sink > 0 ? 0.25f : 0.125f; // used, so that nothing above can be left out
    return 2 * FLOPS / best;
  }

  /**
   * Brings {@link #measure} into C2.
   *
   * @return the best of so many milliseconds, GFLOP/s
   */
  public double warmUp(int millis) {
    double best = 0;
    long end = System.nanoTime() + millis * 1_000_000L;
    while (System.nanoTime() < end) {
      best = Math.max(best, measure());
    }
    return best;
  }

  private static float chains(float fx, float fy) {
    FloatVector x = FloatVector.broadcast(SPECIES, fx);
    FloatVector y = FloatVector.broadcast(SPECIES, fy);
    FloatVector c0 = x, c1 = x, c2 = x, c3 = x, c4 = x, c5 = x;
    FloatVector c6 = y, c7 = y, c8 = y, c9 = y, c10 = y, c11 = y;
    for (int i = 0; i < TURNS; i++) {
      c0 = x.fma(y, c0);
      c1 = x.fma(y, c1);
      c2 = x.fma(y, c2);
      c3 = x.fma(y, c3);
      c4 = x.fma(y, c4);
      c5 = x.fma(y, c5);
      c6 = x.fma(y, c6);
      c7 = x.fma(y, c7);
      c8 = x.fma(y, c8);
      c9 = x.fma(y, c9);
      c10 = x.fma(y, c10);
      c11 = x.fma(y, c11);
    }
    FloatVector sum = c0.add(c1).add(c2.add(c3)).add(c4.add(c5).add(c6.add(c7)));
    return sum.add(c8.add(c9).add(c10.add(c11))).reduceLanes(VectorOperators.ADD);
  }
}
