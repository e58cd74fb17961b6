package io.github.lanewise.bench.suite;

import io.github.lanewise.bench.peer.Peer;
import io.github.lanewise.bench.peer.Peers;
import io.github.lanewise.bench.report.Fork;
import io.github.lanewise.bench.report.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cells measured fork by fork, for the commands {@code latency} and {@code startup}. */
public final class CellForks {
  private final Map<String, String> card;
  private final Peers peers;
  private final Map<Cell, List<Map<String, Double>>> forks = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();

  public CellForks(Map<String, String> card, Peers peers) {
    this.card = card;
    this.peers = peers;
  }

  /** So many forks of each, in turns. */
  public void measure(List<Cell> cells, int count) throws InterruptedException {
    cells.forEach(cell -> forks.put(cell, new ArrayList<>()));
    for (int fork = 0; fork < count; fork++) {
      for (Cell cell : cells) {
        try {
          forks.get(cell).add(cell.fork());
        } catch (IOException e) {
          failures.add(cell + ": " + e.getMessage());
        }
      }
    }
  }

  public List<Cell> cells() {
    return List.copyOf(forks.keySet());
  }

  public List<String> failures() {
    return failures;
  }

  public double median(Cell cell, String key) {
    double[] sorted =
        forks.get(cell).stream()
            .mapToDouble(fork -> fork.getOrDefault(key, Double.NaN))
            .sorted()
            .toArray();
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  public Report report() {
    Report report = new Report(card, peers.said(), Peer.kinds(), failures, null, null);
    for (Map.Entry<Cell, List<Map<String, Double>>> entry : forks.entrySet()) {
      Cell cell = entry.getKey();
      for (Map<String, Double> fork : entry.getValue()) {
        report = report.withForksOf(Fork.report(cell.suite(), cell.params(), cell.peer(), fork));
      }
    }
    return report;
  }

  /** The head of a table: the machine, who takes part, and what has failed. */
  public String head(String label) {
    StringBuilder text = new StringBuilder("# " + label + "\n\n");
    card.forEach(
        (name, value) -> text.append("- ").append(name).append(": ").append(value).append('\n'));
    peers
        .said()
        .forEach(
            (name, words) ->
                text.append("- ").append(name).append(": ").append(words).append('\n'));
    failures.forEach(failure -> text.append("- failed: ").append(failure).append('\n'));
    return text.append('\n').toString();
  }

  public static String row(Object... cells) {
    StringBuilder text = new StringBuilder("|");
    Arrays.stream(cells).forEach(cell -> text.append(' ').append(cell).append(" |"));
    return text.append('\n').toString();
  }
}
