package io.github.lanewise.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of a report that stand in the README, whoever won: square products of a size that lives
 * in L1, in L2, and in neither; layers at batches from 1 to 256; backward passes and steps of
 * training; latencies; start-up. A table whose suite has no results is not there.
 */
final class Headline {
  private static final List<String> SQUARES = List.of("64x64x64", "256x256x256", "1024x1024x1024");
  private static final List<String> LAYERS =
      List.of(
          "128x1x784",
          "1024x1x1024",
          "128x8x784",
          "512x16x512",
          "128x32x784",
          "512x64x512",
          "1024x256x1024");
  private static final List<String> VARIANTS = List.of("NN", "TN", "NT");
  private static final String NOTHING = "–";

  private final Report report;

  /** By shape, then by variant. */
  private final Map<String, Map<String, Contest>> products = new LinkedHashMap<>();

  Headline(Report report) {
    this.report = report;
    String mode = report.modeOfProducts();
    List<Row> usual =
        report.rows("gemm").stream().filter(row -> row.param("mode").equals(mode)).toList();
    List<Contest> contests = Contest.of(report, usual);
    for (String shape : Stream.concat(SQUARES.stream(), LAYERS.stream()).toList()) {
      Map<String, Contest> variants = new LinkedHashMap<>();
      for (String variant : VARIANTS) {
        Map<String, String> asked = Map.of("mode", mode, "shape", shape, "variant", variant);
        contests.stream()
            .filter(contest -> contest.task().params().equals(asked))
            .forEach(contest -> variants.put(variant, contest));
      }
      if (!variants.isEmpty()) {
        products.put(shape, variants);
      }
    }
  }

  /** All products of the headline. */
  Stream<Row> rows() {
    return products.values().stream()
        .flatMap(variants -> variants.values().stream())
        .flatMap(contest -> contest.rows().values().stream());
  }

  /** Peers that have a product here, Lanewise first. */
  List<String> peers() {
    Set<String> here = rows().map(Row::peer).collect(Collectors.toSet());
    return report.measuredPeers().stream().filter(here::contains).toList();
  }

  /**
   * GFLOP/s of a peer at every square product that anybody has, as {@code 64³ NN}; NaN where it has
   * none.
   */
  Map<String, Double> gflops(String peer) {
    Map<String, Double> gflops = new LinkedHashMap<>();
    for (String shape : SQUARES) {
      products
          .getOrDefault(shape, Map.of())
          .forEach(
              (variant, contest) -> {
                Row row = contest.rows().get(peer);
                gflops.put(
                    spokenShape(shape) + " " + variant,
                    row == null ? Double.NaN : Work.gflops(row));
              });
    }
    return gflops;
  }

  /** A peer's name as a person says it. */
  static String spoken(String peer) {
    return peer.replaceFirst("-heap$", "");
  }

  private static String spokenShape(String shape) {
    String[] sizes = shape.split("x");
    return sizes.length == 3 && Set.of(sizes[0]).containsAll(List.of(sizes))
        ? sizes[0] + "³"
        : shape.replace('x', '×');
  }

