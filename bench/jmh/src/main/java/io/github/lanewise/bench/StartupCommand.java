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

/**
 * Runs {@link StartupFork} over peers: how long after the start of a JVM the first answer comes.
 */
@Command(
    name = "startup",
    description = "From the start of a JVM to the first answer, and to steady speed.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class StartupCommand implements Callable<Integer> {
  @Option(names = "--product")
  private String product = "256x256x256";

  @Option(names = "--product-peers", split = ",")
  private List<String> productPeers =
      List.of("lanewise", "lanewise-warm", "netlib-vector", "openblas-heap");

  @Option(names = "--network")
  private String network = "784-128-10";

  @Option(names = "--network-peers", split = ",")
  private List<String> networkPeers =
      List.of(
          "lanewise", "lanewise-cold", "lanewise-scalar-first", "lanewise-scalar", "onnxruntime");

  @Option(names = "--forks")
  private int forks = 5;

  @Option(names = "--out", description = "Folder of the JSON and of the table.")
  private Path out = Path.of("bench", "results");

  @Option(names = "--label", description = "What the files are called, beside the date.")
  private String label = "startup";

  private record Cell(String what, String peer, List<Map<String, Double>> forks) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Cell> cells = new ArrayList<>();
    productPeers.forEach(peer -> cells.add(new Cell(product, peer, new ArrayList<>())));
    networkPeers.forEach(peer -> cells.add(new Cell(network, peer, new ArrayList<>())));
    List<String> failures = new ArrayList<>();
    for (int fork = 0; fork < forks; fork++) {
      for (Cell cell : cells) {
        try {
          cell.forks.add(
              Forks.run(
                  jvmArgs(cell),
                  List.of("startup-fork", "--peer", cell.peer, "--what", cell.what)));
        } catch (IOException e) {
          failures.add(e.getMessage());
        }
      }
    }
    write(MachineCard.read(), cells);
    failures.forEach(System.err::println);
    return failures.isEmpty() ? 0 : 1;
  }

  private static List<String> jvmArgs(Cell cell) {
    return cell.what.contains("x") ? List.of() : LatencyPeer.named(cell.peer).jvmArgs();
  }

  private void write(Map<String, String> card, List<Cell> cells) throws IOException {
    Files.createDirectories(out);
    Path stem = out.resolve(LocalDate.now() + "-" + label);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("machine", card);
    all.put("cells", cells);
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(Path.of(stem + ".json").toFile(), all);
    StringBuilder text = new StringBuilder("# " + label + "\n\n").append(Forks.text(card));
    text.append(
        """

        Milliseconds since the start of the JVM, medians over the forks: when everything was prepared (warmed \
        up, where it is), when the first call was done, and from when on calls took at most 1.2 times the last \
        ones' median.

        | what | peer | prepared | first done | first call alone | steady from | steady, µs |
        |---|---|---:|---:|---:|---:|---:|
        """);
    for (Cell cell : cells) {
      text.append(
          Forks.row(
              cell.what,
              cell.peer,
              value(cell, "prepared"),
              value(cell, "first"),
              value(cell, "first-call"),
              value(cell, "steady"),
              value(cell, "steady-micros")));
    }
    Files.writeString(Path.of(stem + ".md"), text);
    System.out.print(text);
  }

  private static String value(Cell cell, String key) {
    return String.format(Locale.ROOT, "%.1f", Forks.median(cell.forks, key));
  }
}
