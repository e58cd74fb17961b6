package io.github.lanewise.bench.report;

import io.github.lanewise.bench.machine.MachineProbe;
import io.github.lanewise.bench.peer.GemmShape;
import io.github.lanewise.bench.peer.ShapeSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Products as Markdown: one line for each, one column for each peer, GFLOP/s. */
public final class ProductTable {
  /** What neighbours may differ by. */
  private static final double CLIFF = 1.3;

  private final List<Contest> products;
  private final List<String> others;

  private ProductTable(Report report) {
    products = Contest.of(report, report.rows("gemm"));
    others =
        report.measuredPeers().stream().filter(name -> !name.equals(Contest.LANEWISE)).toList();
  }

  public static String markdown(Report report) {
    ProductTable table = new ProductTable(report);
    StringBuilder out = new StringBuilder();
    table.appendProducts(out);
    table.appendMeans(out);
    table.appendCliffs(out);
    table.appendCores(out);
    return out.toString();
  }

  private void appendProducts(StringBuilder out) {
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
    for (Contest product : products) {
      append(out, product);
    }
  }

  private void append(StringBuilder out, Contest product) {
    Map<String, String> params = product.task().params();
    out.append("| ").append(params.get("mode"));
    out.append(" | ").append(ShapeSet.of(params.get("shape")));
    out.append(" | ").append(name(product)).append(" | ");
    Row own = product.own();
    if (own == null) {
      out.append("| | | | | |");
    } else {
      out.append(number(Work.gflops(own))).append(" | ");
      out.append(number(Work.gflops(own, own.max()))).append('…');
      out.append(number(Work.gflops(own, own.min()))).append(" | ");
      out.append(percent(Work.share(own))).append(" | ");
      out.append(percent(Work.shareOfReading(own))).append(" | ");
      out.append(ratio(product.over(product.bestNative()))).append(" | ");
      out.append(ratio(product.over(product.bestJvm()))).append(" |");
    }
    for (String name : others) {
      Row row = product.rows().get(name);
      out.append(' ').append(row == null ? "" : number(Work.gflops(row))).append(" |");
    }
    out.append('\n');
  }

  /** Geometric means of Lanewise over the others, by mode, class and variant. */
  private void appendMeans(StringBuilder out) {
    Map<String, List<Contest>> groups = new TreeMap<>();
    for (Contest product : products) {
      if (product.own() != null) {
        Map<String, String> params = product.task().params();
        String set = ShapeSet.of(params.get("shape"));
        String variant = params.get("variant");
        for (String group : List.of(set + " | " + variant, "all | " + variant, "all | all")) {
          groups
              .computeIfAbsent(params.get("mode") + " | " + group, key -> new ArrayList<>())
              .add(product);
        }
      }
    }
    out.append("\nGeometric means of the columns above, and the worst product of each group.\n\n");
    out.append("| mode | class | variant | products | peak | native | worst | JVM | worst |\n");
    out.append("|---|---|---|---:|---:|---:|---:|---:|---:|\n");
    groups.forEach(
        (group, of) -> {
          out.append("| ").append(group).append(" | ").append(of.size()).append(" | ");
          out.append(percent(mean(of, product -> Work.share(product.own())))).append(" | ");
          out.append(ratios(of, product -> product.over(product.bestNative()))).append(" | ");
          out.append(ratios(of, product -> product.over(product.bestJvm()))).append(" |\n");
        });
  }

  /**
   * Names squares that are slower, by flops or by the clock, than a neighbour one smaller or
   * larger; in every fork, for what happens to a machine between two products is no cliff.
   */
  private void appendCliffs(StringBuilder out) {
    Map<String, NavigableMap<Integer, Row>> squares = new TreeMap<>();
    for (Contest product : products) {
      GemmShape s = product.own() == null ? null : Work.shape(product.own());
      if (s != null && s.dense() && s.square()) {
        squares
            .computeIfAbsent(product.own().param("mode") + " " + s.variant(), k -> new TreeMap<>())
            .put(s.n(), product.own());
      }
    }
    List<String> cliffs = new ArrayList<>();
    int neighbours = 0;
    for (Map.Entry<String, NavigableMap<Integer, Row>> line : squares.entrySet()) {
      for (int n : line.getValue().keySet()) {
        Row here = line.getValue().get(n);
        Row next = line.getValue().get(n + 1);
        if (next != null) {
          double slower = least(here, next, Work::gflops);
          double later = least(here, next, (row, nanos) -> nanos);
          if (Math.max(slower, later) > CLIFF) {
            String which = slower > later ? "%s %d to %d: %s" : "%s %d before %d: %s";
            cliffs.add(which.formatted(line.getKey(), n, n + 1, number(Math.max(slower, later))));
          }
          neighbours++;
        }
      }
    }
    if (neighbours > 0) {
      out.append("\nCliffs, where of two squares of lanewise, n and n + 1, the larger has ");
      out.append(CLIFF)
          .append(" times less GFLOP/s in every fork, or the smaller takes so much longer: ");
      out.append(cliffs.isEmpty() ? "none" : String.join(", ", cliffs));
      out.append(", of ").append(neighbours).append(" pairs.\n");
    }
  }

  /** The least quotient, over the forks, of what these two rows have. */
  private static double least(Row here, Row next, ToDoubleBiFunction<Row, Double> of) {
    return IntStream.range(0, Math.min(here.forks().size(), next.forks().size()))
        .mapToDouble(
            i ->
                of.applyAsDouble(here, here.forks().get(i))
                    / of.applyAsDouble(next, next.forks().get(i)))
        .min()
        .orElse(Double.NaN);
  }

  /** Names whoever had more than one core, and tells how often others took it away. */
  private void appendCores(StringBuilder out) {
    List<String> more = new ArrayList<>();
    List<Double> less = new ArrayList<>();
    int cells = 0;
    for (Contest product : products) {
      for (Row row : product.rows().values()) {
        double cores = row.beside(MachineProbe.CORES);
        if (cores > 1.2) {
          more.add(
              "%s %s %s (%s)"
                  .formatted(row.param("mode"), name(product), row.peer(), number(cores)));
        } else if (cores < Work.LEAST_OF_A_CORE) {
          less.add(cores);
        }
        cells++;
      }
    }
    out.append("\nMore than one core busy, by threads of its own or the JVM's: ");
    out.append(more.isEmpty() ? "none" : String.join(", ", more)).append(".\n");
    out.append("\nLess than a core, because other programs ran: ").append(less.size());
    out.append(" of ").append(cells).append(" cells");
    less.stream().sorted().findFirst().ifPresent(l -> out.append(", down to ").append(number(l)));
    out.append(".\n");
  }

  private static String name(Contest product) {
    return product.task().params().get("variant") + " " + product.task().params().get("shape");
  }

  private static String ratios(List<Contest> of, ToDoubleFunction<Contest> ratio) {
    double worst = of.stream().mapToDouble(ratio).min().orElse(Double.NaN);
    return ratio(mean(of, ratio)) + " | " + ratio(worst);
  }

  private static double mean(List<Contest> of, ToDoubleFunction<Contest> value) {
    return Math.exp(of.stream().mapToDouble(value).map(Math::log).average().orElse(Double.NaN));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 9.95 ? "%.2f" : "%.1f", value);
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
