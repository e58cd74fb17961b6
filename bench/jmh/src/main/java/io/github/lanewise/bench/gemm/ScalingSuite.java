package io.github.lanewise.bench.gemm;

import io.github.lanewise.bench.peer.GemmPeer;
import io.github.lanewise.bench.peer.GemmShape;
import io.github.lanewise.bench.peer.Peers;
import io.github.lanewise.bench.suite.Preset;
import io.github.lanewise.bench.suite.Suite;
import java.util.List;
import java.util.stream.IntStream;

/** One product, called by 1 thread up to as many as there are cores. */
public final class ScalingSuite implements Suite {
  private static final GemmShape SHAPE = GemmShape.parse("NN", "256x256x256");

  /** Above this many, every doubling says enough. */
  private static final int EACH = 8;

  @Override
  public String name() {
    return "scaling";
  }

  @Override
  public List<Step> round(Preset preset, Peers peers) {
    int cores = Runtime.getRuntime().availableProcessors();
    List<GemmPeer> callers =
        peers.gemm().stream().limit(preset == Preset.QUICK ? 1 : Integer.MAX_VALUE).toList();
    return threads(preset, cores)
        .boxed()
        .flatMap(
            threads ->
                callers.stream()
                    .map(
                        peer ->
                            GemmSuite.step(preset, ScalingBenchmark.class, SHAPE, peer, threads)))
        .toList();
  }

  private static IntStream threads(Preset preset, int cores) {
    return IntStream.rangeClosed(1, cores)
        .filter(
            n ->
                n == 1
                    || n == cores
                    || preset == Preset.FULL && (n <= EACH || Integer.bitCount(n) == 1));
  }
}
