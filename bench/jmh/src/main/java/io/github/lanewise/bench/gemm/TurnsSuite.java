package io.github.lanewise.bench.gemm;

import io.github.lanewise.bench.peer.Peers;
import io.github.lanewise.bench.suite.Preset;
import io.github.lanewise.bench.suite.Suite;
import java.util.List;

/** Products of all sizes in every variant, all peers in one JVM: a fork is a step. */
public final class TurnsSuite implements Suite {
  @Override
  public String name() {
    return "turns";
  }

  @Override
  public List<Step> round(Preset preset, Peers peers) {
    Turns turns =
        new Turns(
            peers.gemm(),
            preset.turns,
            List.of("NN", "TN", "NT"),
            preset.warmupOfTurns,
            Turns.ROUNDS,
            Turns.MILLIS);
    return List.of(new Step(name(), recording -> recording.add(turns.fork())));
  }
}
