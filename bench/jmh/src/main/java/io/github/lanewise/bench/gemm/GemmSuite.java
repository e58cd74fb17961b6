package io.github.lanewise.bench.gemm;

import io.github.lanewise.bench.peer.GemmPeer;
import io.github.lanewise.bench.peer.GemmShape;
import io.github.lanewise.bench.peer.Peers;
import io.github.lanewise.bench.peer.ShapeSet;
import io.github.lanewise.bench.suite.JmhRuns;
import io.github.lanewise.bench.suite.Preset;
import io.github.lanewise.bench.suite.Suite;
import java.util.ArrayList;
import java.util.List;

/** Square products in every variant, and layers as the forward pass has them. */
public final class GemmSuite implements Suite {
  @Override
  public String name() {
    return "gemm";
  }

  @Override
  public List<Step> round(Preset preset, Peers peers) {
    List<GemmShape> shapes =
        new ArrayList<>(ShapeSet.products(preset.squares, List.of("NN", "TN", "NT")));
    shapes.addAll(ShapeSet.products(preset.layers, List.of("NN")));
    List<Step> steps = new ArrayList<>();
    for (GemmShape shape : shapes) {
      peers.gemm().stream()
          .filter(peer -> peer.takes(shape))
          .forEach(peer -> steps.add(step(preset, GemmBenchmark.class, shape, peer, 1)));
    }
    return steps;
  }

  /** One fork of one product with one peer, in so many threads. */
  static Step step(Preset preset, Class<?> benchmark, GemmShape shape, GemmPeer peer, int threads) {
    String name = shape + " " + peer.name() + (threads > 1 ? " ×" + threads : "");
    return new Step(
        name,
        recording ->
            recording.jmh(
                benchmark.getSimpleName() + " " + name + " " + threads,
                JmhRuns.fork(
                        benchmark, peer.jvmArgs(), preset.warmup, preset.iterations, preset.time)
                    .param("mode", "hot")
                    .param("variant", shape.variant())
                    .param("shape", shape.text())
                    .param("peer", peer.name())
                    .threads(threads)
                    .build()));
  }
}
