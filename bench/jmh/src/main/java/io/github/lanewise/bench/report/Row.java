package io.github.lanewise.bench.report;

import io.github.lanewise.bench.machine.MachineProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.statistics.descriptive.Median;

/**
 * One figure: what one peer did at one set of parameters, a number for each fork.
 *
 * @param suite the page's section: gemm, backward, training, …
 * @param benchmark what was called, where a suite has several
 * @param params names and values, without the peer
 * @param unit of the forks, as in {@code ns/op}
 * @param forks each the median of its iterations
 * @param beside what the same forks measured beside it, by name, as in {@code fma.peak}
 */
public record Row(
    String suite,
    String benchmark,
    Map<String, String> params,
    String peer,
    String unit,
    List<Double> forks,
    Map<String, List<Double>> beside) {
  /** Names in order, so that equal rows are written alike. */
  public Row {
    params = new TreeMap<>(params);
    forks = List.copyOf(forks);
    beside = beside == null ? Map.of() : new TreeMap<>(beside);
  }

  /** What was measured, whoever did it. */
  public record Task(String suite, String benchmark, Map<String, String> params) {
    @Override
    public String toString() {
      return suite + " " + words(benchmark, params);
    }
  }

  /** What was called with which parameters; a bare number says what it counts, if it does. */
  static String words(String benchmark, Map<String, String> params) {
    List<String> words = new ArrayList<>(List.of(benchmark));
    List<String> counts = new ArrayList<>();
    params.forEach(
        (name, value) -> {
          if (!value.matches("[\\d.]+")) {
            words.add(value);
          } else if (!value.matches("[0.]+")) {
            counts.add(name + " " + value);
          }
        });
    words.addAll(counts);
    return words.stream().filter(word -> !word.isEmpty()).collect(Collectors.joining(" "));
  }

  Task task() {
    return new Task(suite, benchmark, params);
  }

  /** The same figure with the forks of both. */
  Row and(Row more) {
    Map<String, List<Double>> both = new TreeMap<>(beside);
    more.beside.forEach((name, values) -> both.merge(name, values, Row::joined));
    return new Row(suite, benchmark, params, peer, unit, joined(forks, more.forks), both);
  }

  private static List<Double> joined(List<Double> first, List<Double> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  String param(String name) {
    return params.getOrDefault(name, "");
  }

  double median() {
    return median(forks);
  }

  double min() {
    return forks.stream().mapToDouble(x -> x).min().orElse(Double.NaN);
  }

  double max() {
    return forks.stream().mapToDouble(x -> x).max().orElse(Double.NaN);
  }

  /** The median over the forks of what was measured beside, NaN where nothing was. */
  double beside(String name) {
    return median(beside.getOrDefault(name, List.of()));
  }

  /** Whether every fork has the FMA peak beside it. */
  boolean hasPeaks() {
    return beside.getOrDefault(MachineProbe.PEAK, List.of()).size() == forks.size();
  }

  /** Each fork times its peak: what a time would be if all cores were equally fast. */
  List<Double> timesPeak() {
    List<Double> peaks = beside.get(MachineProbe.PEAK);
    return IntStream.range(0, forks.size()).mapToObj(i -> forks.get(i) * peaks.get(i)).toList();
  }

  /** The same in processor time: a fork's time, times the cores that its process kept busy. */
  Row inProcessorTime() {
    List<Double> cores = beside.getOrDefault(MachineProbe.CORES, List.of());
    List<Double> times =
        IntStream.range(0, forks.size())
            .mapToObj(i -> i < cores.size() ? forks.get(i) * cores.get(i) : Double.NaN)
            .toList();
    return new Row(suite, benchmark, params, peer, unit, times, beside);
  }

  /** Whether a smaller number is the better one: times, but not calls per second. */
  boolean smallerIsBetter() {
    return !unit.startsWith("ops");
  }

  public static double median(List<Double> values) {
    return Median.withDefaults().evaluate(values.stream().mapToDouble(x -> x).toArray());
  }
}
