package io.github.lanewise.bench.layers;

import io.github.lanewise.Activation;
import io.github.lanewise.Loss;
import io.github.lanewise.Network;
import io.github.lanewise.Sgd;
import io.github.lanewise.Workspace;
import java.util.Arrays;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * A whole training step: forward, softmax cross-entropy, backward, SGD with momentum. Relu between
 * the layers; the batch is where the last step left it. Before a time counts the network must have
 * learned the batch.
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

  @Param("lanewise")
  public String peer;

  private Network net;
  private Sgd sgd;
  private Workspace workspace;
  private float[] x;
  private float[] target;
  private float[] gradients;

  @Setup(Level.Trial)
  public void setUp() {
    if (!peer.equals("lanewise")) {
      throw new IllegalArgumentException("there is no peer " + peer);
    }
    int[] sizes = Arrays.stream(network.split("-")).mapToInt(Integer::parseInt).toArray();
    int last = sizes.length - 1;
    Network.Builder builder = Network.builder(sizes[0]);
    for (int layer = 1; layer <= last; layer++) {
      builder.dense(sizes[layer], layer == last ? Activation.IDENTITY : Activation.RELU);
    }
    net = builder.build(1);
    sgd = new Sgd(net.parameters().length, 0.01f, 0.9f);
    workspace = Workspace.forTraining(net, batch);
    gradients = new float[net.parameters().length];
    target = new float[batch * sizes[last]];
    x = new float[batch * sizes[0]];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat();
    }
    for (int i = 0; i < batch; i++) {
      target[i * sizes[last] + random.nextInt(sizes[last])] = 1;
    }
    double before = step();
    double after = before;
    for (int i = 0; i < 300; i++) {
      after = step();
    }
    if (!(after < 0.9 * before)) {
      throw new IllegalStateException("the loss went from " + before + " to " + after);
    }
    sgd.rate(1e-6f); // gradients stay ordinary numbers, however often the step is measured
  }

  @Benchmark
  public double step() {
    double loss =
        net.backpropagate(
            x, 0, batch, target, 0, Loss.SOFTMAX_CROSS_ENTROPY, gradients, false, workspace);
    sgd.step(net.parameters(), gradients);
    return loss;
  }
}
