package io.github.lanewise.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lanewise.bench.peer.GemmShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's figures are those of the committed results. After a change: {@code readme}. */
class ReadmeFiguresTest {
  private static final Path ROOT = Made.ROOT;

  private static Readme committed() throws IOException {
    return new Readme(Files.readString(ROOT.resolve("README.md")), ROOT);
  }

  @Test
  void theFiguresAreWhatTheToolWrites() throws IOException {
    assertThat(committed().written()).isEqualTo(Files.readString(ROOT.resolve("README.md")));
  }

  @Test
  void theChartShowsTheSameFigures() throws IOException {
    Headline headline = new Headline(committed().report());
    Document svg = svg(Files.readString(ROOT.resolve(committed().chart())));

    assertThat(svg.selectFirst("desc").text()).isEqualTo(HeadlineChart.data(headline));
    long bars = headline.rows().filter(ReadmeFiguresTest::square).count();
    assertThat(bars).isPositive();
    assertThat(svg.select("path").size())
        .as("bars, and letters as outlines")
        .isGreaterThan((int) bars);
  }

  private static boolean square(Row row) {
    return GemmShape.parse(row.param("variant"), row.param("shape")).square();
  }

  @Test
  void theToolWritesReadmeAndChart(@TempDir Path folder) throws Exception {
    Results.write(Made.everything(), folder.resolve("made.json"));
    Path readme = folder.resolve("README.md");
    Files.writeString(
        readme, "# A\n<!-- figures: made.json -->\nwhat was here\n<!-- end of figures -->\nrest\n");
    ReadmeCommand command = new ReadmeCommand();
    new picocli.CommandLine(command).parseArgs(readme.toString());
    assertThat(command.call()).isZero();

    assertThat(Files.readString(readme))
        .startsWith("# A\n<!-- figures: made.json -->\n")
        .endsWith("<!-- end of figures -->\nrest\n")
        .contains("| 64³ NN / TN / NT | 103 / – / 105 |", "**0.78**", "made.svg")
        .doesNotContain("what was here");
    assertThat(svg(Files.readString(folder.resolve("made.svg"))).selectFirst("desc").text())
        .contains("lanewise: 64³ NN 102.8,", "netlib: 64³ NN 131.1,");
  }

  @Test
  void withoutTheMarksNothingIsWritten() {
    assertThatThrownBy(() -> new Readme("# A\n", ROOT)).hasMessageContaining("figures:");
  }

  @Test
  void aHeadlineNeedsNoNativePeer() {
    Report alone =
        new Report(null, null, Map.of("netlib", "jvm"), null, Made.everything().rows("gemm"), null);
    assertThat(new Headline(alone).tables())
        .contains("| of peak | over JVM |")
        .doesNotContain("over native");
  }

  @Test
  void everySuiteHasItsRowsAndUnits() {
    assertThat(new Headline(Made.everything()).tables())
        .contains(
            "| 128×32×784 NN | 71 | 71 % |",
            "| training 784-128-10 batch 32 | 2000.0 | 7 % | 2000.0 djl | 1.00 |",
            "| backward 512x784x128 | 2000.0 | 103 % | – | – |",
            "| 784-128-10 batch 1 | 5.0 / 9.0 | 7.0 / 15.0 onnxruntime | 1.40 / 1.67 |",
            "| start-up, milliseconds | first answer | steady from |",
            "| 8-4 ort | 250.0 | 400.0 |")
        .as("bytes are no time")
        .doesNotContain("352");
  }

  @Test
  void whatWasNotRunHasNoTable() {
    List<Row> steps = Made.everything().rows("training");

    assertThat(new Headline(Report.of(steps, null)).tables())
        .startsWith("| microseconds | lanewise |")
        .doesNotContain("product", "request", "start-up");
  }

  @Test
  void severalRunsAreNamedEach(@TempDir Path folder) throws IOException {
    Results.write(
        new Report(
            Map.of("date", "2026-01-02", "commit", "a", "command", "bench/run gemm", "JVM", "25"),
            null,
            null,
            null,
            List.of(Made.product("lanewise", "NN", "64x64x64", 5e3, 5e3)),
            null),
        folder.resolve("2026-01-02-gemm.json"));
    Results.write(
        new Report(
            Map.of("date", "2026-01-03", "commit", "b", "command", "bench/run training"),
            null,
            null,
            null,
            Made.everything().rows("training"),
            null),
        folder.resolve("2026-01-03-training.json"));
    String text =
        "<!-- figures: 2026-01-02-gemm.json 2026-01-03-training.json -->\n<!-- end of figures -->\n";

    assertThat(new Readme(text, folder).written())
        .contains(
            "Measured 2026-01-02, 2026-01-03 on",
            "JDK 25; commit a, b.",
            "medians of 2 to 3 forks",
            "[gemm](2026-01-02-gemm.md), [training](2026-01-03-training.md)",
            "\nbench/run gemm\nbench/run training\n");
  }

  private static Document svg(String text) {
    return Jsoup.parse(text, Parser.xmlParser());
  }
}
