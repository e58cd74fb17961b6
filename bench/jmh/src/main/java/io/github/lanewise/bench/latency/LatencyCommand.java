package io.github.lanewise.bench.latency;

import io.github.lanewise.bench.peer.LatencyPeer;
import io.github.lanewise.bench.peer.Peers;
import io.github.lanewise.bench.report.ResultFiles;
import io.github.lanewise.bench.suite.Cell;
import io.github.lanewise.bench.suite.CellForks;
import io.github.lanewise.bench.suite.Preset;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs {@link LatencyFork} over networks, batches and peers, who take turns fork by fork. */
@Command(
    name = "latency",
    description = "Percentiles of single requests and small batches, peers beside each other.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class LatencyCommand implements Callable<Integer> {
  static final double[] PERCENTILES = {0, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99, 100};

  @Spec private CommandSpec spec;

  @Option(names = "--networks", split = ",")
  private List<String> networks = List.of("784-128-10", "784-512-256-10");

  @Option(names = "--batches", split = ",")
  private List<Integer> batches = List.of(1, 8, 32);

  @Option(names = "--peers", split = ",", description = "Names, or all.")
  private List<String> peers = List.of("all");

  @Option(names = "--forks", description = "JVMs for each cell.")
  private int forks = 5;

  @Option(names = "--calls", description = "Measured calls in a fork, closed and paced each.")
  private int calls = 20_000;

  @Option(names = "--warmup", description = "Milliseconds of requests before.")
  private int warmup = 3_000;

  @Option(names = "--garbage", split = ",", description = "MB/s that a second thread allocates.")
  private List<Integer> garbage = List.of(0, 200);

  @Mixin private ResultFiles files = new ResultFiles("latency");

  /** What {@code run} measures of this suite. */
  public static List<Cell> cells(Preset preset, Peers peers) {
    LatencyCommand of = new LatencyCommand();
    if (preset == Preset.QUICK) {
      of.networks = List.of("784-128-10");
      of.batches = List.of(1);
      of.garbage = List.of(0);
      of.calls = 5_000;
      of.warmup = 1_000;
    }
    return of.cells(peers.latency());
  }

  /** Peers beside each other: they take turns. */
  private List<Cell> cells(List<LatencyPeer> peers) {
    List<Cell> cells = new ArrayList<>();
    for (String network : networks) {
      for (int batch : batches) {
        for (int mb : garbage) {
          peers.forEach(peer -> cells.add(cell(network, batch, mb, peer)));
        }
      }
    }
    return cells;
  }

  private Cell cell(String network, int batch, int mb, LatencyPeer peer) {
    Map<String, String> params = new LinkedHashMap<>();
    params.put("network", network);
    params.put("batch", String.valueOf(batch));
    params.put("garbage", String.valueOf(mb));
    List<String> args = new ArrayList<>(List.of("--peer", peer.name()));
    params.forEach((name, value) -> args.addAll(List.of("--" + name, value)));
    args.addAll(List.of("--calls", String.valueOf(calls)));
    args.addAll(List.of("--warmup", String.valueOf(warmup)));
    return new Cell("latency", params, peer.name(), peer.jvmArgs(), LatencyFork.class, args);
  }

  static String label(double percentile) {
    return percentile == Math.rint(percentile)
        ? String.valueOf((long) percentile)
        : String.valueOf(percentile);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    files.check(spec);
    List<LatencyPeer> wanted =
        LatencyPeer.all().stream()
            .filter(
                p -> peers.contains(p.name()) || (peers.contains("all") && !p.name().contains("-")))
            .toList();
    Peers opened = Peers.open(wanted);
    CellForks measured = new CellForks(spec, opened);
    Map<Object, List<Cell>> tasks = new LinkedHashMap<>();
    cells(opened.latency())
        .forEach(cell -> tasks.computeIfAbsent(cell.params(), k -> new ArrayList<>()).add(cell));
    for (List<Cell> task : tasks.values()) {
      measured.measure(task, forks);
      task.forEach(cell -> System.out.print(line(measured, cell)));
      measured.write(files, about(), cell -> line(measured, cell));
    }
    return measured.end();
  }

  private static String micros(CellForks measured, Cell cell, String key) {
    return String.format(Locale.ROOT, "%.1f", measured.median(cell, key) / 1000);
  }

  private static String line(CellForks measured, Cell cell) {
    return CellForks.row(
        cell.params().get("network"),
        cell.params().get("batch"),
        cell.params().get("garbage"),
        cell.peer(),
        micros(measured, cell, "closed-p50"),
        micros(measured, cell, "closed-p99"),
        micros(measured, cell, "closed-p99.9"),
        micros(measured, cell, "closed-p100"),
        micros(measured, cell, "paced-p50"),
        micros(measured, cell, "paced-p99"),
        micros(measured, cell, "paced-p99.9"),
        micros(measured, cell, "jitter-p99"),
        micros(measured, cell, "jitter-p99.9"),
        measured.median(cell, "bytes"),
        measured.median(cell, "collections"));
  }

  private String about() {
    return String.format(
            Locale.ROOT,
            """
            Microseconds, medians over %d JVMs of the percentiles of %,d calls each. Closed: the next request \
            starts when the last is answered. Paced: due every ten medians, counted from when due (coordinated \
            omission corrected). Jitter: a loop that counts for as long as the median, timed alike. Garbage: MB/s \
            allocated by a second thread. Bytes: allocated per request by its thread.

            """,
            forks,
            calls)
        + "| network | batch | garbage | peer | p50 | p99 | p99.9 | max | paced p50 | p99 | p99.9 | jitter p99 | p99.9 | bytes | collections |\n"
        + "|---|---:|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n";
  }
}
