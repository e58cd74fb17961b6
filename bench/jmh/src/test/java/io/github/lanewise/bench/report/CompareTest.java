package io.github.lanewise.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lanewise.bench.report.Comparison.Change;
import io.github.lanewise.bench.report.Comparison.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CompareTest {
  private static final Row STEADY =
      Made.product("lanewise", "NN", "64x64x64", 100.0, 103.0, 98.0, 101.0, 107.0);

  @TempDir private Path folder;
  private final StringWriter said = new StringWriter();

  private int compare(List<Row> older, List<Row> newer, String... options) throws IOException {
    Results.write(Report.of(older, null), folder.resolve("old.json"));
    Results.write(Report.of(newer, null), folder.resolve("new.json"));
    CommandLine command = new CommandLine(new CompareCommand());
    command.setOut(new PrintWriter(said));
    return command.execute(
        Stream.concat(
                Stream.of(
                    folder.resolve("old.json").toString(),
                    folder.resolve("new.json").toString(),
                    "--out",
                    folder.toString()),
                Stream.of(options))
            .toArray(String[]::new));
  }

  private static Row times(double factor) {
    return new Row(
        STEADY.suite(),
        STEADY.benchmark(),
        STEADY.params(),
        STEADY.peer(),
        STEADY.unit(),
        STEADY.forks().stream().map(x -> x * factor).toList(),
        Map.of(
            "fma.peak",
            List.of(100 / factor, 100 / factor, 100 / factor, 100 / factor, 100 / factor)));
  }

  private Document page() throws IOException {
    return Jsoup.parse(Files.readString(folder.resolve("index.html")));
  }

  @Test
  void noiseIsNoChange() throws IOException {
    Row again = Made.product("lanewise", "NN", "64x64x64", 104.0, 99.0, 102.0, 108.0, 97.0);

    assertThat(compare(List.of(STEADY), List.of(again))).isZero();
    assertThat(said.toString()).contains("0 slower, 0 faster, 1 unchanged");
    assertThat(page().select(".chart")).isEmpty();
    assertThat(page().select("#left-out").text()).contains("nothing changed beyond noise");
  }

  @Test
  void aRegressionIsToldByTheExitCode() throws IOException {
    assertThat(compare(List.of(STEADY), List.of(times(1.2)))).isEqualTo(CompareCommand.REGRESSION);
    assertThat(said.toString()).contains("NN", "slower", "0.833", "99.2 %");
    assertThat(page().select("#changes tr.loses")).hasSize(1);
    assertThat(page().select(".chart").attr("data-series")).isEqualTo("1");
  }

  /** JMH's own JSON, five forks of three iterations; of each one iteration was disturbed. */
  private Path jmh(String name, double factor) throws IOException {
    ArrayNode results = Results.JSON.createArrayNode();
    ObjectNode result = results.addObject();
    result.put("benchmark", "io.github.lanewise.bench.gemm.GemmBenchmark.multiply");
    result.putObject("params").put("variant", "NN").put("shape", "64x64x64").put("mode", "hot");
    ObjectNode metric = result.putObject("primaryMetric").put("scoreUnit", "ns/op");
    ArrayNode forks = metric.putArray("rawData");
    for (double nanos : STEADY.forks()) {
      forks.addArray().add(factor * nanos).add(90 * nanos).add(factor * nanos + 0.1);
    }
    Path file = folder.resolve(name);
    Results.JSON.writeValue(file.toFile(), results);
    return file;
  }

  private int compareFiles(Path older, Path newer) {
    CommandLine command = new CommandLine(new CompareCommand());
    command.setOut(new PrintWriter(said));
    return command.execute(older.toString(), newer.toString(), "--out", folder.toString());
  }

  @Test
  void resultsOfJmhAreComparedForkByFork() throws IOException {
    Path old = jmh("old-jmh.json", 1);

    assertThat(compareFiles(old, jmh("again-jmh.json", 1.02))).isZero();
    assertThat(compareFiles(old, jmh("slowed-jmh.json", 1.3))).isEqualTo(CompareCommand.REGRESSION);
    assertThat(said.toString()).contains("slower", "0.76", "99.2 %");
  }

  @Test
  void aSlowerPercentileIsARegression() throws IOException {
    Map<String, String> params = Map.of("network", "4-2", "batch", "1");
    List<Path> files = new ArrayList<>();
    for (double factor : new double[] {1, 1.02, 1.5}) {
      Report report = Report.of(null, null);
      for (double nanos : STEADY.forks()) {
        Map<String, Double> fork = Map.of("closed-p50", nanos, "closed-p99", factor * 2 * nanos);
        report = report.withForksOf(Fork.report("latency", params, "lanewise", fork));
      }
      files.add(folder.resolve("latency-" + factor + ".json"));
      Results.write(report, files.getLast());
    }

    assertThat(compareFiles(files.get(0), files.get(1))).isZero();
    assertThat(compareFiles(files.get(0), files.get(2))).isEqualTo(CompareCommand.REGRESSION);
    assertThat(said.toString()).contains("closed p99 4-2 batch 1", "1 slower, 0 faster");
  }

  @Test
  void anImprovementIsNone() throws IOException {
    assertThat(compare(List.of(STEADY), List.of(times(0.8)))).isZero();
    assertThat(said.toString()).contains("1 faster", "1.250");
  }

  @Test
  void smallChangesAreBelowTheThreshold() throws IOException {
    Row old = Made.product("lanewise", "NN", "8x8x8", 100.0, 100.1, 100.2, 100.3, 100.4);
    Row now = Made.product("lanewise", "NN", "8x8x8", 103.0, 103.1, 103.2, 103.3, 103.4);

    assertThat(compare(List.of(old), List.of(now))).isZero();
    assertThat(compare(List.of(old), List.of(now), "--threshold", "0.01"))
        .isEqualTo(CompareCommand.REGRESSION);
  }

  @Test
  void rowsThatAreGoneAreNoSuccess() throws IOException {
    Row gone = Made.product("lanewise", "NT", "64x64x64", 1.0, 2.0, 3.0);
    Row added = Made.product("lanewise", "TN", "64x64x64", 1.0, 2.0, 3.0);

    assertThat(compare(List.of(STEADY, gone), List.of(STEADY, added)))
        .isEqualTo(CompareCommand.CANNOT_TELL);
    assertThat(said.toString())
        .contains("NT  lanewise  missing", "TN  lanewise  new", "1 unchanged");
    assertThat(compare(List.of(STEADY, gone), List.of(STEADY), "--allow-missing")).isZero();
  }

  @Test
  void twoForksCannotTell() throws IOException {
    Row old = Made.product("lanewise", "NN", "8x8x8", 100.0, 101.0);
    Row now = Made.product("lanewise", "NN", "8x8x8", 200.0, 201.0);

    assertThat(compare(List.of(old), List.of(now))).isEqualTo(CompareCommand.CANNOT_TELL);
    assertThat(said.toString()).contains("too few forks");
  }

  @Test
  void othersAreTheControl() throws IOException {
    Row old = Made.product("mkl", "NN", "8x8x8", 100.0, 101.0, 102.0);
    Row now = Made.product("mkl", "NN", "8x8x8", 200.0, 201.0, 202.0);

    assertThat(compare(List.of(STEADY, old), List.of(STEADY, now))).isZero();
    assertThat(said.toString()).contains("1 are other libraries', which did not change");
  }

  @Test
  void aSlowerClockIsNoRegressionOfTheShareOfPeak() throws IOException {
    Row old = times(1);
    Row now = times(1.2); // and its peak is lower by as much

    assertThat(compare(List.of(old), List.of(now), "--of-peak")).isZero();
    assertThat(compare(List.of(old), List.of(now))).isEqualTo(CompareCommand.REGRESSION);
  }

  @Test
  void throughputGrowsTheOtherWay() {
    Row slow = new Row("s", "b", Map.of(), "lanewise", "ops/s", List.of(1.0, 1.1, 1.2), Map.of());
    Row fast = new Row("s", "b", Map.of(), "lanewise", "ops/s", List.of(2.0, 2.1, 2.2), Map.of());
    Comparison comparison =
        new Comparison(
            Report.of(List.of(slow), null),
            Report.of(List.of(fast), null),
            new Comparison.Rule(0.99, 0.05, false));

    assertThat(comparison.changes()).extracting(Change::verdict).containsExactly(Verdict.FASTER);
  }

  /**
   * Tabulated: P(U = 0) is one in C(m+n, m); for eight against eight 2·P(U ≤ 13) is just below
   * 0.05.
   */
  @Test
  void theConfidenceIsExact() {
    List<Double> eight = List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0);
    List<Double> three = eight.subList(0, 3);

    assertThat(RatioInterval.of(three, three, 0.99).confidence()).isCloseTo(0.9, within(1e-12));
    assertThat(RatioInterval.of(eight.subList(0, 5), eight.subList(0, 5), 0.99).confidence())
        .isCloseTo(1 - 2 / 252.0, within(1e-12));
    RatioInterval interval = RatioInterval.of(eight, eight, 0.95);
    double[] quotients =
        eight.stream()
            .flatMapToDouble(x -> eight.stream().mapToDouble(y -> x / y))
            .sorted()
            .toArray();
    assertThat(interval.low()).isEqualTo(quotients[13]);
    assertThat(interval.high()).isEqualTo(quotients[64 - 1 - 13]);
    assertThat(interval.confidence()).isBetween(0.95, 0.97);
    assertThat(interval.ratio()).isEqualTo(1);
  }
}
