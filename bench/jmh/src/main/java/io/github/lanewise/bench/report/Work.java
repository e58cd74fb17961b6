package io.github.lanewise.bench.report;

import io.github.lanewise.bench.machine.MachineProbe;
import io.github.lanewise.bench.peer.GemmShape;
import java.util.Arrays;

/** What a row had to compute: flops, and the bytes that have to be moved at least. */
final class Work {
  /** Below it other programs had the core for more than 5 % of the time. */
  static final double LEAST_OF_A_CORE = 0.95;

  private Work() {}

  /**
   * Flops of a call: 2·m·n·k of a product ({@code shape}); of a training step ({@code network} and
   * {@code batch}) three products for each layer, W·Aprev, dZ·Aprevᵀ and Wᵀ·dZ, the last one not
   * for the first layer; of a backward pass ({@code layer}) the last two; NaN where parameters say
   * none of these.
   */
  static double flops(Row row) {
    if (row.params().containsKey("shape")) {
      return callers(row) * shape(row).flops();
    }
    if (row.suite().equals("backward") && row.param("layer").matches("\\d+x\\d+x\\d+")) {
      return 2 * GemmShape.parse("NN", row.param("layer")).flops();
    }
    String batch = row.param("batch");
    if (row.suite().equals("training") && batch.matches("\\d+")) {
      int[] sizes = sizes(row.param("network"));
      return sizes.length == 0 ? Double.NaN : Integer.parseInt(batch) * flopsOfExample(sizes);
    }
    return Double.NaN;
  }

  private static int callers(Row row) {
    return Integer.parseInt(row.params().getOrDefault("threads", "1"));
  }

  private static int[] sizes(String network) {
    return network.matches("\\d+(-\\d+)+")
        ? Arrays.stream(network.split("-")).mapToInt(Integer::parseInt).toArray()
        : new int[0];
  }

  private static double flopsOfExample(int[] sizes) {
    double flops = 0;
    for (int layer = 1; layer < sizes.length; layer++) {
      flops += (layer == 1 ? 4.0 : 6.0) * sizes[layer - 1] * sizes[layer];
    }
    return flops;
  }

  /** GFLOP/s, of all callers together. */
  static double gflops(Row row) {
    return gflops(row, row.median());
  }

  /** GFLOP/s if a call took this long. */
  static double gflops(Row row, double nanos) {
    return row.unit().equals("ns/op") ? flops(row) / nanos : Double.NaN;
  }

  /** GFLOP/s over the FMA peak that the same forks measured, one core's for each caller. */
  static double share(Row row) {
    return gflops(row) / callers(row) / row.beside(MachineProbe.PEAK);
  }

  static double peak(Row row) {
    return row.beside(MachineProbe.PEAK);
  }

  /**
   * Bytes of A for each nanosecond, over the bandwidth that the same forks measured at that size.
   */
  static double shareOfReading(Row row) {
    return shape(row).bytesA() / row.median() / row.beside(MachineProbe.READ);
  }

  /** The product that a row with {@code shape} measured. */
  static GemmShape shape(Row row) {
    return GemmShape.parse(row.params().getOrDefault("variant", "NN"), row.param("shape"));
  }

  /** Flops for each byte, if A and B are read once and C is written once. */
  static double intensity(Row row) {
    GemmShape s = shape(row);
    double floats = (double) s.m() * s.k() + (double) s.k() * s.n() + (double) s.m() * s.n();
    return s.flops() / (Float.BYTES * floats);
  }
}
