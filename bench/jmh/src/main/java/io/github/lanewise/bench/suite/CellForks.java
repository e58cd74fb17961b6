package io.github.lanewise.bench.suite;

import io.github.lanewise.bench.machine.MachineCard;
import io.github.lanewise.bench.peer.Peer;
import io.github.lanewise.bench.peer.Peers;
import io.github.lanewise.bench.report.Fork;
import io.github.lanewise.bench.report.Report;
import io.github.lanewise.bench.report.ResultFiles;
import io.github.lanewise.bench.report.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/** Cells measured fork by fork, for the commands {@code latency} and {@code startup}. */
public final class CellForks {
  private final Map<String, String> card;
  private final Peers peers;
  private final Map<Cell, List<Map<String, Double>>> forks = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();

  public CellForks(CommandSpec spec, Peers peers) {
    this.card = MachineCard.read();
    card.put("command", MachineCard.command(spec));
    this.peers = peers;
  }

  /** So many forks more of each, in turns. */
  public void measure(List<Cell> cells, int count) throws InterruptedException {
    cells.forEach(cell -> forks.putIfAbsent(cell, new ArrayList<>()));
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

  public double median(Cell cell, String key) {
    return Row.median(
        forks.get(cell).stream().map(fork -> fork.getOrDefault(key, Double.NaN)).toList());
  }

  /** Leaves the JSON and a table: what stands before it, and a line for each cell. */
  public void write(ResultFiles files, String before, Function<Cell, String> line)
      throws IOException {
    StringBuilder table = new StringBuilder(before);
    forks.keySet().forEach(cell -> table.append(line.apply(cell)));
    files.write(report(), table.toString());
  }

  /** Says what has failed, and whether anything has as an exit code. */
  public int end() {
    failures.forEach(System.err::println);
    return failures.isEmpty() ? 0 : 1;
  }

  private Report report() {
    Report report = new Report(card, peers.said(), Peer.kinds(), failures, null, null);
    for (Map.Entry<Cell, List<Map<String, Double>>> entry : forks.entrySet()) {
      Cell cell = entry.getKey();
      for (Map<String, Double> fork : entry.getValue()) {
        report = report.withForksOf(Fork.report(cell.suite(), cell.params(), cell.peer(), fork));
      }
    }
    return report;
  }

  public static String row(Object... cells) {
    StringBuilder text = new StringBuilder("|");
    Arrays.stream(cells).forEach(cell -> text.append(' ').append(cell).append(" |"));
    return text.append('\n').toString();
  }
}
