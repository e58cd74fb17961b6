package io.github.lanewise;

import static io.github.lanewise.Refusal.illegal;
import static io.github.lanewise.Refusal.ofNull;

import java.time.Duration;
import java.util.stream.Stream;

/** What a warm-up refuses. */
final class WarmupRefusals {
  private static final Network NETWORK = Network.builder(3).dense(4, Activation.SILU).build(1);
  private static final PackedNetwork PACKED = PackedNetwork.of(NETWORK);

  private WarmupRefusals() {}

  // spotless:off
  static Stream<Refusal> all() {
    return Stream.of(
        ofNull("Warmup.of", "network", x -> Warmup.of((Network) null, 1)),
        ofNull("Warmup.of", "network", x -> Warmup.of((PackedNetwork) null, 1)),
        illegal("Warmup.of", "no batch", x -> Warmup.of(NETWORK, 0), "maxBatch", "0"),
        illegal("Warmup.of", "no batch", x -> Warmup.of(PACKED, -1), "maxBatch", "-1"),
        illegal("Network.warmUp", "no batch", x -> NETWORK.warmUp(0), "maxBatch", "0"),
        illegal("PackedNetwork.warmUp", "no batch", x -> PACKED.warmUp(0), "maxBatch", "0"),
        ofNull("Warmup.and", "other", x -> product(x).and(null)),
        ofNull("Warmup.awaitReady", "longest", x -> awaited(product(x), null)),
        ofNull("Warmup.limit", "longest", x -> product(x).limit(null)),
        illegal("Warmup.limit", "no time", x -> product(x).limit(Duration.ZERO), "longest", "PT0S"),
        illegal("Warmup.limit", "less than no time", x -> product(x).limit(Duration.ofSeconds(-1)), "longest", "PT-1S"),
        ofNull("Warmup.onProgress", "listener", x -> product(x).onProgress(null)),
        ofNull("Warmup.ofProduct", "a", x -> Warmup.ofProduct(null, x.matrix(3, 2), x.matrix(2, 2))),
        ofNull("Warmup.ofProduct", "b", x -> Warmup.ofProduct(x.matrix(2, 3), null, x.matrix(2, 2))),
        ofNull("Warmup.ofProduct", "c", x -> Warmup.ofProduct(x.matrix(2, 3), x.matrix(3, 2), null)),
        illegal("Warmup.ofProduct", "inner sizes", x -> Warmup.ofProduct(x.matrix(2, 3), x.matrix(4, 2), x.matrix(2, 2)), "a is 2×3", "b is 4×2"),
        illegal("Warmup.ofProduct", "outer sizes", x -> Warmup.ofProduct(x.matrix(2, 3), x.matrix(3, 2), x.matrix(3, 2)), "c is 3×2", "2×2"));
  }
  // spotless:on

  private static boolean awaited(Warmup warmup, Duration longest) {
    try {
      return warmup.awaitReady(longest);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private static Warmup product(Refusal.Watched x) {
    return Warmup.ofProduct(x.matrix(2, 3), x.matrix(3, 2), x.matrix(2, 2));
  }
}
