package io.github.lanewise.bench;

import java.util.List;
import java.util.stream.IntStream;

/** One product, called by 1 thread up to as many as there are cores. */
final class ScalingSuite implements Suite {
  private static final GemmShape SHAPE = GemmShape.parse("NN", "256x256x256");

  /** Above this many, every doubling says enough. */
  private static final int EACH = 8;

  @Override
  public String name() {
    return "scaling";
  }

  @Override
  public List<Step> round(Preset preset, List<GemmPeer> here) {
    int cores = Runtime.getRuntime().availableProcessors();
    List<GemmPeer> peers =
        preset == Preset.QUICK ? here.subList(0, Math.min(1, here.size())) : here;
    return threads(preset, cores)
        .boxed()
        .flatMap(
            threads ->
                peers.stream()
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
