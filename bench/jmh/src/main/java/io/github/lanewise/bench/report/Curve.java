package io.github.lanewise.bench.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One curve for each fork: percentiles of a latency, the times of the first calls.
 *
 * @param x what the points are ordered by: {@code percentile} or {@code call}
 * @param unit of the points' values
 * @param forks the points of each, by ascending x
 */
public record Curve(
    String suite,
    String benchmark,
    Map<String, String> params,
    String peer,
    String x,
    String unit,
    List<List<Point>> forks) {
  /** Names in order, so that equal curves are written alike. */
  public Curve {
    benchmark = benchmark == null ? "" : benchmark;
    params = params == null ? Map.of() : new TreeMap<>(params);
    forks = forks.stream().map(List::copyOf).toList();
  }

  /** Written as {@code [x, y]}. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  public record Point(double x, double y) {}

  Row.Task task() {
    return new Row.Task(suite, benchmark, params);
  }

  /** The same curve with the forks of both. */
  Curve and(Curve more) {
    List<List<Point>> both = Stream.concat(forks.stream(), more.forks.stream()).toList();
    return new Curve(suite, benchmark, params, peer, x, unit, both);
  }

  /** The value of each fork at exactly this x; forks that have none are left out. */
  List<Double> at(double x) {
    return forks.stream()
        .flatMap(fork -> fork.stream().filter(point -> point.x == x).limit(1))
        .map(Point::y)
        .toList();
  }

  /** The values at one x as a figure of its own. */
  Row row(String name, double x) {
    return new Row(suite, (benchmark + " " + name).strip(), params, peer, unit, at(x), Map.of());
  }

  /** At every x that a fork has, the median of the forks. */
  List<Point> median() {
    return forks.stream()
        .flatMap(List::stream)
        .map(Point::x)
        .distinct()
        .sorted()
        .map(x -> new Point(x, Row.median(at(x))))
        .toList();
  }
}
