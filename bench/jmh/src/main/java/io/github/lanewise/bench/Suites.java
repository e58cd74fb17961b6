package io.github.lanewise.bench;

import io.github.lanewise.bench.gemm.GemmSuite;
import io.github.lanewise.bench.gemm.ScalingSuite;
import io.github.lanewise.bench.gemm.TurnsSuite;
import io.github.lanewise.bench.latency.LatencyCommand;
import io.github.lanewise.bench.layers.ActivationBenchmark;
import io.github.lanewise.bench.layers.BackwardBenchmark;
import io.github.lanewise.bench.layers.TrainingBenchmark;
import io.github.lanewise.bench.startup.StartupCommand;
import io.github.lanewise.bench.suite.CellSuite;
import io.github.lanewise.bench.suite.JmhSuite;
import io.github.lanewise.bench.suite.Preset;
import io.github.lanewise.bench.suite.Suite;
import java.util.List;

/** What {@code run} can be asked for. */
final class Suites {
  private Suites() {}

  /** What a preset runs where none is named: quick has no time for products fork by fork. */
  static List<Suite> of(Preset preset) {
    return all().stream()
        .filter(suite -> preset == Preset.FULL || !suite.name().equals("gemm"))
        .toList();
  }

  /** All there are, in the order of the page. */
  static List<Suite> all() {
    return List.of(
        new TurnsSuite(),
        new GemmSuite(),
        new JmhSuite("training", TrainingBenchmark.class, TrainingBenchmark::others),
        new JmhSuite("backward", BackwardBenchmark.class, BackwardBenchmark::others),
        new JmhSuite("activation", ActivationBenchmark.class, ActivationBenchmark::others),
        new ScalingSuite(),
        new CellSuite("latency", LatencyCommand::cells),
        new CellSuite("startup", StartupCommand::cells));
  }
}
