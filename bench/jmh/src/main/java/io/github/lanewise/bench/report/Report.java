package io.github.lanewise.bench.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything that was measured on one machine, whichever suites ran.
 *
 * @param machine the machine card and the limits of a core, names and values as they are printed
 * @param peers what each peer said of itself, or {@code left out: } and the reason
 * @param kinds what each peer is compared as: lanewise, native or jvm; who is not named is compared
 *     with nobody
 * @param failures what has no figure, and why
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Report(
    Map<String, String> machine,
    Map<String, String> peers,
    Map<String, String> kinds,
    List<String> failures,
    List<Row> rows,
    List<Curve> curves) {
  private static final Pattern NUMBER = Pattern.compile("^[\\d.]+");

  private static final SortedMap<String, Double> PERCENTILES =
      new TreeMap<>(Map.of("p50", 50.0, "p99", 99.0, "p99.9", 99.9));

  /** What a file does not name is empty. */
  public Report {
    machine = machine == null ? Map.of() : machine;
    peers = peers == null ? Map.of() : peers;
    kinds = kinds == null ? Map.of() : kinds;
    failures = failures == null ? List.of() : List.copyOf(failures);
    rows = rows == null ? List.of() : List.copyOf(rows);
    curves = curves == null ? List.of() : List.copyOf(curves);
  }

  /** A report of rows and curves alone. */
  public static Report of(List<Row> rows, List<Curve> curves) {
    return new Report(null, null, null, null, rows, curves);
  }

  /** Both together; where both have a machine card, the later one's. */
  public Report and(Report later) {
    return new Report(
        joined(machine, later.machine),
        joined(peers, later.peers),
        joined(kinds, later.kinds),
        joined(failures, later.failures),
        joined(rows, later.rows),
        joined(curves, later.curves));
  }

  /** Both together; forks of the same row, or of the same curve, become forks of one. */
  public Report withForksOf(Report later) {
    Map<List<Object>, Row> rowsById = new LinkedHashMap<>();
    joined(rows, later.rows)
        .forEach(row -> rowsById.merge(List.of(row.task(), row.peer(), row.unit()), row, Row::and));
    Map<List<Object>, Curve> curvesById = new LinkedHashMap<>();
    joined(curves, later.curves)
        .forEach(curve -> curvesById.merge(List.of(curve.task(), curve.peer()), curve, Curve::and));
    Report both = and(later);
    return new Report(
        both.machine,
        both.peers,
        both.kinds,
        both.failures,
        List.copyOf(rowsById.values()),
        List.copyOf(curvesById.values()));
  }

  private static Map<String, String> joined(Map<String, String> first, Map<String, String> second) {
    Map<String, String> all = new LinkedHashMap<>(first);
    all.putAll(second);
    return all;
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  /** The same with processor time for the clock's. */
  public Report inProcessorTime() {
    List<Row> times = rows.stream().map(Row::inProcessorTime).toList();
    return new Report(machine, peers, kinds, failures, times, curves);
  }

  /** Its head as Markdown: the machine, who took part, and what has no figure. */
  String head(String title) {
    StringBuilder text = new StringBuilder("# " + title + "\n\n");
    machine.forEach((name, value) -> text.append(entry(name + ": " + value)));
    text.append("\n## Peers\n\n");
    peers.forEach((name, words) -> text.append(entry(name + ": " + words)));
    failures.forEach(failure -> text.append(entry("failed: " + failure)));
    return text.append('\n').toString();
  }

  private static String entry(String words) {
    return "- " + words + "\n";
  }

  /** The rows of a suite, in the order in which they were measured. */
  List<Row> rows(String suite) {
    return rows.stream().filter(row -> row.suite().equals(suite)).toList();
  }

  /** The mode of the products to show: all peers in turn in one JVM, where that was measured. */
  String modeOfProducts() {
    return rows("gemm").stream().anyMatch(row -> row.param("mode").equals("turns"))
        ? "turns"
        : "hot";
  }

  /** The rows, and of latencies the percentiles that people ask for, each as a row. */
  List<Row> figures() {
    List<Row> figures = new ArrayList<>(rows);
    curves.stream()
        .filter(curve -> curve.x().equals("percentile"))
        .filter(curve -> !curve.benchmark().equals("jitter")) // the machine's, nobody's figure
        .forEach(
            curve ->
                PERCENTILES.forEach(
                    (name, percentile) -> {
                      if (!curve.at(percentile).isEmpty()) {
                        figures.add(curve.row(name, percentile));
                      }
                    }));
    return figures;
  }

  List<Curve> curves(String suite) {
    return curves.stream().filter(curve -> curve.suite().equals(suite)).toList();
  }

  /** A limit of the core from the machine card, as in {@code FMA peak: 248.8 GFLOP/s}. */
  OptionalDouble limit(String name) {
    Matcher number = NUMBER.matcher(machine.getOrDefault(name, ""));
    return number.find()
        ? OptionalDouble.of(Double.parseDouble(number.group()))
        : OptionalDouble.empty();
  }

  /** Whether a peer is written in Java. */
  boolean isJvm(String peer) {
    return kinds.getOrDefault(peer, "").equals("jvm");
  }

  /** Whether a peer is called from Java. */
  boolean isNative(String peer) {
    return kinds.getOrDefault(peer, "").equals("native");
  }

  /** Who has a figure, Lanewise first and the others as they appeared. */
  List<String> measuredPeers() {
    List<String> names = new ArrayList<>();
    rows.forEach(row -> names.add(row.peer()));
    curves.forEach(curve -> names.add(curve.peer()));
    return names.stream()
        .distinct()
        .sorted(Comparator.comparing(name -> !name.equals("lanewise")))
        .toList();
  }
}
