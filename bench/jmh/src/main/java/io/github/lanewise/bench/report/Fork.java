package io.github.lanewise.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one fork of a suite without JMH has measured, as a report. Its keys say what they are:
 *
 * <ul>
 *   <li>{@code NAME-pPERCENTILE}: a point of a latency curve, ns;
 *   <li>{@code call-N}: a point of the warm-up curve, ns: the median of the calls from N up to the
 *       next point; {@code worst-N} is the slowest of them;
 *   <li>anything else: a figure of its own: {@code NAME-micros}, {@code bytes} or {@code
 *       collections}, otherwise ms since the start of the JVM.
 * </ul>
 */
public final class Fork {
  static final String SLOWEST = "slowest";

  private static final Pattern PERCENTILE = Pattern.compile("(\\w+)-p([\\d.]+)");
  private static final Pattern CALL = Pattern.compile("(call|worst)-(\\d+)");

  private Fork() {}

  /** The report of this fork alone; {@link Report#withForksOf} joins it to others. */
  public static Report report(
      String suite, Map<String, String> params, String peer, Map<String, Double> values) {
    List<Row> rows = new ArrayList<>();
    Map<String, List<Curve.Point>> percentiles = new TreeMap<>();
    Map<String, List<Curve.Point>> calls = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          Matcher percentile = PERCENTILE.matcher(key);
          Matcher call = CALL.matcher(key);
          if (percentile.matches()) {
            add(percentiles, percentile.group(1), percentile.group(2), value);
          } else if (call.matches()) {
            add(calls, call.group(1).equals("call") ? "" : SLOWEST, call.group(2), value);
          } else {
            rows.add(new Row(suite, key, params, peer, unit(key), List.of(value), Map.of()));
          }
        });
    List<Curve> curves = new ArrayList<>();
    percentiles.forEach(
        (name, of) ->
            curves.add(new Curve(suite, name, params, peer, "percentile", "ns", List.of(of))));
    calls.forEach(
        (name, of) -> curves.add(new Curve(suite, name, params, peer, "call", "ns", List.of(of))));
    return Report.of(rows, curves);
  }

  private static void add(
      Map<String, List<Curve.Point>> curves, String name, String x, double value) {
    curves
        .computeIfAbsent(name, key -> new ArrayList<>())
        .add(new Curve.Point(Double.parseDouble(x), value));
  }

  private static String unit(String key) {
    return switch (key) {
      case "bytes" -> "B";
      case "collections" -> key;
      default -> key.endsWith("-micros") ? "us" : "ms";
    };
  }
}
