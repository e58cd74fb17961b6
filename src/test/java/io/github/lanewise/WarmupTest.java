package io.github.lanewise;

import static io.github.lanewise.Floats.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A warm-up by itself, in this virtual machine, that other tests have warmed before. */
class WarmupTest {
  /** Long enough for a machine that is busy with other things. */
  private static final Duration LONG = Duration.ofSeconds(40);

  private final SplittableRandom random = new SplittableRandom(41);

  private static Network network() {
    return Network.builder(40).dense(70, Activation.GELU).dense(6, Activation.IDENTITY).build(1);
  }

  /** The same bits before, when the scalar kernels answer, and after. */
  @Test
  void answersStayTheSame() {
    Network network = network();
    PackedNetwork packed = PackedNetwork.of(network);
    Workspace workspace = Workspace.forInference(network, 5);
    float[] x = Floats.uniform(random, 40 * 5, 1);
    float[] parameters = network.parameters().clone();
    float[] expected = new float[6 * 5];
    network.run(x, 0, 5, expected, 0, workspace);

    Warmup warmup = Warmup.of(network, 5).and(Warmup.of(packed, 5)).limit(LONG);
    for (boolean ready : new boolean[] {false, true}) {
      if (ready) {
        warmup.run();
      }
      assertThat(warmup.isReady()).as("%s", warmup.report()).isEqualTo(ready);
      assertThat(warmup.report().steady()).isEqualTo(ready);
      for (int way = 0; way < 2; way++) {
        float[] out = new float[6 * 5];
        if (way == 0) {
          network.run(x, 0, 5, out, 0, workspace);
        } else {
          packed.run(x, 0, 5, out, 0, workspace);
        }
        assertSameBits("ready: " + ready, out, expected);
      }
    }
    assertSameBits("parameters", network.parameters(), parameters);
  }

  @Test
  void reportsEveryStep() {
    Network network = network();
    List<Warmup.Step> told = new ArrayList<>();
    Warmup warmup = Warmup.of(network, 3).limit(LONG).onProgress(told::add);
    assertThat(warmup.report().steps()).isEmpty();
    assertThat(warmup).hasToString("Warmup[40 to 6, batches up to 3]");

    warmup.run();

    assertThat(warmup).hasToString("Warmup[40 to 6, batches up to 3, ready]");
    List<Warmup.Step> steps = warmup.report().steps();
    assertThat(steps)
        .extracting(Warmup.Step::what)
        .contains(
            "layer 0, 70×40: tiles",
            "layer 0, 70×40: gelu",
            "layer 1, 6×70: batches",
            "the network");
    assertThat(steps).allSatisfy(step -> assertThat(step.bytes()).isZero());
    assertThat(steps).allSatisfy(step -> assertThat(step.calls()).isPositive());
    assertThat(told)
        .extracting(Warmup.Step::what)
        .containsExactlyInAnyOrderElementsOf(steps.stream().map(Warmup.Step::what).toList());
    assertThat(warmup.report().time()).isPositive();
  }

  /** A limit that is too short leaves the scalar kernels; another run goes on. */
  @Test
  void bounded() {
    Network network = network();
    Workspace workspace = Workspace.forInference(network, 1);
    float[] x = Floats.uniform(random, 40, 1);
    float[] expected = new float[6];
    network.run(x, 0, 1, expected, 0, workspace);
    Warmup warmup = Warmup.of(network, 64).limit(Duration.ofNanos(1));
    warmup.run();
    assertThat(warmup.isReady()).isFalse();
    assertThat(warmup.report().steady()).isFalse();
    float[] out = new float[6];
    network.run(x, 0, 1, out, 0, workspace);
    assertSameBits("without being ready", out, expected);

    warmup.limit(LONG).run();
    assertThat(warmup.isReady()).as("%s", warmup.report()).isTrue();
  }

