package io.github.lanewise.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what suites with forks of their own write: {@code {"machine": {…}, "cells": [{"peer": "…",
 * "network": "…", …, "forks": [{"closed-p50": 6600, …}, …]}]}}. A fork's keys say what they are:
 *
 * <ul>
 *   <li>{@code NAME-pPERCENTILE}: a point of a latency curve, ns;
 *   <li>{@code call-N}: a point of the warm-up curve, ns;
 *   <li>anything else: a figure of its own, ms since the start of the JVM, in a cell of {@code
 *       what}; of latencies it is not shown.
 * </ul>
 */
final class Cells {
  private static final Pattern PERCENTILE = Pattern.compile("(\\w+)-p([\\d.]+)");
  private static final Pattern CALL = Pattern.compile("call-(\\d+)");

  private final List<Row> rows = new ArrayList<>();
  private final List<Curve> curves = new ArrayList<>();

  private Cells() {}

  static Report read(JsonNode json) {
    Map<String, String> machine = new LinkedHashMap<>();
    json.path("machine").properties().forEach(e -> machine.put(e.getKey(), e.getValue().asText()));
    Cells cells = new Cells();
    json.required("cells").forEach(cells::add);
    return new Report(machine, null, null, null, cells.rows, cells.curves);
  }

  private void add(JsonNode cell) {
    Map<String, String> params = new TreeMap<>();
    cell.properties()
        .forEach(
            e -> {
              if (e.getValue().isValueNode() && !e.getKey().equals("peer")) {
                params.put(e.getKey(), e.getValue().asText());
              }
            });
    String peer = cell.required("peer").asText();
    for (JsonNode fork : cell.required("forks")) {
      Map<String, List<Curve.Point>> points = new TreeMap<>();
      List<Curve.Point> calls = new ArrayList<>();
      fork.properties()
          .forEach(
              e -> {
                double value = e.getValue().asDouble();
                Matcher percentile = PERCENTILE.matcher(e.getKey());
                Matcher call = CALL.matcher(e.getKey());
                if (percentile.matches()) {
                  double x = Double.parseDouble(percentile.group(2));
                  points
                      .computeIfAbsent(percentile.group(1), key -> new ArrayList<>())
                      .add(new Curve.Point(x, value));
                } else if (call.matches()) {
                  calls.add(new Curve.Point(Double.parseDouble(call.group(1)), value));
                } else if (params.containsKey("what")) {
                  String unit = e.getKey().endsWith("-micros") ? "us" : "ms";
                  rows.add(
                      new Row("startup", e.getKey(), params, peer, unit, List.of(value), Map.of()));
                }
              });
      points.forEach(
          (name, of) ->
              curves.add(
                  new Curve("latency", name, params, peer, "percentile", "ns", List.of(of))));
      if (!calls.isEmpty()) {
        curves.add(new Curve("startup", "", params, peer, "call", "ns", List.of(calls)));
      }
    }
  }
}
