package io.github.lanewise.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's figures are those of the committed results. After a change: {@code readme}. */
class ReadmeFiguresTest {
  private static final Path ROOT = Path.of("..", "..");

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
    long bars = headline.rows().count();
    assertThat(svg.select("path").size())
        .as("bars, and letters as outlines")
        .isGreaterThan((int) bars);
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
        .contains("| 64³ NN / TN / NT | 103 / – / 105 |", "**0.78**", "made.svg", "784-128-10")
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
    assertThat(new Headline(alone).table()).contains("| – / – / – |");
  }

  private static Document svg(String text) {
    return Jsoup.parse(text, Parser.xmlParser());
  }
}
