package io.github.lanewise.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report as a page, as Markdown and as JSON, in one folder. */
public final class ReportPage {
  /** The columns of the table of every figure, and which of them are numbers. */
  private static final List<Page.Column> COLUMNS =
      List.of(
          new Page.Column("suite", false),
          new Page.Column("task", false),
          new Page.Column("peer", false),
          new Page.Column("min", true),
          new Page.Column("median", true),
          new Page.Column("max", true),
          new Page.Column("unit", false),
          new Page.Column("GFLOP/s", true),
          new Page.Column("of peak", true),
          new Page.Column("over native", true),
          new Page.Column("over JVM", true),
          new Page.Column("forks", true),
          new Page.Column("flags", false));

  private ReportPage() {}

  /**
   * Writes {@code index.html}, {@code report.md} and {@code report.json}.
   *
   * @return the page
   */
  public static Path write(Report report, Path folder) throws IOException {
    Files.createDirectories(folder);
    Page page = page(report);
    Path html = folder.resolve("index.html");
    Files.writeString(html, page.html());
    Files.writeString(folder.resolve("report.md"), page.markdown());
    Results.write(report, folder.resolve("report.json"));
    return html;
  }

  static Page page(Report report) {
    List<FigureTable.Line> figures = FigureTable.lines(report);
    List<Chart> charts = new ArrayList<>(new GemmCharts(report).all());
    charts.addAll(new SuiteCharts(report).all());
    Map<String, String> failures = new LinkedHashMap<>();
    for (int i = 0; i < report.failures().size(); i++) {
      failures.put(String.valueOf(i + 1), report.failures().get(i));
    }
    return new Page(
        "Lanewise: performance report",
        summary(report, figures),
        List.of(
            new Page.Card("machine", "Machine", report.machine()),
            new Page.Card("peers", "Peers", report.peers()),
            new Page.Card("failures", "Without a figure", failures)),
        charts,
        List.of(
            new Page.Table(
                "figures",
                "Every figure",
                "Min, median and max over the forks; a fork counts as the median of its iterations."
                    + " Over native, over JVM: how many times as fast as the best of these others"
                    + " Lanewise is; below 1 it loses. "
                    + "Disturbed: other programs had the core for more than 5 % of the time. "
                    + Spread.RULE
                    + " "
                    + Spread.UNEVEN,
                COLUMNS,
                figures.stream().map(ReportPage::line).toList())));
  }

  private static Page.Line line(FigureTable.Line f) {
    return new Page.Line(
        f.flags(),
        List.of(
            f.suite(),
            f.task(),
            f.peer(),
            f.min(),
            f.median(),
            f.max(),
            f.unit(),
            f.gflops(),
            f.share(),
            f.overNative(),
            f.overJvm(),
            String.valueOf(f.forks()),
            f.flags()));
  }

  private static String summary(Report report, List<FigureTable.Line> figures) {
    long compared = figures.stream().filter(f -> !(f.overNative() + f.overJvm()).isEmpty()).count();
    long lost = figures.stream().filter(FigureTable.Line::loses).count();
    long bimodal = figures.stream().filter(FigureTable.Line::bimodal).count();
    return report.machine().getOrDefault("date", "no date")
        + ": "
        + figures.size()
        + " figures. Lanewise is compared with others in "
        + compared
        + " rows and loses "
        + lost
        + " of them; "
        + bimodal
        + " rows are bimodal.";
  }
}
