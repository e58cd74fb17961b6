package io.github.lanewise.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs {@link LatencyFork} over networks, batches and peers, who take turns fork by fork. */
@Command(
    name = "latency",
    description = "Percentiles of single requests and small batches, peers beside each other.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class LatencyCommand implements Callable<Integer> {
  static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};

  @Option(names = "--networks", split = ",")
  private List<String> networks = List.of("784-128-10", "784-512-256-10");

  @Option(names = "--batches", split = ",")
  private List<Integer> batches = List.of(1, 8, 32);

  @Option(names = "--peers", split = ",", description = "Names, or all.")
  private List<String> peers = List.of("all");

  @Option(names = "--forks", description = "JVMs for each cell.")
  private int forks = 5;

  @Option(names = "--calls", description = "Measured calls in a fork, closed and paced each.")
  private int calls = 20_000;

  @Option(names = "--warmup", description = "Milliseconds of requests before.")
  private int warmup = 3_000;

  @Option(names = "--garbage", split = ",", description = "MB/s that a second thread allocates.")
  private List<Integer> garbage = List.of(0, 200);

  @Option(names = "--out", description = "Folder of the JSON and of the table.")
  private Path out = Path.of("bench", "results");

  @Option(names = "--label", description = "What the files are called, beside the date.")
  private String label = "latency";

  /** One cell of the table: its coordinates and what its forks said. */
  private record Cell(
      String network, int batch, int garbage, String peer, List<Map<String, Double>> forks) {}

  static String label(double percentile) {
    return percentile == Math.rint(percentile)
        ? String.valueOf((long) percentile)
        : String.valueOf(percentile);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<String, String> card = MachineCard.read();
    List<Cell> cells = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    List<String> names =
        LatencyPeer.all().stream()
            .filter(
                p -> peers.contains(p.name()) || (peers.contains("all") && !p.name().contains("-")))
            .map(LatencyPeer::name)
            .toList();
    for (String network : networks) {
      for (int batch : batches) {
        for (int mb : garbage) {
          List<Cell> row =
              names.stream().map(p -> new Cell(network, batch, mb, p, new ArrayList<>())).toList();
          cells.addAll(row);
          for (int fork = 0; fork < forks; fork++) {
            for (Cell cell : row) {
              try {
                cell.forks.add(fork(cell));
              } catch (IOException e) {
                failures.add(e.getMessage());
              }
            }
          }
          row.forEach(cell -> System.out.print(line(cell)));
          write(card, cells, failures);
        }
      }
    }
    failures.forEach(System.err::println);
    return failures.isEmpty() ? 0 : 1;
  }

  private Map<String, Double> fork(Cell cell) throws IOException, InterruptedException {
    return Forks.run(
        LatencyPeer.named(cell.peer).jvmArgs(),
        List.of(
            "latency-fork",
            "--peer",
            cell.peer,
            "--network",
            cell.network,
            "--batch",
            String.valueOf(cell.batch),
            "--garbage",
            String.valueOf(cell.garbage),
            "--calls",
            String.valueOf(calls),
            "--warmup",
            String.valueOf(warmup)));
  }

  private static String micros(Cell cell, String key) {
    return String.format(Locale.ROOT, "%.1f", Forks.median(cell.forks, key) / 1000);
  }

  private static String line(Cell cell) {
    return Forks.row(
        cell.network,
        cell.batch,
        cell.garbage,
        cell.peer,
        micros(cell, "closed-p50"),
        micros(cell, "closed-p99"),
        micros(cell, "closed-p99.9"),
        micros(cell, "closed-p100"),
        micros(cell, "paced-p50"),
        micros(cell, "paced-p99"),
        micros(cell, "paced-p99.9"),
        micros(cell, "jitter-p99"),
        micros(cell, "jitter-p99.9"),
        Forks.median(cell.forks, "bytes"),
        Forks.median(cell.forks, "collections"));
  }

  private void write(Map<String, String> card, List<Cell> cells, List<String> failures)
      throws IOException {
    Files.createDirectories(out);
    Path stem = out.resolve(LocalDate.now() + "-" + label);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("machine", card);
    all.put("cells", cells);
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(Path.of(stem + ".json").toFile(), all);
    StringBuilder text =
        new StringBuilder("# " + label + "\n\n").append(Forks.text(card)).append('\n');
    failures.forEach(failure -> text.append("- failed: ").append(failure).append('\n'));
    text.append(
        String.format(
            """
            Microseconds, medians over %d JVMs of the percentiles of %,d calls each. Closed: the next request \
            starts when the last is answered. Paced: due every ten medians, counted from when due (coordinated \
            omission corrected). Jitter: a loop that counts for as long as the median, timed alike. Garbage: MB/s \
            allocated by a second thread. Bytes: allocated per request by its thread.

            """,
            forks, calls));
    text.append(
        "| network | batch | garbage | peer | p50 | p99 | p99.9 | max | paced p50 | p99 | p99.9 | jitter p99 | p99.9 | bytes | collections |\n"
            + "|---|---:|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
    cells.forEach(cell -> text.append(line(cell)));
    Files.writeString(Path.of(stem + ".md"), text);
  }
}
