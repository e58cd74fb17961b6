package io.github.lanewise.bench.report;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Reports for tests: the committed one, and made-up ones. */
final class Made {
  /** Tests run in the module's folder. */
  static final Path ROOT = Path.of("..", "..");

  static final Path RESULTS = ROOT.resolve("bench").resolve("results");

  static final Path FOUNDING = RESULTS.resolve("2026-11-24-founding.json");

  private static final Map<String, String> REQUEST = Map.of("network", "784-128-10", "batch", "1");

  private Made() {}

  static Row product(String peer, String variant, String shape, Double... nanos) {
    return new Row(
        "gemm",
        "multiply",
        Map.of("mode", "hot", "variant", variant, "shape", shape),
        peer,
        "ns/op",
        List.of(nanos),
        Map.of("fma.peak", List.of(100.0)));
  }

  static Row row(String suite, String benchmark, Map<String, String> params, String peer) {
    return new Row(
        suite,
        benchmark,
        params,
        peer,
        "ns/op",
        List.of(2e6, 2.1e6, 1.9e6),
        Map.of("fma.peak", List.of(100.0, 101.0, 99.0)));
  }

  static Curve curve(String suite, String name, String x, String peer, double... points) {
    List<List<Curve.Point>> forks = List.of(points(points), points(points));
    return new Curve(suite, name, REQUEST, peer, x, "ns", forks);
  }

  private static List<Curve.Point> points(double... xys) {
    Curve.Point[] points = new Curve.Point[xys.length / 2];
    Arrays.setAll(points, i -> new Curve.Point(xys[2 * i], xys[2 * i + 1]));
    return List.of(points);
  }

  /** Every suite, two peers each, one product lost and one bimodal; names that HTML must escape. */
  static Report everything() {
    Map<String, String> step = Map.of("network", "784-128-10", "batch", "32");
    return new Report(
        Map.of("processor", "<Zen> & \"5\"", "FMA peak", "110.5 GFLOP/s", "reading L1", "200 GB/s"),
        Map.of("lanewise", "here", "mkl-heap", "left out: no </script> here"),
        Map.of("netlib", "jvm", "djl", "native", "onnxruntime", "native"),
        List.of("hot NN 8x8x8 other: wrong result"),
        List.of(
            product("lanewise", "NN", "64x64x64", 5e3, 5.1e3, 5.2e3),
            product("netlib", "NN", "64x64x64", 4e3, 4e3, 4e3),
            product("lanewise", "NN", "128x128x128", 4e4, 4.01e4, 5e4, 5.01e4),
            product("netlib", "NN", "128x128x128", 9e4, 9e4, 9e4),
            product("lanewise", "NN", "128x32x784", 9e4, 9e4, 9e4),
            product("netlib", "TN", "64x64x64", 5e3),
            product("lanewise", "NT", "64x64x64", 5e3),
            row("training", "step", step, "lanewise"),
            row("training", "step", step, "djl"),
            row("backward", "backward", Map.of("layer", "512x784x128"), "lanewise"),
            row("activation", "sweep", Map.of("kind", "tanh"), "lanewise"),
            new Row("startup", "first", Map.of("what", "8-4"), "ort", "ms", List.of(250.0), null),
            new Row("startup", "steady", Map.of("what", "8-4"), "ort", "ms", List.of(400.0), null),
            new Row("latency", "bytes", REQUEST, "onnxruntime", "B", List.of(352.0), null),
            row("scaling", "m", Map.of("shape", "64x64x64", "threads", "1"), "lanewise"),
            row("scaling", "m", Map.of("shape", "64x64x64", "threads", "2"), "lanewise")),
        List.of(
            curve(
                "latency",
                "closed",
                "percentile",
                "lanewise",
                0,
                4e3,
                50,
                5e3,
                99,
                9e3,
                99.9,
                2e4,
                100,
                9e4),
            curve(
                "latency",
                "closed",
                "percentile",
                "onnxruntime",
                0,
                6e3,
                50,
                7e3,
                99,
                15e3,
                99.9,
                9e4),
            curve("startup", "", "call", "lanewise", 1, 9e6, 2, 4e6, 10, 1e5, 1000, 5e3)));
  }
}