  /** Whoever waits for it goes on when it is ready, on a thread of its own. */
  @Test
  void awaited() throws InterruptedException {
    Warmup warmup = Warmup.of(network(), 2).limit(ChronoUnit.FOREVER.getDuration());
    assertThat(warmup.awaitReady(Duration.ZERO)).isFalse();
    assertThat(warmup.awaitReady(Duration.ofSeconds(-1))).isFalse();
    assertThat(warmup.awaitReady(Duration.ofMillis(1))).isFalse();
    Thread warming = Thread.ofPlatform().start(warmup);
    assertThat(warmup.awaitReady(ChronoUnit.FOREVER.getDuration())).isTrue();
    assertThat(warmup.isReady()).isTrue();
    warming.join();
    assertThat(warmup.awaitReady(Duration.ZERO)).isTrue();
  }

  /** What answered before goes on when a warm-up for larger batches does not get there. */
  @Test
  void aSecondOneThatFailsTakesNothingAway() {
    Network network = network();
    Warmup larger = Warmup.of(network, 64).limit(Duration.ofNanos(1));
    larger.run();
    assertThat(network.inference().kernels()).isSameAs(Lanewise.scalar());
    assertThat(network.warmUp(2)).matches(Warmup.Report::steady);
    Warmup.of(network, 64);
    assertThat(network.inference().kernels()).isSameAs(Lanewise.scalar());
    larger.run();
    assertThat(larger.isReady()).isFalse();
    assertThat(network.inference().kernels()).isSameAs(Lanewise.kernels());
  }

  /** An interrupt ends it as the limit does, and stays; so does a listener that throws. */
  @Test
  void cutShort() {
    Network network = network();
    Warmup warmup = Warmup.of(network, 3).limit(LONG);
    Thread.currentThread().interrupt();
    warmup.run();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(warmup.isReady()).isFalse();
    assertThat(network.inference().kernels()).isSameAs(Lanewise.scalar());

    Warmup broken =
        Warmup.of(network, 3)
            .onProgress(
                step -> {
                  throw new IllegalStateException("broken");
                });
    assertThatThrownBy(broken::run).hasMessage("broken");
    assertThat(broken.isReady()).isFalse();

    warmup.run();
    assertThat(warmup.isReady()).as("%s", warmup.report()).isTrue();
  }

  @Test
  void noVirtualThread() throws InterruptedException {
    Warmup warmup = Warmup.of(network(), 1);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread.ofVirtual().uncaughtExceptionHandler((t, e) -> thrown.set(e)).start(warmup).join();
    assertThat(thrown.get())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("platform thread");
    assertThat(warmup.isReady()).isFalse();
  }

  /** A network whose largest batches take seconds is not called by all of them. */
  @Test
  void largeNetworks() {
    Network network =
        Network.builder(1000).dense(2000, Activation.RELU).dense(10, Activation.IDENTITY).build(1);
    assertThat(DrillNetwork.batches(2000)).hasSize(64).startsWith(1, 2, 3).endsWith(2000);
    assertThat(DrillNetwork.affordable(DrillNetwork.batches(2000), network.inference().layers()))
        .hasSizeBetween(32, 63)
        .startsWith(1, 2, 3)
        .endsWith(2000);
  }

  @Test
  void hereAndNow() {
    assertThat(network().warmUp(2)).matches(Warmup.Report::steady);
    assertThat(PackedNetwork.of(network()).warmUp(2)).matches(Warmup.Report::steady);
  }

  @Test
  void productsWithStridesOfTheirOwn() {
    FloatMatrix a = FloatMatrix.rowMajor(Floats.sentinels(30 * 50), 30, 50);
    FloatMatrix b = new FloatMatrix(Floats.sentinels(53 * 50), 1, 50, 40, 53, 1);
    float[] c = Floats.sentinels(30 * 40);
    Warmup warmup = Warmup.ofProduct(a, b, FloatMatrix.rowMajor(c, 30, 40)).limit(LONG);
    warmup.run();
    assertThat(warmup.isReady()).as("%s", warmup.report()).isTrue();
    assertThat(warmup).hasToString("Warmup[product 30×40×50, ready]");
    assertSameBits("c", c, Floats.sentinels(30 * 40));
  }
}
