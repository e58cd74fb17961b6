package io.github.lanewise.bench.report;

import io.github.lanewise.bench.machine.MachineProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every figure of a report as a line of text, ready to be shown. */
final class FigureTable {
  /**
   * One figure.
   *
   * @param overNative Lanewise's speed over that of the best native peer at the same task; empty
   *     for the peers themselves
   * @param overJvm likewise over the best peer in Java
   * @param loses whether either is below 1
   * @param disturbed whether other programs had the core for more than 5 % of the time
   * @param uneven whether forks, or the peaks beside them, are far apart
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
      boolean uneven,
      int forks) {
    /** What a template shows instead of a colour. */
    String flags() {
      String words =
          (loses ? "loses " : "")
              + (bimodal ? "bimodal " : "")
              + (disturbed ? "disturbed " : "")
              + (uneven ? "uneven" : "");
      return words.strip();
    }
  }

  private FigureTable() {}

  static List<Line> lines(Report report) {
    List<Line> lines = new ArrayList<>();
    for (Contest contest : Contest.of(report, report.figures())) {
      contest.rows().values().forEach(row -> lines.add(line(contest, row)));
    }
    return lines;
  }

  private static Line line(Contest contest, Row row) {
    boolean own = row == contest.own();
    double overNative = own ? contest.over(contest.bestNative()) : Double.NaN;
    double overJvm = own ? contest.over(contest.bestJvm()) : Double.NaN;
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
        row.beside(MachineProbe.CORES) < Work.LEAST_OF_A_CORE,
        Spread.uneven(row),
        row.forks().size());
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
