package io.github.lanewise.bench.report;

import io.github.lanewise.bench.report.Plot.Mark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Charts of all suites but the products': steps, sweeps, latencies, first calls, threads. */
final class SuiteCharts {
  private final Report report;
  private final List<String> peers;

  SuiteCharts(Report report) {
    this.report = report;
    this.peers = report.measuredPeers();
  }

  List<Chart> all() {
    List<Chart> charts = new ArrayList<>();
    charts.add(training());
    charts.add(
        bars("backward", "Backward", "Time of a call in microseconds; shorter is faster.", "us"));
    charts.add(
        bars(
            "activation",
            "Activations",
            "Time of a sweep in microseconds; shorter is faster.",
            "us"));
    charts.add(scaling());
    charts.addAll(latency());
    charts.addAll(warmUp());
    charts.add(startUp());
    return charts;
  }

  private static String notRun(String suite) {
    return "the suite " + suite + " was not run";
  }

  /** Flops of the step at the peak that the same forks measured, over its time. */
  private Chart training() {
    Map<String, Map<String, Double>> shares = new LinkedHashMap<>();
    fill(shares, "training", row -> 100 * Work.share(row));
    return Bars.chart(
        "training",
        "Training step against the flop limit",
        "How much of the FMA peak a whole step keeps busy, forward, loss, backward and update;"
            + " 100 % is a step that takes no longer than its products would at the peak.",
        report.rows("training").isEmpty()
            ? notRun("training")
            : "no row of the suite training names a network, a batch and a peak",
        "% of the flop limit",
        peers,
        shares);
  }

  private Chart bars(String suite, String title, String says, String unit) {
    Map<String, Map<String, Double>> times = new LinkedHashMap<>();
    fill(times, suite, row -> row.unit().equals("ns/op") ? row.median() / 1e3 : Double.NaN);
    return Bars.chart(suite, title, says, notRun(suite), unit, peers, times);
  }

  private void fill(
      Map<String, Map<String, Double>> values, String suite, ToDoubleFunction<Row> of) {
    for (Row row : report.rows(suite)) {
      double value = of.applyAsDouble(row);
      if (Double.isFinite(value)) {
        String task = Row.words(row.benchmark(), row.params());
        values.computeIfAbsent(task, key -> new LinkedHashMap<>()).put(row.peer(), value);
      }
    }
  }

  /** A line for each product and peer, all callers together. */
  private Chart scaling() {
    Map<String, Map<Integer, Mark>> lines = new LinkedHashMap<>();
    for (Row row : report.rows("scaling")) {
      double gflops = Work.gflops(row);
      if (Double.isFinite(gflops)) {
        String threads = row.params().getOrDefault("threads", "1");
        String line = row.peer() + " · " + row.param("variant") + " " + row.param("shape");
        String label =
            String.format(Locale.ROOT, "%s, %s threads: %.1f GFLOP/s", line, threads, gflops);
        int n = Integer.parseInt(threads);
        lines.computeIfAbsent(line, key -> new TreeMap<>()).put(n, new Mark(n, gflops, label));
      }
    }
    Plot plot = new Plot(peers).x("threads", false).y("GFLOP/s", false);
    lines.forEach((name, marks) -> plot.line(name, List.copyOf(marks.values())));
    return plot.chart(
        "scaling",
        "Threads that call in parallel",
        "GFLOP/s of all callers together; each has its own operands and workspace.",
        notRun("scaling"));
  }

  /** A chart for each set of parameters: latency over the percentile, both on log scales. */
  private List<Chart> latency() {
    return curves(
        "latency",
        "Latency",
        "Time of a request over its percentile, the median of the forks; both scales are"
            + " logarithmic: 1 is no percentile, 10 is p90, 1000 is p99.9. Paced: from when the"
            + " request was due. Jitter: a loop that only counts, for as long as the median.",
        "1 / (1 − percentile)",
        p -> p.x() < 100 ? 100 / (100 - p.x()) : Double.NaN,
        "p%s");
  }

  private List<Chart> warmUp() {
    return curves(
        "startup",
        "Warm-up",
        "Time of each call from the first one on, the median of the forks; both scales are"
            + " logarithmic. Slowest: of the calls up to the next point.",
        "call",
        p -> p.x() > 0 && p.y() > 0 ? p.x() : Double.NaN,
        "call %.0f");
  }

  /** Milliseconds since the start of the JVM, where a suite has measured them. */
  private Chart startUp() {
    Map<String, Map<String, Double>> times = new LinkedHashMap<>();
    fill(times, "startup", row -> row.unit().equals("ms") ? row.median() : Double.NaN);
    return Bars.chart(
        "start-up",
        "Start-up",
        "Milliseconds since the start of the JVM; shorter is sooner.",
        notRun("startup"),
        "ms",
        peers,
        times);
  }

  /** A chart for each set of parameters, a line for each peer and each curve of it. */
  private List<Chart> curves(
      String suite,
      String title,
      String says,
      String x,
      ToDoubleFunction<Curve.Point> place,
      String point) {
    Map<Map<String, String>, List<Curve>> tasks = new LinkedHashMap<>();
    report
        .curves(suite)
        .forEach(c -> tasks.computeIfAbsent(c.params(), key -> new ArrayList<>()).add(c));
    if (tasks.isEmpty()) {
      boolean ran = !report.rows(suite).isEmpty();
      return List.of(
          Chart.leftOut(
              suite, title, ran ? "the suite " + suite + " has no curve" : notRun(suite)));
    }
    List<Chart> charts = new ArrayList<>();
    tasks.forEach(
        (params, of) -> {
          Plot plot = new Plot(peers).x(x, true).y(of.getFirst().unit(), true);
          of.stream()
              .sorted(
                  Comparator.comparing(Curve::benchmark)
                      .thenComparingInt(curve -> peers.indexOf(curve.peer())))
              .forEach(curve -> plot.line(name(curve), marks(curve, place, point)));
          String id = suite + "-" + (charts.size() + 1);
          charts.add(plot.chart(id, title + ": " + Row.words("", params), says, notRun(suite)));
        });
    return charts;
  }

  private static String name(Curve curve) {
    return curve.peer() + (curve.benchmark().isEmpty() ? "" : " · " + curve.benchmark());
  }

  private static List<Mark> marks(Curve curve, ToDoubleFunction<Curve.Point> place, String point) {
    List<Mark> marks = new ArrayList<>();
    for (Curve.Point p : curve.median()) {
      double x = place.applyAsDouble(p);
      if (Double.isFinite(x)) {
        String where = String.format(Locale.ROOT, point, p.x());
        marks.add(
            new Mark(
                x,
                p.y(),
                String.format(Locale.ROOT, "%s %s: %,.0f ns", name(curve), where, p.y())));
      }
    }
    return marks;
  }
}
