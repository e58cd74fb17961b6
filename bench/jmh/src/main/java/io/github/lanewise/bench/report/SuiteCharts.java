package io.github.lanewise.bench.report;

import io.github.lanewise.bench.report.Plot.Mark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Charts of all suites but the products': steps, sweeps, latencies, first calls, threads. */
final class SuiteCharts {
  /** Of the start-up suite, in their order. */
  private static final List<String> STAGES = List.of("prepared", "first answer", "steady from");

  private static final Map<String, String> TITLES =
      Map.of("latency", "Latency", "startup", "Warm-up");

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
        bars("backward", "Backward", "Time of a call in microseconds; shorter is faster.", "µs"));
    charts.add(
        bars(
            "activation",
            "Activations",
            "Time of a sweep in microseconds; shorter is faster.",
            "µs"));
    charts.add(scaling());
    charts.addAll(latency());
    charts.addAll(warmUp());
    charts.addAll(startUp());
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
    Plot plot = new Plot(peers).counts("threads").y("GFLOP/s", false);
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
        curve -> "Latency: " + Row.words("", curve.params()),
        curve -> curve.peer() + (curve.benchmark().isEmpty() ? "" : " · " + curve.benchmark()),
        "Time of a request over its percentile, the median of the forks; both scales are"
            + " logarithmic: 1 is the fastest, 2 the median, 10 is p90, 1000 is p99.9. Closed: one"
            + " after the other. Paced: from when the request was due. Jitter: a loop that only"
            + " counts, for as long as the median: what the machine adds.",
        "1 / (1 − percentile)",
        p -> p.x() < 100 ? 100 / (100 - p.x()) : Double.NaN,
        "p%s");
  }

  /** Two charts for each task: the median calls, and the slowest ones. */
  private List<Chart> warmUp() {
    return curves(
        "startup",
        curve ->
            (curve.benchmark().equals(Fork.SLOWEST) ? "Slowest calls: " : "Warm-up: ")
                + Row.words("", curve.params()),
        Curve::peer,
        "Time of a call from the first one on, the median of the forks; both scales are"
            + " logarithmic. A point stands for all calls up to the next: their median here, and"
            + " the slowest of them in the chart of the slowest calls.",
        "call",
        p -> p.x() > 0 && p.y() > 0 ? p.x() : Double.NaN,
        "call %.0f");
  }

  /** A chart for each task: when who had come how far. */
  private List<Chart> startUp() {
    Map<String, Map<String, Map<String, Double>>> tasks = new LinkedHashMap<>();
    for (Row row : report.rows("startup")) {
      String stage =
          switch (row.benchmark()) {
            case "prepared" -> STAGES.get(0);
            case "first" -> STAGES.get(1);
            case "steady" -> STAGES.get(2);
            default -> null;
          };
      if (row.unit().equals("ms") && stage != null) {
        tasks
            .computeIfAbsent(Row.words("", row.params()), key -> new LinkedHashMap<>())
            .computeIfAbsent(row.peer(), key -> new LinkedHashMap<>())
            .put(stage, row.median());
      }
    }
    if (tasks.isEmpty()) {
      return List.of(Chart.leftOut("start-up", "Start-up", notRun("startup")));
    }
    List<Chart> charts = new ArrayList<>();
    tasks.forEach(
        (task, of) ->
            charts.add(
                Bars.chart(
                    "start-up-" + (charts.size() + 1),
                    "Start-up: " + task,
                    "Milliseconds since the start of the JVM; shorter is sooner. Prepared: libraries"
                        + " loaded, data there, warmed up if it is.",
                    notRun("startup"),
                    "ms",
                    STAGES,
                    of)));
    return charts;
  }

  /** A chart for each title, a line for each curve. How to read it stands above the first. */
  private List<Chart> curves(
      String suite,
      Function<Curve, String> title,
      Function<Curve, String> name,
      String says,
      String x,
      ToDoubleFunction<Curve.Point> place,
      String point) {
    Map<String, List<Curve>> titles = new LinkedHashMap<>();
    List<Map<String, String>> tasks =
        report.curves(suite).stream().map(Curve::params).distinct().toList();
    report.curves(suite).stream()
        .sorted(
            Comparator.comparingInt((Curve curve) -> tasks.indexOf(curve.params()))
                .thenComparing(Curve::benchmark)
                .thenComparingInt(curve -> peers.indexOf(curve.peer())))
        .forEach(c -> titles.computeIfAbsent(title.apply(c), key -> new ArrayList<>()).add(c));
    if (titles.isEmpty()) {
      boolean ran = !report.rows(suite).isEmpty();
      return List.of(
          Chart.leftOut(
              suite,
              TITLES.get(suite),
              ran ? "the suite " + suite + " has no curve" : notRun(suite)));
    }
    List<Chart> charts = new ArrayList<>();
    titles.forEach(
        (heading, of) -> {
          Plot plot = new Plot(peers).x(x, true).y("µs", true);
          of.forEach(curve -> plot.line(name.apply(curve), marks(curve, name, place, point)));
          String id = suite + "-" + (charts.size() + 1);
          charts.add(plot.chart(id, heading, charts.isEmpty() ? says : "", notRun(suite)));
        });
    return charts;
  }

  private static List<Mark> marks(
      Curve curve,
      Function<Curve, String> name,
      ToDoubleFunction<Curve.Point> place,
      String point) {
    List<Mark> marks = new ArrayList<>();
    for (Curve.Point p : curve.median()) {
      double x = place.applyAsDouble(p);
      if (Double.isFinite(x)) {
        String where = String.format(Locale.ROOT, point, p.x());
        double micros = p.y() / 1e3;
        marks.add(
            new Mark(
                x,
                micros,
                String.format(Locale.ROOT, "%s %s: %,.4g µs", name.apply(curve), where, micros)));
      }
    }
    return marks;
  }
}
