package io.github.lanewise.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;

/** Every figure of a report as a line of text, ready to be shown. */
final class FigureTable {
  private static final String LANEWISE = "lanewise";

  /**
   * One figure.
   *
   * @param overNative Lanewise's speed over that of the best native peer at the same task; empty
   *     for the peers themselves
   * @param overJvm likewise over the best peer in Java
   * @param loses whether either is below 1
   * @param disturbed whether other programs had the core for more than 5 % of the time
   */
  record Line(
      String suite,
      String task,
      String peer,
      String unit,
      String min,
      String median,
      String max,
      String gflops,
      String share,
      String overNative,
      String overJvm,
      boolean loses,
      boolean bimodal,
      boolean disturbed,
      int forks) {
    /** What a template shows instead of a colour. */
    String flags() {
      String words =
          (loses ? "loses " : "") + (bimodal ? "bimodal " : "") + (disturbed ? "disturbed" : "");
      return words.strip();
    }
  }

  private FigureTable() {}

  static List<Line> lines(Report report) {
    Map<Row.Task, List<Row>> tasks = new LinkedHashMap<>();
    report.figures().forEach(r -> tasks.computeIfAbsent(r.task(), k -> new ArrayList<>()).add(r));
    List<Line> lines = new ArrayList<>();
    tasks.forEach((task, rows) -> rows.forEach(row -> lines.add(line(report, row, rows))));
    return lines;
  }

  private static Line line(Report report, Row row, List<Row> rivals) {
    double overNative = over(row, rivals, report::isNative);
    double overJvm = over(row, rivals, report::isJvm);
    double gflops = Work.gflops(row);
    double share = Work.share(row);
    return new Line(
        row.suite(),
        Row.words(row.benchmark(), row.params()),
        row.peer(),
        row.unit(),
        number(row.min()),
        number(row.median()),
        number(row.max()),
        Double.isFinite(gflops) ? String.format(Locale.ROOT, "%.1f", gflops) : "",
        Double.isFinite(share) ? String.format(Locale.ROOT, "%.0f %%", 100 * share) : "",
        ratio(overNative),
        ratio(overJvm),
        overNative < 1 || overJvm < 1,
        Spread.bimodal(row.forks()),
        row.beside("cores.busy") < 0.95,
        row.forks().size());
  }

  /** How many times as fast as the best of these others; NaN for the others themselves. */
  private static double over(Row row, List<Row> rivals, Predicate<String> others) {
    if (!row.peer().equals(LANEWISE)) {
      return Double.NaN;
    }
    DoubleStream medians =
        rivals.stream()
            .filter(rival -> !rival.peer().startsWith(LANEWISE) && others.test(rival.peer()))
            .mapToDouble(Row::median);
    return row.smallerIsBetter()
        ? medians.min().orElse(Double.NaN) / row.median()
        : row.median() / medians.max().orElse(Double.NaN);
  }

  private static String ratio(double ratio) {
    return Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.2f", ratio) : "";
  }

  /** Four digits, and thousands told apart. */
  static String number(double value) {
    double size = Math.abs(value);
    return String.format(
        Locale.ROOT,
        size < 10 ? "%.3f" : size < 100 ? "%.2f" : size < 1000 ? "%.1f" : "%,.0f",
        value);
  }
}
