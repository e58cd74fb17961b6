package io.github.lanewise.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * What a page shows, and the page itself: one file of HTML with everything in it that a browser
 * needs, and the same as Markdown without the charts.
 */
record Page(
    String title, String summary, List<Card> cards, List<Chart> charts, List<Table> tables) {
  /** Names and values. */
  record Card(String id, String title, Map<String, String> values) {}

  record Column(String name, boolean number) {}

  /**
   * A line of a table.
   *
   * @param kind a class of the page's style sheet, or nothing
   */
  record Line(String kind, List<String> cells) {}

  record Table(String id, String title, String says, List<Column> columns, List<Line> lines) {}

  String html() {
    Map<String, Object> context = context();
    ObjectNode options = JsonNodeFactory.instance.objectNode();
    drawn().forEach(chart -> options.set(chart.id(), chart.option()));
    context.put("options", inScript(json(options)));
    context.put("echarts", inScript(echarts()));
    return Mustache.compiler()
        .emptyStringIsFalse(true)
        .compile(resource("page.mustache"))
        .execute(context);
  }

  String markdown() {
    return Mustache.compiler()
        .escapeHTML(false)
        .compile(resource("report.mustache"))
        .execute(context())
        .replaceAll("\n{3,}", "\n\n");
  }

  private List<Chart> drawn() {
    return charts.stream().filter(Chart::drawn).toList();
  }

  private Map<String, Object> context() {
    Map<String, Object> context = new HashMap<>();
    context.put("title", title);
    context.put("summary", summary);
    context.put("cards", cards.stream().filter(c -> !c.values.isEmpty()).map(Page::card).toList());
    context.put("charts", drawn().stream().map(Page::chart).toList());
    List<Chart> leftOut = charts.stream().filter(chart -> !chart.drawn()).toList();
    context.put("hasLeftOut", !leftOut.isEmpty());
    context.put("leftOut", leftOut);
    context.put(
        "tables", tables.stream().filter(t -> !t.lines.isEmpty()).map(Page::table).toList());
    return context;
  }

  private static Map<String, Object> card(Card card) {
    List<Map<String, String>> entries = new ArrayList<>();
    card.values.forEach((key, value) -> entries.add(Map.of("key", key, "value", value)));
    return Map.of("id", card.id, "title", card.title, "entries", entries);
  }

  /** Bars need height for each category, and the roof needs width. */
  private static Map<String, Object> chart(Chart chart) {
    int categories = chart.option().path("yAxis").path("data").size();
    int bars = categories * (8 * chart.series() + 12);
    return Map.of(
        "id", chart.id(),
        "title", chart.title(),
        "says", chart.says(),
        "series", chart.series(),
        "wide", categories > 0 || chart.id().equals("roofline"),
        "height", categories > 0 ? 100 + bars : chart.id().equals("roofline") ? 480 : 340);
  }

  private static Map<String, Object> table(Table table) {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (Line line : table.lines) {
      List<Map<String, Object>> cells = new ArrayList<>();
      for (int i = 0; i < line.cells.size(); i++) {
        boolean number = table.columns.get(i).number;
        cells.add(Map.of("text", line.cells.get(i), "number", number));
      }
      lines.add(Map.of("kind", line.kind, "cells", cells));
    }
    return Map.of(
        "id", table.id,
        "title", table.title,
        "says", table.says,
        "columns", table.columns,
        "lines", lines);
  }

  private static String json(ObjectNode options) {
    try {
      return options.isEmpty() ? "{}" : new ObjectMapper().writeValueAsString(options);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing inside may look like the end of the script. */
  private static String inScript(String text) {
    return text.replace("</", "<\\/").replace("<!--", "<\\!--");
  }

  /** The library as its authors packaged it, in whatever version the class path has. */
  private static String echarts() {
    Properties jar = new Properties();
    try {
      jar.load(new StringReader(resource("/META-INF/maven/org.webjars/echarts/pom.properties")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return resource(
        "/META-INF/resources/webjars/echarts/" + jar.getProperty("version") + "/echarts.min.js");
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
