package io.github.lanewise.bench.report;

import io.github.lanewise.bench.peer.GemmShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The rows of a report that stand in the README: square products of a size that lives in L1, in L2,
 * and in neither, in all variants, whoever won; steps of training; latencies.
 */
final class Headline {
  private static final List<Integer> SIZES = List.of(64, 256, 1024);
  private static final List<String> VARIANTS = List.of("NN", "TN", "NT");
  private static final String LANEWISE = "lanewise";

  private final Report report;

  /** By size, then by variant, then by peer. */
  private final Map<Integer, Map<String, Map<String, Row>>> products = new TreeMap<>();

  Headline(Report report) {
    this.report = report;
    for (Row row : report.rows("gemm")) {
      GemmShape s = Work.shape(row);
      boolean square = s.m() == s.n() && s.n() == s.k() && s.dense();
      if (square && SIZES.contains(s.n()) && row.param("mode").equals("hot")) {
        products
            .computeIfAbsent(s.n(), size -> new LinkedHashMap<>())
            .computeIfAbsent(s.variant(), variant -> new LinkedHashMap<>())
            .put(row.peer(), row);
      }
    }
  }

  /** Peers that have a product here, Lanewise first. */
  List<String> peers() {
    return report.measuredPeers().stream()
        .filter(peer -> rows().anyMatch(row -> row.peer().equals(peer)))
        .toList();
  }

  /** All products of the headline. */
  Stream<Row> rows() {
    return products.values().stream()
        .flatMap(v -> v.values().stream())
        .flatMap(p -> p.values().stream());
  }

  /**
   * GFLOP/s of a peer at every product that anybody has, as {@code 64³ NN}; NaN where it has none.
   */
  Map<String, Double> gflops(String peer) {
    Map<String, Double> gflops = new LinkedHashMap<>();
    products.forEach(
        (size, variants) ->
            VARIANTS.stream()
                .filter(variants::containsKey)
                .forEach(
                    variant -> {
                      Row row = variants.get(variant).get(peer);
                      gflops.put(
                          size + "³ " + variant, row == null ? Double.NaN : Work.gflops(row));
                    }));
    return gflops;
  }

  /** A peer's name as a person says it. */
  static String spoken(String peer) {
    return peer.replaceFirst("-heap$", "");
  }

  /** One line of Markdown for each size, one column for each peer. */
  String table() {
    List<String> peers = peers();
    StringBuilder out = new StringBuilder("| product |");
    for (String peer : peers) {
      out.append(' ').append(spoken(peer)).append(" |");
      if (peer.equals(LANEWISE)) {
        out.append(" of peak | over native | over JVM |");
      }
    }
    out.append("\n|---|").append("---:|".repeat(peers.size() + 3)).append('\n');
    products.forEach(
        (size, variants) -> {
          List<String> here = VARIANTS.stream().filter(variants::containsKey).toList();
          out.append("| ").append(size).append("³ ").append(String.join(" / ", here)).append(" |");
          for (String peer : peers) {
            out.append(cell(variants, here, row(peer), row -> format("%.0f", Work.gflops(row))));
            if (peer.equals(LANEWISE)) {
              out.append(
                  cell(variants, here, row(peer), r -> format("%.0f %%", 100 * Work.share(r))));
              out.append(cell(variants, here, p -> over(p, false), r -> r));
              out.append(cell(variants, here, p -> over(p, true), r -> r));
            }
          }
          out.append('\n');
        });
    return out.toString();
  }

  private static Function<Map<String, Row>, Row> row(String peer) {
    return byPeer -> byPeer.get(peer);
  }

  private static <T> String cell(
      Map<String, Map<String, Row>> variants,
      List<String> here,
      Function<Map<String, Row>, T> of,
      Function<T, String> text) {
    List<String> values = new ArrayList<>();
    for (String variant : here) {
      T value = of.apply(variants.get(variant));
      values.add(value == null ? "–" : text.apply(value));
    }
    return " " + String.join(" / ", values) + " |";
  }

  /** Lanewise's speed over the best of the others of this kind; below 1 in bold. */
  private String over(Map<String, Row> byPeer, boolean jvm) {
    Row own = byPeer.get(LANEWISE);
    double best =
        byPeer.values().stream()
            .filter(row -> jvm ? report.isJvm(row.peer()) : report.isNative(row.peer()))
            .mapToDouble(Row::median)
            .min()
            .orElse(Double.NaN);
    double ratio = own == null ? Double.NaN : best / own.median();
    return Double.isFinite(ratio) ? format(ratio < 1 ? "**%.2f**" : "%.2f", ratio) : null;
  }

  /** Other suites, one line for each task, microseconds. */
  String times() {
    Map<Row.Task, Map<String, Row>> tasks = new LinkedHashMap<>();
    report.figures().stream()
        .filter(row -> List.of("training", "latency").contains(row.suite()))
        .forEach(
            row ->
                tasks.computeIfAbsent(row.task(), k -> new LinkedHashMap<>()).put(row.peer(), row));
    if (tasks.isEmpty()) {
      return "";
    }
    List<String> peers =
        report.measuredPeers().stream()
            .filter(peer -> tasks.values().stream().anyMatch(rows -> rows.containsKey(peer)))
            .toList();
    StringBuilder out = new StringBuilder("| microseconds |");
    peers.forEach(peer -> out.append(' ').append(spoken(peer)).append(" |"));
    out.append("\n|---|").append("---:|".repeat(peers.size())).append('\n');
    tasks.forEach(
        (task, rows) -> {
          out.append("| ").append(task).append(" |");
          for (String peer : peers) {
            Row row = rows.get(peer);
            out.append(row == null ? " – |" : format(" %.1f |", row.median() / 1e3));
          }
          out.append('\n');
        });
    return out.toString();
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
