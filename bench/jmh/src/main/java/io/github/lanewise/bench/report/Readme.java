package io.github.lanewise.bench.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

  /** Each file by itself: they may be of several runs. */
  private List<Report> parts() throws IOException {
    List<Report> parts = new ArrayList<>();
    for (String file : files()) {
      parts.add(Results.read(root.resolve(file)));
    }
    return parts;
  }

  Report report() throws IOException {
    return parts().stream().reduce(Report.of(null, null), Report::and);
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
    List<Report> parts = parts();
    Headline headline = new Headline(report());
    String commands = card(parts, "command", "\n");
    return "\n![GFLOP/s of square products]("
        + chart()
        + ")\n\n"
        + about(parts, headline)
        + "\n\n"
        + headline.tables()
        + (commands.isEmpty() ? "" : "\nTo repeat it:\n\n```text\n" + commands + "\n```\n")
        + "\n";
  }

  /** Date, machine, and what a figure is. */
  private String about(List<Report> parts, Headline headline) {
    DoubleSummaryStatistics peak =
        headline.rows().mapToDouble(Work::peak).filter(Double::isFinite).summaryStatistics();
    LongSummaryStatistics forks =
        parts.stream()
            .flatMap(part -> part.figures().stream())
            .mapToLong(row -> row.forks().size())
            .summaryStatistics();
    return String.format(
        Locale.ROOT,
        """
        Measured %s on %s;
        %s; JDK %s; commit %s.
        One thread, f32, heap arrays, medians of %s; beside the products the core's fma peak was %.0f
        to %.0f GFLOP/s. Over: how many times as fast as the best of the others Lanewise is, **bold** where it is slower.
        Every figure: %s.""",
        card(parts, "date", ", "),
        card(parts, "processor", "; "),
        card(parts, "caches", "; "),
        card(parts, "JVM", "; "),
        card(parts, "commit", ", "),
        forks.getMin() == forks.getMax()
            ? forks.getMax() + " forks"
            : forks.getMin() + " to " + forks.getMax() + " forks",
        peak.getMin(),
        peak.getMax(),
        files().stream().map(Readme::table).collect(Collectors.joining(", ")));
  }

  /**
   * A link to the table beside a file of results, as {@code [squares](…/2026-11-25-squares.md)}.
   */
  private static String table(String file) {
    String stem = file.replaceFirst("\\.json$", "");
    return "[" + stem.replaceFirst("^(.*/)?(\\d{4}-\\d\\d-\\d\\d-)?", "") + "](" + stem + ".md)";
  }

  /** What the machine cards say, each thing once. */
  private static String card(List<Report> parts, String name, String between) {
    return parts.stream()
        .map(part -> part.machine().getOrDefault(name, "").strip())
        .filter(value -> !value.isEmpty())
        .distinct()
        .collect(Collectors.joining(between));
  }
}
