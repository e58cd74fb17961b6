package io.github.lanewise.bench.machine;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one core reads in a second from a heap array of a given size: the limit of a product with a
 * batch of 1, which uses every weight once.
 *
 * <p>Heap arrays start at any multiple of 8 bytes, and a vector that straddles two cache lines
 * costs two reads. The probe reads from each of the eight possible places of a line and takes the
 * best: it is the machine that is measured, not the luck of an allocation.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class BandwidthProbe {
  /** A working set that lives in a level: half of it, and four times L2 for a shared L3. */
  public enum CacheLevel {
    L1,
    L2,
    L3,
    DRAM;

    long bytes(Caches caches) {
      return switch (this) {
        case L1 -> caches.l1() / 2;
        case L2 -> caches.l2() / 2;
        case L3 -> Math.min(4 * caches.l2(), caches.l3() / 2);
        case DRAM -> caches.coldBytes();
      };
    }
  }

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int VL = SPECIES.length();

  /** Floats of a turn: eight vectors, one for each addition in flight (two units, latency 4). */
  private static final int TURN = 8 * VL;

  /** One measurement reads about this much, and the whole array at least once. */
  private static final long BYTES = 8 << 20;

  @Param({"L1", "L2", "L3", "DRAM"})
  public CacheLevel level;

  private float[] data = new float[0];
  private int length;
  private int start;
  private float sink;

  /** JMH divides by the time in ns: the counter reads GB/s. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Work {
    public double gbytes;
  }

  /** Allocates, then lets the collector move the array to where it stays. */
  @Setup(Level.Trial)
  public void setUp() {
    resize(level.bytes(Caches.read()));
    System.gc();
    warmUp(1_000);
  }

  @Benchmark
  public float read(Work work) {
    work.gbytes += 4.0 * length;
    return sum(data, start, length);
  }

  /** Chooses the working set. */
  public void resize(long bytes) {
    int floats = (int) Math.max(TURN, bytes / Float.BYTES / TURN * TURN);
    if (floats != length) {
      length = floats;
      data = new float[floats + VL];
      Arrays.fill(data, 1);
    }
  }

  /**
   * Reads the working set from each place of a line, and again until {@link #BYTES} are read.
   *
   * @return GB/s at the best place
   */
  public double measure() {
    int passes = (int) Math.max(1, BYTES / (4L * length));
    long best = Long.MAX_VALUE;
    int places = length > 4 * BYTES ? 1 : 8; // outside the caches a straddled line costs nothing
    for (int from = 0; from < 2 * places; from += 2) {
      for (int repeat = 0; repeat < 2; repeat++) {
        long begin = System.nanoTime();
        for (int pass = 0; pass < passes; pass++) {
          sink += sum(data, from % Math.max(1, VL), length);
        }
        long time = System.nanoTime() - begin;
        if (time < best) {
          best = time;
          start = from % Math.max(1, VL);
        }
      }
    }
    return 4.0 * length * passes / best;
  }

  /**
   * Brings {@link #measure} into C2.
   *
   * @return the best of so many milliseconds, GB/s
   */
  public double warmUp(int millis) {
    double best = 0;
    long end = System.nanoTime() + millis * 1_000_000L;
    do {
      best = Math.max(best, measure());
    } while (System.nanoTime() < end);
    return best;
  }

  private static float sum(float[] data, int from, int length) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
    for (int i = from; i < from + length; i += TURN) {
      s0 = s0.add(FloatVector.fromArray(SPECIES, data, i));
      s1 = s1.add(FloatVector.fromArray(SPECIES, data, i + VL));
      s2 = s2.add(FloatVector.fromArray(SPECIES, data, i + 2 * VL));
      s3 = s3.add(FloatVector.fromArray(SPECIES, data, i + 3 * VL));
      s4 = s4.add(FloatVector.fromArray(SPECIES, data, i + 4 * VL));
      s5 = s5.add(FloatVector.fromArray(SPECIES, data, i + 5 * VL));
      s6 = s6.add(FloatVector.fromArray(SPECIES, data, i + 6 * VL));
      s7 = s7.add(FloatVector.fromArray(SPECIES, data, i + 7 * VL));
    }
    FloatVector sum = s0.add(s1).add(s2.add(s3)).add(s4.add(s5).add(s6.add(s7)));
    return sum.reduceLanes(VectorOperators.ADD);
  }
}
