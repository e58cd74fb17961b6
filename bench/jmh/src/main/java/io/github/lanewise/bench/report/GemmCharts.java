package io.github.lanewise.bench.report;

import io.github.lanewise.bench.peer.GemmShape;
import io.github.lanewise.bench.report.Plot.Mark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** Charts of products: under the roof of the core, over their size, and as layers. */
final class GemmCharts {
  private static final String NOT_RUN = "the suite gemm was not run";

  private final Report report;
  private final List<String> peers;
  private final List<Row> rows;

  GemmCharts(Report report) {
    this.report = report;
    this.peers = report.measuredPeers();
    this.rows = report.rows("gemm").stream().filter(r -> Double.isFinite(Work.gflops(r))).toList();
  }

  List<Chart> all() {
    List<Chart> charts = new ArrayList<>();
    charts.add(roofline());
    for (String variant : List.of("NN", "TN", "NT")) {
      charts.add(
          overSize(
              "size-" + variant.toLowerCase(Locale.ROOT),
              variant + ": GFLOP/s over n",
              variant,
              "GFLOP/s",
              Work::gflops,
              "Square products n×n×n; the dashed line is the core's FMA peak when it had nothing to"
                  + " do."));
      charts.add(
          overSize(
              "share-" + variant.toLowerCase(Locale.ROOT),
              variant + ": share of peak over n",
              variant,
              "% of peak",
              row -> 100 * Work.share(row),
              "The same as a share of the FMA peak that the same JVMs measured between iterations;"
                  + " above 100 % something else ran beside the probe."));
    }
    charts.add(layers());
    return charts;
  }

  /** Every product that ran, under min(peak, bandwidth · intensity) of each cache. */
  private Chart roofline() {
    String id = "roofline";
    String title = "Roofline";
    if (rows.isEmpty()) {
      return Chart.leftOut(id, title, NOT_RUN);
    }
    double peak = peak();
    Plot plot = new Plot(peers).x("flops per byte", true).y("GFLOP/s", true);
    double low = rows.stream().mapToDouble(Work::intensity).min().orElse(1) / 2;
    double high = rows.stream().mapToDouble(Work::intensity).max().orElse(1) * 2;
    for (String level : List.of("L1", "L2", "L3", "DRAM")) {
      OptionalDouble bandwidth = report.limit("reading " + level);
      if (bandwidth.isPresent()) {
        double ridge = Math.clamp(peak / bandwidth.getAsDouble(), low, high);
        List<Mark> roof =
            DoubleStream.of(low, ridge, high)
                .mapToObj(x -> new Mark(x, Math.min(peak, bandwidth.getAsDouble() * x), level))
                .toList();
        plot.limit(
            String.format(Locale.ROOT, "%s %.0f GB/s", level, bandwidth.getAsDouble()), roof);
      }
    }
    plot.limit(
        String.format(Locale.ROOT, "FMA peak %.0f GFLOP/s", peak),
        List.of(new Mark(low, peak, "peak"), new Mark(high, peak, "peak")));
    for (String peer : peers) {
      List<Mark> marks =
          rows.stream()
              .filter(row -> row.peer().equals(peer))
              .map(r -> new Mark(Work.intensity(r), Work.gflops(r), label(r)))
              .toList();
      if (!marks.isEmpty()) {
        plot.scatter(peer, marks);
      }
    }
    return plot.chart(
        id,
        title,
        "Every product. Left to right: flops for each byte, if A and B are read once and C is"
            + " written once. The dashed roofs are this core's measured limits.",
        NOT_RUN);
  }

  private Chart overSize(
      String id, String title, String variant, String unit, ToDoubleFunction<Row> of, String says) {
    String mode = report.modeOfProducts();
    Predicate<Row> square =
        row -> {
          GemmShape s = Work.shape(row);
          return s.variant().equals(variant)
              && s.square()
              && s.dense()
              && row.params().getOrDefault("mode", mode).equals(mode);
        };
    List<Row> squares = rows.stream().filter(square).filter(r -> finite(of, r)).toList();
    String otherwise = rows.isEmpty() ? NOT_RUN : "no square " + variant + " product was run";
    Plot plot = new Plot(peers).sizes("n").y(unit, false);
    for (String peer : peers) {
      List<Mark> marks =
          squares.stream()
              .filter(row -> row.peer().equals(peer))
              .sorted(Comparator.comparingInt(row -> Work.shape(row).n()))
              .map(row -> new Mark(Work.shape(row).n(), of.applyAsDouble(row), label(row)))
              .toList();
      if (!marks.isEmpty()) {
        plot.line(peer, marks);
      }
    }
    if (!squares.isEmpty() && unit.equals("GFLOP/s")) {
      double[] n = squares.stream().mapToDouble(row -> Work.shape(row).n()).sorted().toArray();
      double peak = peak();
      plot.limit(
          "FMA peak",
          List.of(new Mark(n[0], peak, "peak"), new Mark(n[n.length - 1], peak, "peak")));
    }
    return plot.chart(id, title, says, otherwise);
  }

  private static boolean finite(ToDoubleFunction<Row> of, Row row) {
    return Double.isFinite(of.applyAsDouble(row));
  }

  /** Products that are not square and fill their arrays: outputs × batch × inputs. */
  private Chart layers() {
    Map<String, Map<String, Double>> gflops = new LinkedHashMap<>();
    String usual = report.modeOfProducts();
    for (Row row : rows) {
      GemmShape s = Work.shape(row);
      if (s.dense() && !s.square()) {
        String mode = row.param("mode").equals(usual) ? "" : " " + row.param("mode");
        gflops
            .computeIfAbsent(s + mode, key -> new LinkedHashMap<>())
            .put(row.peer(), Work.gflops(row));
      }
    }
    String otherwise = rows.isEmpty() ? NOT_RUN : "no shape of a layer was run";
    return Bars.chart(
        "layers",
        "Layer shapes",
        "Outputs × batch × inputs, GFLOP/s; longer is faster.",
        otherwise,
        "GFLOP/s",
        peers,
        gflops);
  }

  /** The card's; of reports without one, the median of what stands beside the rows. */
  private double peak() {
    return report
        .limit("FMA peak")
        .orElseGet(
            () -> Row.median(rows.stream().map(Work::peak).filter(Double::isFinite).toList()));
  }

  private static String label(Row row) {
    return String.format(
        Locale.ROOT,
        "%s %s %s: %.1f GFLOP/s, %.0f %% of peak",
        row.peer(),
        Work.shape(row),
        row.param("mode"),
        Work.gflops(row),
        100 * Work.share(row));
  }
}