  /** Everything that there is, as Markdown. */
  String tables() {
    return Stream.of(products(), passes(), latency(), startUp())
        .filter(table -> !table.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  /** One line for each size, one column for each peer. */
  private String products() {
    List<String> head = new ArrayList<>(List.of("product, GFLOP/s"));
    for (String peer : peers()) {
      head.add(spoken(peer));
      if (peer.equals(Contest.LANEWISE)) {
        head.addAll(List.of("of peak", "over native", "over JVM"));
      }
    }
    List<List<String>> lines = new ArrayList<>();
    products.forEach(
        (shape, variants) -> {
          List<Contest> all = List.copyOf(variants.values());
          List<String> line = new ArrayList<>();
          line.add(spokenShape(shape) + " " + String.join(" / ", variants.keySet()));
          for (String peer : peers()) {
            line.add(each(all, contest -> gflops(contest.rows().get(peer))));
            if (peer.equals(Contest.LANEWISE)) {
              line.add(each(all, contest -> share(contest.own())));
              line.add(each(all, contest -> times(contest, contest.bestNative())));
              line.add(each(all, contest -> times(contest, contest.bestJvm())));
            }
          }
          lines.add(line);
        });
    return table(head, lines);
  }

  /** Backward passes and training steps, one line for each. */
  private String passes() {
    List<List<String>> lines = new ArrayList<>();
    for (String suite : List.of("backward", "training")) {
      for (Contest contest : Contest.of(report, report.rows(suite))) {
        if (contest.own() != null && contest.own().unit().equals("ns/op")) {
          List<Contest> one = List.of(contest);
          List<String> line = new ArrayList<>();
          line.add(suite + " " + Row.words("", contest.task().params()));
          line.add(each(one, c -> micros(c.own())));
          line.add(each(one, c -> share(c.own())));
          line.addAll(rivals(one));
          lines.add(line);
        }
      }
    }
    return table(
        List.of(
            "microseconds",
            "lanewise",
            "of the flop limit",
            "best native",
            "over it",
            "best JVM",
            "over it"),
        lines);
  }

  /** Single requests, one after the other; the median and the 99th of a hundred. */
  private String latency() {
    Map<Map<String, String>, List<Contest>> requests = new LinkedHashMap<>();
    for (Contest contest : Contest.of(report, report.figures())) {
      Row.Task task = contest.task();
      boolean closed = List.of("closed p50", "closed p99").contains(task.benchmark());
      if (task.suite().equals("latency") && closed && contest.own() != null) {
        requests.computeIfAbsent(task.params(), key -> new ArrayList<>()).add(contest);
      }
    }
    List<List<String>> lines = new ArrayList<>();
    requests.forEach(
        (params, percentiles) -> {
          if (params.getOrDefault("garbage", "0").equals("0")) {
            List<String> line = new ArrayList<>();
            line.add(Row.words("", params));
            line.add(each(percentiles, contest -> micros(contest.own())));
            line.addAll(rivals(percentiles));
            lines.add(line);
          }
        });
    return table(
        List.of(
            "request, p50 / p99, microseconds",
            "lanewise",
            "best native",
            "over it",
            "best JVM",
            "over it"),
        lines);
  }

  /** Whoever was started, one line each. */
  private String startUp() {
    Map<List<String>, Map<String, Row>> starts = new LinkedHashMap<>();
    for (Row row : report.rows("startup").stream().filter(r -> r.unit().equals("ms")).toList()) {
      starts
          .computeIfAbsent(List.of(row.param("what"), row.peer()), key -> new LinkedHashMap<>())
          .merge(row.benchmark(), row, Row::and);
    }
    List<List<String>> lines = new ArrayList<>();
    starts.forEach(
        (who, figures) ->
            lines.add(
                List.of(
                    who.getFirst() + " " + spoken(who.getLast()),
                    millis(figures.get("prepared")),
                    millis(figures.get("first")),
                    millis(figures.get("first-call")),
                    millis(figures.get("steady")))));
    return table(
        List.of(
            "start-up, milliseconds",
            "prepared",
            "first answer",
            "the first call alone",
            "steady from"),
        lines);
  }

  /** The best of others, native and in Java, each with Lanewise's speed over it. */
  private static List<String> rivals(List<Contest> contests) {
    List<String> cells = new ArrayList<>();
    for (Function<Contest, Row> best :
        List.<Function<Contest, Row>>of(Contest::bestNative, Contest::bestJvm)) {
      String names =
          contests.stream()
              .map(best)
              .filter(Objects::nonNull)
              .map(row -> spoken(row.peer()))
              .collect(Collectors.toCollection(TreeSet::new))
              .stream()
              .collect(Collectors.joining(", "));
      cells.add((each(contests, contest -> micros(best.apply(contest))) + " " + names).strip());
      cells.add(each(contests, contest -> times(contest, best.apply(contest))));
    }
    return cells;
  }

  private static String each(List<Contest> contests, Function<Contest, String> value) {
    List<String> values = contests.stream().map(value).toList();
    return values.stream().allMatch(NOTHING::equals) ? NOTHING : String.join(" / ", values);
  }

  private static String gflops(Row row) {
    return row == null ? NOTHING : format("%.0f", Work.gflops(row));
  }

  private static String share(Row row) {
    double share = row == null ? Double.NaN : Work.share(row);
    return Double.isFinite(share) ? format("%.0f %%", 100 * share) : NOTHING;
  }

  private static String micros(Row row) {
    return row == null ? NOTHING : format("%.1f", row.median() / 1e3);
  }

  private static String millis(Row row) {
    return row == null ? NOTHING : format("%.1f", row.median());
  }

  /** How many times as fast; bold below 1. */
  private static String times(Contest contest, Row other) {
    double ratio = contest.over(other);
    return Double.isFinite(ratio) ? format(ratio < 1 ? "**%.2f**" : "%.2f", ratio) : NOTHING;
  }

  /** Columns in which nobody has anything are left out. */
  private static String table(List<String> head, List<List<String>> lines) {
    if (lines.isEmpty()) {
      return "";
    }
    List<Integer> columns = new ArrayList<>();
    for (int i = 0; i < head.size(); i++) {
      int column = i;
      if (lines.stream().anyMatch(line -> !line.get(column).equals(NOTHING))) {
        columns.add(i);
      }
    }
    StringBuilder out = new StringBuilder();
    append(out, columns, head);
    out.append("|---|").append("---:|".repeat(columns.size() - 1)).append('\n');
    lines.forEach(line -> append(out, columns, line));
    return out.toString();
  }

  private static void append(StringBuilder out, List<Integer> columns, List<String> cells) {
    out.append('|');
    columns.forEach(column -> out.append(' ').append(cells.get(column)).append(" |"));
    out.append('\n');
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
