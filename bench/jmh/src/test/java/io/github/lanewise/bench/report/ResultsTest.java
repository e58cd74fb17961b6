package io.github.lanewise.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
  @Test
  void readsWhatJmhWrites() throws IOException {
    Report report = Results.read(Made.FOUNDING);

    assertThat(report.rows()).hasSize(45);
    Row row = report.rows().getFirst();
    assertThat(row.suite()).isEqualTo("gemm");
    assertThat(row.peer()).isEqualTo("lanewise");
    assertThat(row.params()).doesNotContainKey("peer").containsEntry("shape", "256x256x256");
    assertThat(row.forks()) // the middle one of three iterations in each fork
        .containsExactly(232333.6453089245, 198354.99214145384, 195326.37719298244);
    assertThat(Work.gflops(row)).isCloseTo(169.2, within(0.05));
    assertThat(Work.share(row)).isCloseTo(0.75, within(0.005)); // as GemmCommand's table has it
  }

  @Test
  void readsTheMachineCardBesideIt() throws IOException {
    Report report = Results.read(Made.FOUNDING);

    assertThat(report.limit("FMA peak")).hasValue(248.8);
    assertThat(report.limit("no such thing")).isEmpty();
    assertThat(report.isJvm("netlib-vector")).isTrue();
    assertThat(report.measuredPeers()).startsWith("lanewise").hasSize(5);
  }

  @Test
  void writesWhatItReads(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.json");
    Results.write(Made.everything(), file);
    Report once = Results.read(file);
    Results.write(once, file);

    assertThat(Results.read(file)).isEqualTo(once);
    assertThat(once.rows()).containsAll(Made.everything().rows());
    assertThat(once.curves()).isEqualTo(Made.everything().curves());
  }

  @Test
  void percentilesBecomeRows(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("latency.json");
    Files.writeString(
        file,
        """
        {"curves": [{"suite": "latency", "params": {"batch": "8"}, "peer": "lanewise",
          "x": "percentile", "unit": "ns", "forks": [[[50, 6], [99, 9]], [[50, 8], [99, 10]]]}]}
        """);

    Report report = Results.read(file);

    assertThat(report.figures())
        .extracting(Row::benchmark, Row::forks)
        .containsExactly(tuple("p50", List.of(6.0, 8.0)), tuple("p99", List.of(9.0, 10.0)));
  }

  @Test
  void forksWithoutJmhAreCurvesAndRows() {
    Map<String, String> params = Map.of("network", "4-2");
    Report report =
        Fork.report("latency", params, "ort", Map.of("closed-p50", 6.0, "closed-p99.9", 30.0))
            .withForksOf(
                Fork.report("latency", params, "ort", Map.of("closed-p99.9", 40.0, "bytes", 8.0)))
            .withForksOf(
                Fork.report(
                    "startup",
                    params,
                    "ort",
                    Map.of("first", 250.0, "call-1", 9e6, "worst-1", 9e6)));

    assertThat(report.curves())
        .extracting(Curve::suite, Curve::benchmark)
        .containsExactlyInAnyOrder(
            tuple("latency", "closed"), tuple("startup", ""), tuple("startup", Fork.SLOWEST));
    assertThat(report.curves().getFirst().at(99.9)).containsExactly(30.0, 40.0);
    assertThat(report.rows())
        .extracting(Row::suite, Row::benchmark, Row::unit, Row::forks)
        .containsExactlyInAnyOrder(
            tuple("latency", "bytes", "B", List.of(8.0)),
            tuple("startup", "first", "ms", List.of(250.0)));
  }

  @Test
  void otherFilesAreRefusedByName(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("other.json");
    for (String text : List.of("{\"a\": 1}", "[1]", "[{\"benchmark\": \"a.B.c\"}]", "nonsense")) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> Results.read(file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("other.json");
    }
  }

  @Test
  void bimodalIsTwoGroupsFarApart() {
    assertThat(Spread.bimodal(List.of(100.0, 101.0, 120.0, 121.0))).isTrue();
    assertThat(Spread.bimodal(List.of(120.0, 100.0, 121.0, 101.0, 122.0))).isTrue();
    assertThat(Spread.bimodal(List.of(100.0, 107.0, 113.0, 121.0))).as("spread evenly").isFalse();
    assertThat(Spread.bimodal(List.of(100.0, 101.0, 104.0, 105.0))).as("close").isFalse();
    assertThat(Spread.bimodal(List.of(100.0, 101.0, 102.0, 150.0))).as("one outlier").isFalse();
    assertThat(Spread.bimodal(List.of(100.0, 120.0, 121.0))).as("three forks").isFalse();
  }

  @Test
  void unevenIsFarApart() {
    assertThat(Spread.uneven(row(List.of(100.0, 151.0), List.of()))).as("forks").isTrue();
    assertThat(Spread.uneven(row(List.of(100.0, 149.0), List.of()))).isFalse();
    assertThat(Spread.uneven(row(List.of(100.0), List.of()))).as("one fork").isFalse();
    assertThat(Spread.uneven(row(List.of(100.0, 100.0), List.of(90.0, 100.0)))).isTrue();
    assertThat(Spread.uneven(row(List.of(100.0, 100.0), List.of(92.0, 100.0)))).isFalse();
  }

  private static Row row(List<Double> forks, List<Double> peaks) {
    Map<String, List<Double>> beside = peaks.isEmpty() ? Map.of() : Map.of("fma.peak", peaks);
    return new Row("gemm", "multiply", Map.of(), "lanewise", "ns/op", forks, beside);
  }

  @Test
  void flopsOfATrainingStep() {
    Row step = Made.everything().rows("training").getFirst();
    // Two products of the first layer and three of the second, 32 examples.
    double flops = 2.0 * 32 * (2 * 784 * 128 + 3 * 128 * 10);
    assertThat(Work.flops(step)).isEqualTo(flops);
    assertThat(Work.share(step)).isCloseTo(flops / 2e6 / 100, within(1e-9));
  }

  @Test
  void numbersSayWhatTheyCount() {
    Map<String, String> params =
        Map.of("network", "4-2", "batch", "8", "garbage", "0", "momentum", "0.9", "mode", "hot");

    assertThat(Row.words("step", new TreeMap<>(params)))
        .isEqualTo("step hot 4-2 batch 8 momentum 0.9");
  }
}
