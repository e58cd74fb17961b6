package io.github.lanewise.bench.report;

import java.util.List;
import java.util.Map;

/** Bar charts: a group of bars for each task, a bar for each peer. */
final class Bars {
  private Bars() {}

  static Chart chart(
      String id,
      String title,
      String says,
      String otherwise,
      String unit,
      List<String> peers,
      Map<String, Map<String, Double>> values) {
    Plot plot = new Plot(peers).categories(List.copyOf(values.keySet()), unit);
    for (String peer : peers) {
      if (values.values().stream().anyMatch(task -> task.containsKey(peer))) {
        plot.bars(peer, values.values().stream().map(task -> task.get(peer)).toList());
      }
    }
    return plot.chart(id, title, says, otherwise);
  }
}
