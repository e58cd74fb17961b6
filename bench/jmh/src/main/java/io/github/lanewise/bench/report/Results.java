package io.github.lanewise.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads and writes {@link Report}s. Two kinds of files are understood: the model itself, a JSON
 * object; and JMH's results, a JSON array, with the machine card beside it in {@code
 * NAME.card.json}.
 */
public final class Results {
  static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final Report NOTHING = Report.of(null, null);

  private Results() {}

  /**
   * Reads files as one report.
   *
   * @throws IOException naming the file, if one is of no such kind
   */
  public static Report read(List<Path> files) throws IOException {
    Report all = NOTHING;
    for (Path file : files) {
      all = all.and(read(file));
    }
    return all;
  }

  static Report read(Path file) throws IOException {
    try {
      JsonNode json = JSON.readTree(file.toFile());
      if (!json.isArray()) {
        return JSON.treeToValue(json, Report.class);
      }
      Path card = card(file);
      Report about = Files.exists(card) ? read(card) : NOTHING;
      List<Row> rows = new ArrayList<>();
      json.forEach(result -> rows.add(row(result)));
      return about.and(Report.of(rows, null));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IOException(file + " is no report and no result of JMH: " + e.getMessage(), e);
    }
  }

  /** Where the machine card of JMH's results lies. */
  public static Path card(Path results) {
    return results.resolveSibling(
        results.getFileName().toString().replaceFirst("\\.json$", "") + ".card.json");
  }

  /** Writes the model as JSON. */
  public static void write(Report report, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, JSON.writeValueAsString(report) + "\n");
  }

  /** One element of JMH's array. A fork counts as the median of its iterations. */
  private static Row row(JsonNode result) {
    String[] name = result.required("benchmark").asText().split("\\.");
    String method = name[name.length - 1];
    String suite = name[name.length - 2].replaceFirst("Benchmark$", "").toLowerCase(Locale.ROOT);
    Map<String, String> params = new TreeMap<>();
    result.path("params").properties().forEach(p -> params.put(p.getKey(), p.getValue().asText()));
    int threads = result.path("threads").asInt(1);
    if (threads > 1) {
      params.putIfAbsent("threads", String.valueOf(threads));
    }
    String peer = params.remove("peer");
    Map<String, List<Double>> beside = new TreeMap<>();
    result
        .path("secondaryMetrics")
        .properties()
        .forEach(metric -> beside.put(metric.getKey(), forks(metric.getValue(), 1)));
    JsonNode primary = result.required("primaryMetric");
    String unit = primary.required("scoreUnit").asText();
    double nanos =
        switch (unit) {
          case "us/op" -> 1e3;
          case "ms/op" -> 1e6;
          case "s/op" -> 1e9;
          default -> 1;
        };
    return new Row(
        suite,
        method,
        params,
        peer == null ? "lanewise" : peer,
        nanos > 1 ? "ns/op" : unit,
        forks(primary, nanos),
        beside);
  }

  private static List<Double> forks(JsonNode metric, double factor) {
    List<Double> medians = new ArrayList<>();
    for (JsonNode fork : metric.path("rawData")) {
      List<Double> iterations = new ArrayList<>();
      fork.forEach(value -> iterations.add(value.asDouble(Double.NaN) * factor));
      double median = Row.median(iterations);
      if (Double.isFinite(median)) {
        medians.add(median);
      }
    }
    return medians;
  }
}
