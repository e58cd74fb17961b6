package io.github.lanewise.bench.fusion;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Every fusion beside its twin of separate passes. Before a time counts both have come to the same
 * bits, and again after the last call, when it is compiled code that ran. The pair of dAprev by
 * strips is in {@link io.github.lanewise.bench.layers.BackwardBenchmark}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class FusionBenchmark {
  // spotless:off
  @Param({
    "bias", "db", "softmax", "sgd", "adam", "step", "update-sgd", "update-adam",
    "activation-by-examples", "activation-by-outputs", "stored-gelu", "stored-silu",
    "prologue-tanh", "prologue-gelu"
  })
  // spotless:on
  public String fusion;

  /** outputs x inputs x batch. */
  @Param({"512x784x128", "256x512x32"})
  public String layer;

  @Param({"fused", "apart"})
  public String way;

  private int[] sizes;
  private Fusion work;

  @Setup(Level.Trial)
  public void setUp() {
    sizes = Arrays.stream(layer.split("x")).mapToInt(Integer::parseInt).toArray();
    check();
    work = Fusion.all().get(fusion).of(sizes[0], sizes[1], sizes[2]);
  }

  @TearDown(Level.Trial)
  public void check() {
    Fusion.check(fusion, Fusion.all().get(fusion), sizes[0], sizes[1], sizes[2]);
  }

  @Benchmark
  public void run() {
    if (way.equals("fused")) {
      work.fused();
    } else {
      work.apart();
    }
  }
}
