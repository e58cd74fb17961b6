package io.github.lanewise.bench.report;

import io.github.lanewise.bench.report.Comparison.Change;
import io.github.lanewise.bench.report.Comparison.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A comparison as a page and as lines of text. */
final class ComparePage {
  private static final List<Page.Column> COLUMNS =
      List.of(
          new Page.Column("suite", false),
          new Page.Column("task", false),
          new Page.Column("peer", false),
          new Page.Column("speed, new over old", true),
          new Page.Column("from", true),
          new Page.Column("to", true),
          new Page.Column("confidence", true),
          new Page.Column("verdict", false));

  private ComparePage() {}

  static Page page(Report older, Report newer, Comparison comparison) {
    List<Page.Line> lines = new ArrayList<>();
    comparison.changes().stream()
        .sorted(Comparator.comparing(Change::verdict))
        .forEach(change -> lines.add(new Page.Line(kind(change), cells(change))));
    return new Page(
        "Lanewise: what changed",
        summary(comparison),
        List.of(new Page.Card("machine", "What differs around it", differences(older, newer))),
        List.of(chart(comparison)),
        List.of(
            new Page.Table(
                "changes",
                "Every figure",
                "How many times as fast as before: the median of all quotients of an old and a new"
                    + " fork, and the interval that holds it with the confidence named (Mann and"
                    + " Whitney's distribution, exact).",
                COLUMNS,
                lines)));
  }

  static String summary(Comparison comparison) {
    List<Change> control =
        comparison.of(Verdict.SLOWER, Verdict.FASTER).stream().filter(c -> !c.lanewise()).toList();
    String said =
        String.format(
            Locale.ROOT,
            "%d figures: %d slower, %d faster, %d unchanged; %d with too few forks, %d missing, %d"
                + " new.",
            comparison.changes().size(),
            comparison.of(Verdict.SLOWER).size(),
            comparison.of(Verdict.FASTER).size(),
            comparison.of(Verdict.SAME).size(),
            comparison.of(Verdict.TOO_FEW_FORKS).size(),
            comparison.of(Verdict.MISSING).size(),
            comparison.of(Verdict.NEW).size());
    return control.isEmpty()
        ? said
        : said
            + " Of those that changed "
            + control.size()
            + " are other libraries', which did not change: the machine may have.";
  }

  private static String kind(Change change) {
    return change.verdict() == Verdict.SLOWER ? "loses" : "";
  }

  static List<String> cells(Change change) {
    RatioInterval speed = change.speed();
    return List.of(
        change.task().suite(),
        Row.words(change.task().benchmark(), change.task().params()),
        change.peer(),
        speed == null ? "" : number(speed.ratio()),
        speed == null ? "" : number(speed.low()),
        speed == null ? "" : number(speed.high()),
        speed == null ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * speed.confidence()),
        change.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '));
  }

  private static String number(double ratio) {
    return String.format(Locale.ROOT, "%.3f", ratio);
  }

  private static Chart chart(Comparison comparison) {
    List<Change> changed =
        comparison.of(Verdict.SLOWER, Verdict.FASTER).stream()
            .sorted(Comparator.comparingDouble(change -> change.speed().ratio()))
            .toList();
    Plot plot =
        new Plot(List.of())
            .categories(
                changed.stream().map(c -> c.task() + " " + c.peer()).toList(),
                "speed, new over old");
    box(plot, "slower", "#d55e00", changed, Verdict.SLOWER);
    box(plot, "faster", "#009e73", changed, Verdict.FASTER);
    return plot.chart(
        "changed",
        "Beyond noise",
        "Speed, new over old: the line is the median, the box its interval. Left of 1 is slower.",
        "nothing changed beyond noise");
  }

  private static void box(
      Plot plot, String name, String colour, List<Change> changed, Verdict verdict) {
    List<List<Double>> boxes = new ArrayList<>();
    for (Change change : changed) {
      RatioInterval s = change.speed();
      boxes.add(
          change.verdict() == verdict
              ? List.of(s.low(), s.low(), s.ratio(), s.high(), s.high())
              : Collections.nCopies(5, Double.NaN));
    }
    if (changed.stream().anyMatch(change -> change.verdict() == verdict)) {
      plot.intervals(name, colour, boxes);
    }
  }

  /** Entries of the machine cards that are not the same in both. */
  private static Map<String, String> differences(Report older, Report newer) {
    Set<String> names = new LinkedHashSet<>(older.machine().keySet());
    names.addAll(newer.machine().keySet());
    Map<String, String> differences = new LinkedHashMap<>();
    for (String name : names) {
      String before = older.machine().get(name);
      String after = newer.machine().get(name);
      if (!Objects.equals(before, after)) {
        differences.put(
            name, (before == null ? "–" : before) + " → " + (after == null ? "–" : after));
      }
    }
    return differences;
  }
}
