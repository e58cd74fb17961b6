package io.github.lanewise.bench.report;

import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler;

/** The README's chart as SVG: square products in groups of bars, one bar for each peer. */
final class HeadlineChart {
  private HeadlineChart() {}

  static String svg(Headline headline) throws IOException {
    CategoryChart chart =
        new CategoryChartBuilder().width(920).height(380).yAxisTitle("GFLOP/s, one thread").build();
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setPlotBorderVisible(false);
    chart.getStyler().setAvailableSpaceFill(0.8);
    chart.getStyler().setSeriesColors(colours(headline.peers()));
    for (String peer : headline.peers()) {
      Map<String, Double> gflops = headline.gflops(peer);
      List<Double> bars = gflops.values().stream().map(x -> Double.isNaN(x) ? null : x).toList();
      chart.addSeries(
          Headline.spoken(peer), new ArrayList<>(gflops.keySet()), new ArrayList<>(bars));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    VectorGraphics2D drawing = new VectorGraphics2D();
    chart.paint(drawing, chart.getWidth(), chart.getHeight());
    PageSize page = new PageSize(0, 0, chart.getWidth(), chart.getHeight());
    Processors.get("svg").getDocument(drawing.getCommands(), page).writeTo(out);
    return slim(out.toString(StandardCharsets.UTF_8))
        .replaceFirst("(<svg[^>]*>)", "$1<desc>" + data(headline) + "</desc>");
  }

  /** A tenth of a pixel is enough, and the same chart is to have the same names every time. */
  private static String slim(String svg) {
    Map<String, String> names = new HashMap<>();
    return Pattern.compile("clip\\d+")
        .matcher(svg.replaceAll("(\\d+\\.\\d)\\d+", "$1"))
        .replaceAll(
            clip -> names.computeIfAbsent(clip.group(), name -> "clip-" + (names.size() + 1)));
  }

  /** What is drawn, as text: fonts move a drawing about from machine to machine, but not this. */
  static String data(Headline headline) {
    StringBuilder data = new StringBuilder("GFLOP/s.");
    for (String peer : headline.peers()) {
      data.append(' ').append(Headline.spoken(peer)).append(':');
      headline
          .gflops(peer)
          .forEach(
              (product, x) -> data.append(String.format(Locale.ROOT, " %s %.1f,", product, x)));
      data.setCharAt(data.length() - 1, '.');
    }
    return data.toString();
  }

  private static Color[] colours(List<String> peers) {
    Color[] colours = new Color[peers.size()];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = Color.decode(Plot.colour(peers, peers.get(i)));
    }
    return colours;
  }
}
