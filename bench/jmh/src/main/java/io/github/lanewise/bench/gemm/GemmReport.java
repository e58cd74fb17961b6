package io.github.lanewise.bench.gemm;

import io.github.lanewise.bench.machine.MachineProbe;
import io.github.lanewise.bench.peer.GemmPeer;
import io.github.lanewise.bench.peer.GemmShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * JMH's results of {@link GemmBenchmark} as a table: one row for a product, one column for a peer,
 * GFLOP/s. A fork counts as the median of its iterations and a cell as the median of its forks.
 */
final class GemmReport {
  private static final String LANEWISE = "lanewise";

  /** What one peer did at one product. */
  private record Cell(double[] gflops, double peak, double bandwidth, double cores) {
    double median() {
      return GemmReport.median(gflops);
    }
  }

  private record Row(String mode, GemmShape shape) {}

  private final Map<String, GemmPeer> peers = new LinkedHashMap<>();
  private final Map<Row, Map<String, Cell>> rows = new LinkedHashMap<>();

  /** Nanoseconds of a call. */
  private final ToDoubleFunction<IterationResult> time;

  /**
   * Reads the results.
   *
   * @param processorTime whether time is that of the processor; otherwise it is the clock's
   */
  GemmReport(List<GemmPeer> peers, Collection<RunResult> results, boolean processorTime) {
    this.time =
        processorTime
            ? i -> i.getPrimaryResult().getScore() * secondary(i, MachineProbe.CORES)
            : i -> i.getPrimaryResult().getScore();
    peers.forEach(peer -> this.peers.put(peer.name(), peer));
    for (RunResult result : results) {
      GemmShape shape =
          GemmShape.parse(
              result.getParams().getParam("variant"), result.getParams().getParam("shape"));
      Collection<BenchmarkResult> forks = result.getBenchmarkResults();
      Cell cell =
          new Cell(
              forks.stream().mapToDouble(f -> shape.flops() / median(f, time)).toArray(),
              median(forks, MachineProbe.PEAK),
              median(forks, MachineProbe.READ),
              median(forks, MachineProbe.CORES));
      rows.computeIfAbsent(
              new Row(result.getParams().getParam("mode"), shape), row -> new LinkedHashMap<>())
          .put(result.getParams().getParam("peer"), cell);
    }
  }

  private static double median(Collection<BenchmarkResult> forks, String name) {
    return median(forks.stream().mapToDouble(f -> median(f, i -> secondary(i, name))).toArray());
  }

  private static double median(BenchmarkResult fork, ToDoubleFunction<IterationResult> of) {
    return median(fork.getIterationResults().stream().mapToDouble(of).toArray());
  }

