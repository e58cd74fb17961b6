package io.github.lanewise;

import static io.github.lanewise.Floats.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A packed network answers with the bits of the network that it was made from. */
class PackedNetworkTest {
  private final SplittableRandom random = new SplittableRandom(31);

  /** Around every width at which W is cut, for vectors of 4 to 16 floats and tiles of 3 or 4. */
  @ParameterizedTest
  @ValueSource(
      ints = {1, 2, 7, 8, 9, 15, 16, 17, 23, 24, 25, 31, 33, 48, 63, 64, 65, 79, 80, 127, 128, 130})
  void anyWidth(int width) {
    Network network =
        Network.builder(21)
            .dense(width, Activation.SILU)
            .dense(width + 1, Activation.RELU)
            .dense(width, Activation.IDENTITY)
            .build(width);
    fillBiases(network);
    assertSameAnswers(network, PackedNetwork.of(network), new int[] {1, 2, 3, 5, 8, 13});
  }

  @ParameterizedTest
  @MethodSource("io.github.lanewise.Activations#all")
  void anyActivation(Activation g) {
    Network network = Network.builder(40).dense(70, g).dense(10, g).build(3);
    fillBiases(network);
    assertSameAnswers(network, PackedNetwork.of(network), new int[] {1, 4, 7});
  }

  /** Sizes at which large products change their ways. */
  @Test
  void largeBatches() {
    Network network =
        Network.builder(300).dense(260, Activation.RELU).dense(1024, Activation.IDENTITY).build(3);
    assertSameAnswers(network, PackedNetwork.of(network), new int[] {24, 200});
  }

  private void fillBiases(Network network) {
    for (int l = 0; l < network.layers().size(); l++) {
      int n = network.layers().get(l).outputs();
      float[] b = Floats.uniform(random, n, 1);
      System.arraycopy(b, 0, network.parameters(), network.biasOffset(l), n);
    }
  }

  private void assertSameAnswers(Network network, PackedNetwork packed, int[] batches) {
    for (int batch : batches) {
      Workspace workspace = Workspace.forInference(packed, batch);
      float[] x = Floats.uniform(random, network.inputs() * batch + 1, 1);
      float[] out = Floats.sentinels(network.outputs() * batch + 3);
      float[] expected = out.clone();
      network.run(x, 1, batch, expected, 2, workspace);
      packed.run(x, 1, batch, out, 2, workspace);
      assertSameBits("batch of " + batch, out, expected);
    }
  }

  @Test
  void itIsACopy() {
    Network network = Network.builder(5).dense(20, Activation.TANH).build(3);
    PackedNetwork packed = PackedNetwork.of(network);
    Workspace workspace = Workspace.forInference(packed, 1);
    float[] x = Floats.uniform(random, 5, 1);
    float[] before = new float[20];
    packed.run(x, 0, 1, before, 0, workspace);
    Arrays.fill(network.parameters(), Float.NaN);
    float[] after = new float[20];
    packed.run(x, 0, 1, after, 0, workspace);
    assertSameBits("answers", after, before);
    assertThat(packed.inputs()).isEqualTo(5);
    assertThat(packed.outputs()).isEqualTo(20);
    assertThat(packed).hasToString("PackedNetwork[5 -> 20 tanh]");
  }

  /**
   * Hot reload: while threads answer requests, the network is exchanged again and again. Every
   * answer is that of one of the networks, whole, and of one that was current during the request.
   */
  @Test
  @Timeout(120) // for a thread that waits in vain, not for a slow one
  void exchangedUnderLoad() throws Exception {
    int versions = 40;
    int least = 200; // requests of each thread, however fast the exchange is
    float[] x = Floats.uniform(random, 30 * 3, 1);
    List<PackedNetwork> networks = new ArrayList<>();
    List<float[]> answers = new ArrayList<>();
    for (int v = 0; v < versions; v++) {
      Network network =
          Network.builder(30).dense(70, Activation.GELU).dense(9, Activation.IDENTITY).build(v);
      float[] answer = new float[9 * 3];
      network.run(x, 0, 3, answer, 0, Workspace.forInference(network, 3));
      networks.add(PackedNetwork.of(network));
      answers.add(answer);
    }
    AtomicReference<PackedNetwork> current = new AtomicReference<>(networks.get(0));
    List<Future<Integer>> futures = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
      for (int t = 0; t < 4; t++) {
        futures.add(
            executor.submit(
                () -> {
                  Workspace workspace = Workspace.forInference(networks.get(0), 3);
                  float[] out = new float[9 * 3];
                  int version = 0;
                  int seen = 1;
                  for (int r = 0; r < least || version < versions - 1; r++) {
                    PackedNetwork network = current.get();
                    network.run(x, 0, 3, out, 0, workspace);
                    int now = networks.indexOf(network);
                    assertThat(now).isGreaterThanOrEqualTo(version);
                    seen += now > version ? 1 : 0;
                    version = now;
                    assertSameBits("answer of version " + now, out, answers.get(now));
                  }
                  return seen;
                }));
      }
      for (PackedNetwork next : networks) {
        current.set(next);
        TimeUnit.MILLISECONDS.sleep(2);
      }
      for (Future<Integer> future : futures) {
        assertThat(future.get(100, TimeUnit.SECONDS)).isGreaterThan(1);
      }
    }
  }
}
