package io.github.lanewise.bench.machine;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.github.lanewise.bench.peer.GemmShape;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * The machine's limits beside every iteration, in the same JVM and within the same second, as a JMH
 * profiler ({@code -prof io.github.lanewise.bench.machine.MachineProbe}):
 *
 * <ul>
 *   <li>{@link #PEAK} fused multiply-adds, GFLOP/s;
 *   <li>{@link #READ} reading as many bytes as A has, all copies, where the batch is 1, GB/s;
 *   <li>{@link #CORES} processor time of the whole process for a call per time of a call: above 1
 *       something has threads, below it others had the processor.
 * </ul>
 *
 * <p>Between iterations the compilers may finish what they have begun: on few cores, or beside
 * other programs, they would otherwise still be at it when the iterations count.
 */
public final class MachineProbe implements InternalProfiler {
  public static final String PEAK = "fma.peak";
  public static final String READ = "read.bandwidth";
  public static final String CORES = "cores.busy";

  /** Milliseconds; every iteration that follows, of the warm-up too, is more of it. */
  private static final int WARMUP = 300;

  private final PeakProbe peak = new PeakProbe();
  private final BandwidthProbe bandwidth = new BandwidthProbe();
  private boolean warm;
  private long cpu;

  @Override
  public String getDescription() {
    return "FMA peak, read bandwidth and busy cores beside every iteration";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    settle();
    if (!warm) {
      peak.warmUp(WARMUP);
      long bytes = bytesRead(benchmark);
      if (bytes > 0) {
        bandwidth.resize(bytes);
        bandwidth.warmUp(WARMUP);
      }
      warm = true;
    }
    cpu = ProcessorTime.nanos();
  }

  @Override
  public List<Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    List<Result<?>> results = new ArrayList<>();
    if (result.getRawPrimaryResults().isEmpty()) {
      return results; // the benchmark has thrown, and that is to be seen
    }
    if (benchmark.getMode() == Mode.AverageTime) {
      double nanos = NANOSECONDS.convert(1, benchmark.getTimeUnit());
      double perCall = (double) (ProcessorTime.nanos() - cpu) / result.getMetadata().getAllOps();
      double cores = perCall / (result.getPrimaryResult().getScore() * nanos);
      results.add(new ScalarResult(CORES, cores, "cores", AggregationPolicy.AVG));
    }
    results.add(new ScalarResult(PEAK, peak.measure(), "GFLOP/s", AggregationPolicy.AVG));
    if (bytesRead(benchmark) > 0) {
      results.add(new ScalarResult(READ, bandwidth.measure(), "GB/s", AggregationPolicy.AVG));
    }
    return results;
  }

  /** Waits until no compilation has ended for a while; 2 s at most. */
  public static void settle() {
    CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
    long before = -1;
    for (int i = 0; i < 20 && before != compilers.getTotalCompilationTime(); i++) {
      before = compilers.getTotalCompilationTime();
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static long bytesRead(BenchmarkParams benchmark) {
    String variant = benchmark.getParam("variant");
    String text = benchmark.getParam("shape");
    if (variant == null || text == null) {
      return 0;
    }
    GemmShape shape = GemmShape.parse(variant, text);
    return shape.n() > 1 ? 0 : shape.bytesA() * Caches.copies(benchmark.getParam("mode"), shape);
  }
}