  private static double secondary(IterationResult iteration, String name) {
    Result<?> result = iteration.getSecondaryResults().get(name);
    return result == null ? Double.NaN : result.getScore();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  String markdown() {
    StringBuilder out = new StringBuilder();
    List<String> others = peers.keySet().stream().filter(name -> !name.equals(LANEWISE)).toList();
    out.append(
        """
        GFLOP/s, median of forks; for lanewise with the slowest and the fastest fork. Peak: share of \
        the FMA peak that the same forks measured beside it. Read: at batch 1, bytes of A per time as \
        a share of the read bandwidth at that size, measured likewise. Native: lanewise over the best \
        native library called from Java; JVM: over the best other library in Java. Below 1 it is bold.

        """);
    out.append("| mode | class | product | lanewise | forks | peak | read | native | JVM |");
    others.forEach(name -> out.append(' ').append(name).append(" |"));
    out.append("\n|---|---|---|---:|---:|---:|---:|---:|---:|");
    others.forEach(name -> out.append("---:|"));
    out.append('\n');
    rows.forEach((row, cells) -> append(out, row, cells, others));
    appendMeans(out);
    appendCores(out);
    return out.toString();
  }

  private void append(StringBuilder out, Row row, Map<String, Cell> cells, List<String> others) {
    Cell own = cells.get(LANEWISE);
    out.append("| ").append(row.mode);
    out.append(" | ").append(ShapeSet.of(row.shape.text()));
    out.append(" | ").append(row.shape).append(" | ");
    if (own == null) {
      out.append("| | | | | |");
    } else {
      double nanos = row.shape.flops() / own.median();
      double read = row.shape.bytesA() / nanos / own.bandwidth; // bytes per ns are GB/s
      out.append(number(own.median())).append(" | ");
      out.append(number(Arrays.stream(own.gflops).min().orElse(Double.NaN))).append('…');
      out.append(number(Arrays.stream(own.gflops).max().orElse(Double.NaN))).append(" | ");
      out.append(percent(own.median() / own.peak)).append(" | ");
      out.append(percent(read)).append(" | ");
      out.append(ratio(own.median() / best(cells, GemmPeer.Kind.NATIVE))).append(" | ");
      out.append(ratio(own.median() / best(cells, GemmPeer.Kind.JVM))).append(" |");
    }
    for (String name : others) {
      Cell cell = cells.get(name);
      out.append(' ').append(cell == null ? "" : number(cell.median())).append(" |");
    }
    out.append('\n');
  }

  private double best(Map<String, Cell> cells, GemmPeer.Kind kind) {
    return cells.entrySet().stream()
        .filter(entry -> peers.get(entry.getKey()).kind() == kind)
        .mapToDouble(entry -> entry.getValue().median())
        .max()
        .orElse(Double.NaN);
  }

  /** Geometric means of lanewise over the others, by mode, class and variant. */
  private void appendMeans(StringBuilder out) {
    Map<String, List<double[]>> groups = new TreeMap<>();
    rows.forEach(
        (row, cells) -> {
          Cell own = cells.get(LANEWISE);
          if (own != null) {
            double[] ratios = {
              own.median() / own.peak,
              own.median() / best(cells, GemmPeer.Kind.NATIVE),
              own.median() / best(cells, GemmPeer.Kind.JVM)
            };
            String set = ShapeSet.of(row.shape.text());
            String variant = row.shape.variant();
            for (String group : List.of(set + " | " + variant, "all | " + variant, "all | all")) {
              groups
                  .computeIfAbsent(row.mode + " | " + group, key -> new ArrayList<>())
                  .add(ratios);
            }
          }
        });
    out.append("\nGeometric means of the columns above, and the worst product of each group.\n\n");
    out.append("| mode | class | variant | products | peak | native | worst | JVM | worst |\n");
    out.append("|---|---|---|---:|---:|---:|---:|---:|---:|\n");
    groups.forEach(
        (group, ratios) -> {
          out.append("| ").append(group).append(" | ").append(ratios.size()).append(" | ");
          out.append(percent(mean(ratios, 0))).append(" | ");
          out.append(ratio(mean(ratios, 1))).append(" | ").append(ratio(worst(ratios, 1)));
          out.append(" | ").append(ratio(mean(ratios, 2))).append(" | ");
          out.append(ratio(worst(ratios, 2))).append(" |\n");
        });
  }

  /** Names whoever had more than one core, and tells how often others took it away. */
  private void appendCores(StringBuilder out) {
    List<String> more = new ArrayList<>();
    List<Double> less = new ArrayList<>();
    rows.forEach(
        (row, cells) ->
            cells.forEach(
                (name, cell) -> {
                  if (cell.cores > 1.2) {
                    more.add(
                        String.format(
                            Locale.ROOT, "%s %s %s (%.2f)", row.mode, row.shape, name, cell.cores));
                  } else if (cell.cores < 0.95) {
                    less.add(cell.cores);
                  }
                }));
    out.append("\nMore than one core busy, by threads of its own or the JVM's: ");
    out.append(more.isEmpty() ? "none" : String.join(", ", more)).append(".\n");
    out.append("\nLess than a core, because other programs ran: ").append(less.size());
    out.append(" of ").append(rows.values().stream().mapToInt(Map::size).sum()).append(" cells");
    less.stream()
        .sorted()
        .findFirst()
        .ifPresent(least -> out.append(String.format(Locale.ROOT, ", down to %.2f", least)));
    out.append(".\n");
  }

  private static double mean(List<double[]> ratios, int column) {
    return Math.exp(
        ratios.stream().mapToDouble(r -> Math.log(r[column])).average().orElse(Double.NaN));
  }

  private static double worst(List<double[]> ratios, int column) {
    return ratios.stream().mapToDouble(r -> r[column]).min().orElse(Double.NaN);
  }

  private static String number(double gflops) {
    return String.format(Locale.ROOT, gflops < 9.95 ? "%.2f" : "%.1f", gflops);
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  private static String ratio(double ratio) {
    if (Double.isNaN(ratio)) {
      return "";
    }
    return String.format(Locale.ROOT, ratio < 1 ? "**%.2f**" : "%.2f", ratio);
  }
}
