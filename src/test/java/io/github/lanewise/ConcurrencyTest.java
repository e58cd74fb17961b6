package io.github.lanewise;

import static io.github.lanewise.Floats.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One network, many threads, a workspace each: the bits of a single thread. */
class ConcurrencyTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = 50;
  private static final int BATCH = 6;

  @Test
  @Timeout(120) // for threads that wait for each other in vain, not for slow ones
  void threadsShareANetwork() throws Exception {
    Network network =
        Network.builder(37)
            .dense(50, Activation.GELU)
            .dense(20, Activation.TANH)
            .dense(9, Activation.IDENTITY)
            .build(1);
    SplittableRandom random = new SplittableRandom(2);
    float[] x = Floats.uniform(random, 37 * BATCH, 1);
    float[] target = Floats.uniform(random, 9 * BATCH, 1);
    Answers expected = new Answers(network, x, target, Workspace.forTraining(network, BATCH));

    List<Future<?>> futures = new ArrayList<>();
    CyclicBarrier start = new CyclicBarrier(2 * THREADS);
    // Platform threads and virtual ones: nothing may hang on the identity of a thread.
    try (ExecutorService platform = Executors.newFixedThreadPool(THREADS);
        ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
      for (ExecutorService executor : List.of(platform, virtual)) {
        for (int t = 0; t < THREADS; t++) {
          futures.add(
              executor.submit(
                  () -> {
                    Workspace workspace = Workspace.forTraining(network, BATCH);
                    start.await();
                    for (int round = 0; round < ROUNDS; round++) {
                      new Answers(network, x, target, workspace).assertSame(expected);
                    }
                    return null;
                  }));
        }
      }
      for (Future<?> future : futures) {
        future.get(100, TimeUnit.SECONDS);
      }
    }
    assertThat(futures).hasSize(2 * THREADS);
  }

  private static final class Answers {
    final float[] out = new float[9 * BATCH];
    final float[] gradients;
    final double loss;

    Answers(Network network, float[] x, float[] target, Workspace workspace) {
      gradients = new float[network.parameters().length];
      network.run(x, 0, BATCH, out, 0, workspace);
      loss =
          network.backpropagate(
              x, 0, BATCH, target, 0, Loss.MEAN_SQUARED_ERROR, gradients, false, workspace);
    }

    void assertSame(Answers expected) {
      assertSameBits("answers", out, expected.out);
      assertSameBits("gradients", gradients, expected.gradients);
      assertThat(loss).isEqualTo(expected.loss);
    }
  }
}
