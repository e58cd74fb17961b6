package io.github.lanewise.bench.layers;

import io.github.lanewise.bench.peer.Chain;
import io.github.lanewise.bench.peer.Mlp;
import io.github.lanewise.bench.peer.Peer;
import io.github.lanewise.bench.peer.Peers;
import io.github.lanewise.bench.peer.TrainingPeer;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
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
 * A whole training step: forward, softmax cross-entropy, backward, SGD. Relu between the layers;
 * the batch is where the last step left it. Before a time counts the network must have learned the
 * batch. The first steps must be those of {@link PlainSteps}, Lanewise's to the bit; and once more
 * after the last, when it is compiled code that ran.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class TrainingBenchmark {
  /** Sizes of the layers, input first. */
  @Param({"784-128-10", "784-512-256-10"})
  public String network;

  @Param({"32", "128"})
  public int batch;

  /** 0 is plain descent. */
  @Param({"0", "0.9"})
  public float momentum;

  /** On demand also any other {@link TrainingPeer}, for example djl. */
  @Param("lanewise")
  public String peer;

  private static final float RATE = 0.01f;

  /**
   * Before JMH's own warm-up, which is too short: C2 compiles what a step calls once after
   * thousands of steps, the exponential of the loss among it.
   */
  private static final long NANOS_UNTIL_C2 = 4_000_000_000L;

  /** So many steps are compared. */
  private static final int STEPS = 3;

  private TrainingPeer library;
  private TrainingPeer.Steps steps;

  /** What a whole run sets beside it. */
  public static List<String> others(Map<String, String> params, Peers peers) {
    return peers.training().stream()
        .filter(other -> other.kind() != Peer.Kind.LANEWISE)
        .map(Peer::name)
        .toList();
  }

  @Setup(Level.Trial)
  public void setUp() throws Exception {
    library = TrainingPeer.named(peer);
    library.open();
    check();
    steps = library.prepare(Mlp.parse(network), examples(), RATE, momentum);
    double before = steps.step();
    double after = before;
    for (long end = System.nanoTime() + NANOS_UNTIL_C2; System.nanoTime() < end; ) {
      after = steps.step();
    }
    if (!(after < 0.9 * before)) {
      throw new IllegalStateException("the loss went from " + before + " to " + after);
    }
    steps.rate(1e-6f); // gradients stay ordinary numbers, however often the step is measured
  }

  private TrainingPeer.Batch examples() {
    Mlp mlp = Mlp.parse(network);
    SplittableRandom random = new SplittableRandom(1);
    float[] x = new float[batch * mlp.inputs()];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat();
    }
    int[] labels = random.ints(batch, 0, mlp.outputs()).toArray();
    return new TrainingPeer.Batch(batch, x, labels);
  }

  /**
   * That new steps are right. Others may lose a rounding for each term of the longest chain, there
   * and back and over the batch, of the most that a parameter changes, at every step.
   */
  @TearDown(Level.Trial)
  public void check() throws Exception {
    Mlp mlp = Mlp.parse(network);
    TrainingPeer.Steps found = library.prepare(mlp, examples(), RATE, momentum);
    TrainingPeer.Steps expected = new PlainSteps(Mlp.parse(network), examples(), RATE, momentum);
    boolean exact = library.kind() == Peer.Kind.LANEWISE;
    int chain = batch;
    for (int l = 0; l < mlp.layers(); l++) {
      chain += mlp.size(l) + mlp.size(l + 1);
    }
    double unit = exact ? 0 : STEPS * chain * 0x1p-24;
    float[] before = expected.parameters();
    for (int i = 0; i < STEPS; i++) {
      double loss = expected.step();
      near("loss " + i, found.step(), loss, unit * loss);
    }
    float[] here = found.parameters();
    float[] there = expected.parameters();
    if (exact) {
      Chain.same(peer + "'s parameters", here, there);
      return;
    }
    double most = 0;
    for (int i = 0; i < there.length; i++) {
      most = Math.max(most, Math.abs(there[i] - before[i]));
    }
    for (int i = 0; i < there.length; i++) {
      near("parameter " + i, here[i], there[i], unit * most);
    }
  }

  private void near(String what, double found, double expected, double tolerance) {
    if (!(Math.abs(found - expected) <= tolerance)) {
      throw new IllegalStateException(
          peer + ": " + what + " is " + found + ", not " + expected + " ± " + tolerance);
    }
  }

  @Benchmark
  public double step() throws Exception {
    return steps.step();
  }
}
