package io.github.lanewise.example.digits;

import com.sun.management.ThreadMXBean;
import io.github.lanewise.Activation;
import io.github.lanewise.Loss;
import io.github.lanewise.Network;
import io.github.lanewise.Sgd;
import io.github.lanewise.Workspace;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/** Trains 784-128-10 by gradient descent. Everything a step needs is allocated here, once. */
final class Training {
  private static final float RATE = 0.1f;
  private static final float MOMENTUM = 0.9f;

  /** Factor of the rate from one epoch to the next. */
  private static final float DECAY = 0.8f;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final DigitSet set;
  private final SplittableRandom random;
  private final Network network;
  private final Sgd optimizer;
  private final Workspace workspace;
  private final int[] order;
  private final int batch;
  private final float[] x;
  private final float[] target;
  private float rate = RATE;
  private long allocated;

  /** Read by the thread that draws the progress bar. */
  private volatile double loss;

  Training(DigitSet set, int batch, SplittableRandom random) {
    this.set = set;
    this.batch = batch;
    this.random = random;
    network =
        Network.builder(DigitSet.PIXELS)
            .dense(128, Activation.RELU)
            .dense(DigitSet.CLASSES, Activation.IDENTITY)
            .build(random.nextLong());
    optimizer = new Sgd(network.parameters().length, rate, MOMENTUM);
    workspace = Workspace.forTraining(network, batch);
    order = new int[set.size()];
    Arrays.setAll(order, i -> i);
    x = new float[batch * DigitSet.PIXELS];
    target = new float[batch * DigitSet.CLASSES];
  }

  Network network() {
    return network;
  }

  /** Bytes that the steps of the last epoch allocated. */
  long allocated() {
    return allocated;
  }

  /** Mean loss of the last epoch, or of the current one so far. */
  double loss() {
    return loss;
  }

  /**
   * Sees every example once, in a new random order; tells after each batch how many it has seen.
   */
  void epoch(IntConsumer seen) {
    shuffle();
    optimizer.rate(rate);
    rate *= DECAY;
    allocated = 0;
    double sum = 0;
    for (int from = 0; from < order.length; from += batch) {
      int size = Math.min(batch, order.length - from);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      sum += size * step(from, size);
      allocated += THREADS.getCurrentThreadAllocatedBytes() - before;
      loss = sum / (from + size);
      seen.accept(from + size);
    }
  }

  private double step(int from, int size) {
    Arrays.fill(target, 0);
    for (int i = 0; i < size; i++) {
      int image = order[from + i];
      set.scale(image, x, i * DigitSet.PIXELS);
      target[i * DigitSet.CLASSES + set.label(image)] = 1;
    }
    return network.train(x, 0, size, target, 0, Loss.SOFTMAX_CROSS_ENTROPY, optimizer, workspace);
  }

  private void shuffle() {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }
}
