package io.github.lanewise.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Builds what ECharts calls an option: axes, and series of points that carry a name. */
final class Plot {
  /** Lanewise in its several ways. */
  private static final List<String> OWN =
      List.of("#d55e00", "#e69f00", "#a0522d", "#f4a582", "#ff6f61", "#b8860b");

  /** Okabe and Ito's, told apart by colour-blind people, on light and dark ground; then more. */
  private static final List<String> OTHERS =
      List.of(
          "#0072b2", "#009e73", "#cc79a7", "#56b4e9", "#8c8c00", "#7f7f7f", "#9b72cf", "#00a3a3",
          "#c44e8a", "#6b8e23");

  private static final List<String> SYMBOLS =
      List.of(
          "circle",
          "rect",
          "triangle",
          "diamond",
          "emptyCircle",
          "emptyRect",
          "emptyTriangle",
          "emptyDiamond");

  /** The first, second, third line of a peer. */
  private static final List<String> STYLES = List.of("solid", "dashed", "dotted");

  /** Longer lines show no marks. */
  private static final int MARKED = 30;

  private final Map<String, Integer> styles = new HashMap<>();
  private final ObjectNode option = JsonNodeFactory.instance.objectNode();
  private final ArrayNode series = option.putArray("series");
  private final List<String> peers;

  /** A chart where every peer has the colour and the symbol that it has in all the others. */
  Plot(List<String> peers) {
    this.peers = peers;
    option.putObject("legend").put("top", 0);
    option
        .putObject("grid")
        .put("left", 12)
        .put("right", 36)
        .put("top", 44)
        .put("bottom", 36)
        .put("containLabel", true);
    option.putObject("tooltip").put("trigger", "item").put("confine", true);
    option.put("animation", false);
  }

  Plot x(String name, boolean log) {
    axis("xAxis", name, log).put("nameLocation", "middle").put("nameGap", 26);
    return this;
  }

  Plot counts(String name) {
    x(name, false);
    ((ObjectNode) option.get("xAxis")).put("minInterval", 1);
    return this;
  }

  Plot y(String name, boolean log) {
    axis("yAxis", name, log);
    return this;
  }

  private ObjectNode axis(String which, String name, boolean log) {
    ObjectNode axis = option.putObject(which).put("type", log ? "log" : "value").put("name", name);
    axis.putObject("axisLabel").put("hideOverlap", true);
    axis.putObject("minorTick").put("show", log);
    return axis;
  }

  /** Categories from top to bottom, bars to the right: long names stay readable on a phone. */
  Plot categories(List<String> names, String value) {
    ObjectNode y = option.putObject("yAxis").put("type", "category").put("inverse", true);
    y.set("data", Results.JSON.valueToTree(names));
    x(value, false);
    return this;
  }

  /** Sizes: doubling is a step, and the axis ends where the data does. */
  Plot sizes(String name) {
    axis("xAxis", name, true)
        .put("nameLocation", "middle")
        .put("nameGap", 26)
        .put("logBase", 2)
        .put("min", "dataMin")
        .put("max", "dataMax");
    return this;
  }

  /** One point of a chart; its label is what the tooltip shows. */
  record Mark(double x, double y, String label) {}

  Plot line(String name, List<Mark> marks) {
    ObjectNode line = series("line", name, marks);
    line.put("showSymbol", marks.size() < MARKED).put("symbolSize", 8);
    line.put("symbol", SYMBOLS.get(place(name)));
    int style = Math.min(styles.merge(peer(name), 1, Integer::sum), STYLES.size()) - 1;
    line.putObject("lineStyle").put("type", STYLES.get(style)).put("width", style == 0 ? 2 : 1);
    return this;
  }

  /** A line of the machine and not of a peer: thin, dashed, no marks. */
  Plot limit(String name, List<Mark> marks) {
    ObjectNode line = series("line", name, marks).put("showSymbol", false).put("color", "#888888");
    line.putObject("lineStyle").put("type", "dashed").put("width", 1.5);
    return this;
  }

  Plot scatter(String name, List<Mark> marks) {
    series("scatter", name, marks).put("symbolSize", 9).put("symbol", SYMBOLS.get(place(name)));
    return this;
  }

  /** Values for each category; null where there is none. */
  Plot bars(String name, List<Double> values) {
    ObjectNode bars = series.addObject().put("type", "bar").put("name", name);
    bars.put("color", colour(peers, name));
    ArrayNode data = bars.putArray("data");
    values.forEach(value -> data.add(value == null ? null : round(value)));
    return this;
  }

  /** A box from low to high with a line at the middle, for each category. */
  Plot intervals(String name, String colour, List<List<Double>> boxes) {
    ObjectNode box = series.addObject().put("type", "boxplot").put("name", name);
    box.putObject("itemStyle").put("borderColor", colour).put("color", colour + "55");
    box.put("color", colour);
    ArrayNode data = box.putArray("data");
    boxes.forEach(five -> five.forEach(data.addArray()::add));
    one(box);
    ((ObjectNode) option.get("xAxis")).put("scale", true);
    return this;
  }

  /** A line where nothing has changed. */
  private static void one(ObjectNode series) {
    ObjectNode line = series.putObject("markLine").put("silent", true).put("symbol", "none");
    line.putArray("data").addObject().put("xAxis", 1);
  }

  private ObjectNode series(String type, String name, List<Mark> marks) {
    ObjectNode node = series.addObject().put("type", type).put("name", name);
    node.put("color", colour(peers, peer(name)));
    ArrayNode data = node.putArray("data");
    for (Mark mark : marks) {
      ObjectNode point = data.addObject().put("name", mark.label);
      point.putArray("value").add(round(mark.x)).add(round(mark.y));
    }
    return node;
  }

  /** Who it is has the same colour in all charts of these peers. */
  static String colour(List<String> peers, String peer) {
    boolean own = peer.startsWith(Contest.LANEWISE);
    List<String> family =
        peers.stream().filter(one -> one.startsWith(Contest.LANEWISE) == own).toList();
    List<String> colours = own ? OWN : OTHERS;
    return colours.get(Math.floorMod(family.indexOf(peer), colours.size()));
  }

  private static String peer(String name) {
    return name.contains(" · ") ? name.substring(0, name.indexOf(" · ")) : name;
  }

  private int place(String name) {
    return Math.floorMod(peers.indexOf(peer(name)), SYMBOLS.size());
  }

  /** Five digits: a page of all figures stays small. */
  private static JsonNode round(double value) {
    return Double.isFinite(value)
        ? JsonNodeFactory.instance.numberNode(
            Double.parseDouble(String.format(Locale.ROOT, "%.5g", value)))
        : JsonNodeFactory.instance.nullNode();
  }

  /** The chart, or the reason if it would have nothing to show. */
  Chart chart(String id, String title, String says, String otherwise) {
    return series.isEmpty()
        ? Chart.leftOut(id, title, otherwise)
        : new Chart(id, title, says, option);
  }
}
