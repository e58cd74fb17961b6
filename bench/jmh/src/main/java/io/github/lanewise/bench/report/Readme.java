package io.github.lanewise.bench.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of the README that a run has measured. It stands between two comments, of which the
 * first names the results that it is made of:
 *
 * <pre>
 *   &lt;!-- figures: bench/results/NAME.json -->
 *   &lt;!-- end of figures -->
 * </pre>
 */
final class Readme {
  private static final Pattern PART =
      Pattern.compile(
          "(?<begin><!-- figures: (?<files>[^>]+?) -->\n).*?(?<end><!-- end of figures -->)",
          Pattern.DOTALL);

  private final String text;
  private final Path root;
  private final Matcher part;

  /**
   * Looks for the part.
   *
   * @param root where the files lie that the README names
   * @throws IOException if there is no such part
   */
  Readme(String text, Path root) throws IOException {
    this.text = text;
    this.root = root;
    this.part = PART.matcher(text);
    if (!part.find()) {
      throw new IOException(
          "the README has no line <!-- figures: FILE.json --> before <!-- end of figures -->");
    }
  }

  private List<String> files() {
    return Arrays.asList(part.group("files").split(" +"));
  }

  Report report() throws IOException {
    return Results.read(files().stream().map(root::resolve).toList());
  }

  /** The chart's file, named after the first results, as the README links to it. */
  String chart() {
    return files().getFirst().replaceFirst("\\.json$", "") + ".svg";
  }

  /** The whole README with the part written anew. */
  String written() throws IOException {
    return text.substring(0, part.end("begin")) + figures() + text.substring(part.start("end"));
  }

  private String figures() throws IOException {
    Report report = report();
    Headline headline = new Headline(report);
    String command = report.machine().get("command");
    return "\n![GFLOP/s of square products]("
        + chart()
        + ")\n\n"
        + about(report, headline)
        + "\n\n"
        + headline.table()
        + (headline.times().isEmpty() ? "" : "\n" + headline.times())
        + (command == null ? "" : "\nTo repeat it:\n\n```text\n" + command.strip() + "\n```\n")
        + "\n";
  }

  /** Date, machine, and what a figure is. */
  private String about(Report report, Headline headline) {
    DoubleSummaryStatistics peak =
        headline.rows().mapToDouble(Work::peak).filter(Double::isFinite).summaryStatistics();
    long forks = headline.rows().mapToLong(row -> row.forks().size()).min().orElse(0);
    return String.format(
        Locale.ROOT,
        """
        Measured %s on %s;
        %s; JDK %s; commit %s.
        GFLOP/s of one thread on heap arrays, f32, everything in one run, median of %d forks; beside them the core's
        fma peak was %.0f to %.0f. Over native, over JVM: how many times as fast as the best of the others, **bold**
        where it is slower. Every figure: [table](%s).""",
        card(report, "date"),
        card(report, "processor"),
        card(report, "caches"),
        card(report, "JVM"),
        card(report, "commit"),
        forks,
        peak.getMin(),
        peak.getMax(),
        files().getFirst().replaceFirst("\\.json$", ".md"));
  }

  private static String card(Report report, String name) {
    return report.machine().getOrDefault(name, "unknown " + name);
  }
}
