package io.github.lanewise.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
  @Test
  void everySuiteHasItsChart(@TempDir Path folder) throws IOException {
    Document page = page(Made.everything(), folder);

    assertThat(page.select(".chart").eachAttr("id"))
        .containsExactlyInAnyOrder(
            "roofline",
            "size-nn",
            "share-nn",
            "size-tn",
            "share-tn",
            "size-nt",
            "share-nt",
            "layers",
            "training",
            "backward",
            "activation",
            "scaling",
            "latency-1",
            "startup-1",
            "start-up-1");
    assertThat(page.select("#left-out")).isEmpty();
  }

  @Test
  void aChartHasASeriesForEachPeer(@TempDir Path folder) throws IOException {
    Document page = page(Made.everything(), folder);
    JsonNode options = Results.JSON.readTree(page.selectFirst("#options").data());

    assertThat(names(options, "size-nn")).containsExactly("lanewise", "netlib", "FMA peak");
    assertThat(names(options, "training")).containsExactly("lanewise", "djl");
    assertThat(names(options, "latency-1"))
        .containsExactly("lanewise · closed", "onnxruntime · closed");
    assertThat(names(options, "scaling")).hasSize(1);
    for (Element chart : page.select(".chart")) {
      JsonNode series = options.path(chart.id()).path("series");
      assertThat(series.size()).isEqualTo(Integer.parseInt(chart.attr("data-series"))).isPositive();
      series.forEach(s -> assertThat(s.path("data")).as(chart.id()).isNotEmpty());
    }
  }

  private static List<String> names(JsonNode options, String chart) {
    return options.path(chart).path("series").findValuesAsText("name").stream()
        .filter(name -> !name.contains(":") && !name.equals("peak"))
        .toList();
  }

  @Test
  void whatDidNotRunIsNamedAndNotDrawn(@TempDir Path folder) throws IOException {
    Document page = page(Results.read(Made.FOUNDING), folder);

    assertThat(page.select(".chart")).hasSize(7); // the roof, and two for each of NN, TN, NT
    assertThat(page.select("#left-out li").eachText())
        .contains(
            "Layer shapes: no shape of a layer was run", "Latency: the suite latency was not run")
        .hasSize(8);
    assertThat(Files.readString(folder.resolve("report.md")))
        .contains("- Warm-up: the suite startup was not run");
  }

  @Test
  void everyFigureIsInTheTableAndLosersAreMarked(@TempDir Path folder) throws IOException {
    Document page = page(Made.everything(), folder);

    assertThat(page.select("#figures tbody tr"))
        .hasSameSizeAs(Results.read(folder.resolve("report.json")).figures());
    Element lost = page.selectFirst("#figures tbody tr.loses");
    assertThat(lost.text()).contains("64x64x64", "lanewise", "0.78", "loses");
    Element bimodal = page.selectFirst("#figures tbody tr.bimodal");
    assertThat(bimodal.text()).contains("128x128x128", "40,000", "50,100");
    assertThat(page.select("#figures .says").text()).contains(Spread.RULE, Spread.UNEVEN);
  }

  @Test
  void nothingIsLoadedFromElsewhere(@TempDir Path folder) throws IOException {
    Document page = page(Made.everything(), folder);

    assertThat(page.select("[src], link[href^=http], iframe, object")).isEmpty();
    assertThat(page.select("style").html()).doesNotContain("url(", "@import");
    assertThat(page.select("meta[name=viewport]")).hasSize(1);
    assertThat(page.select("style").html()).contains("prefers-color-scheme: dark");
  }

  @Test
  void textIsText(@TempDir Path folder) throws IOException {
    Document page = page(Made.everything(), folder);

    assertThat(page.select("#machine dd").eachText()).contains("<Zen> & \"5\"");
    assertThat(page.select("#peers dd").eachText()).contains("left out: no </script> here");
    assertThat(page.select("#failures dd").eachText())
        .containsExactly("hot NN 8x8x8 other: wrong result");
    assertThat(page.select("script")).hasSize(3);
  }

  @Test
  void markdownHasAllOfTheTable(@TempDir Path folder) throws IOException {
    page(Made.everything(), folder);
    String markdown = Files.readString(folder.resolve("report.md"));

    assertThat(markdown.lines().filter(line -> line.matches("\\| (gemm|training) .*")))
        .hasSize(9)
        .allSatisfy(line -> assertThat(line.split("\\|", -1)).hasSize(15));
  }

  private static Document page(Report report, Path folder) throws IOException {
    return Jsoup.parse(Files.readString(ReportPage.write(report, folder)));
  }
}
