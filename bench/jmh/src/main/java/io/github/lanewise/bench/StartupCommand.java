package io.github.lanewise.bench;

import io.github.lanewise.bench.report.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs {@link StartupFork} over peers: how long after the start of a JVM the first answer comes.
 */
@Command(
    name = "startup",
    description = "From the start of a JVM to the first answer, and to steady speed.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class StartupCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

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
          "lanewise",
          "lanewise-cold",
          "lanewise-scalar-first",
          "lanewise-scalar",
          "plain-loop",
          "onnxruntime");

  @Option(names = "--forks")
  private int forks = 5;

  @Option(names = "--millis", description = "How long a fork calls.")
  private int millis = 3_000;

  @Option(names = "--out", description = "Folder of the JSON and of the table.")
  private Path out = Path.of("bench", "results");

  @Option(names = "--label", description = "What the files are called, beside the date.")
  private String label = "startup";

  /** What {@code run} measures of this suite. */
  static List<Cell> cells(Preset preset, Peers peers) {
    StartupCommand of = new StartupCommand();
    if (preset == Preset.QUICK) {
      of.productPeers = List.of("lanewise", "netlib-vector");
      of.networkPeers = List.of("lanewise", "lanewise-cold", "onnxruntime");
      of.millis = 1_500;
    }
    return of.cells(peers);
  }

  /** Lanewise in all its ways, and the others that run here. */
  private List<Cell> cells(Peers peers) {
    List<Cell> cells = new ArrayList<>();
    for (String peer : productPeers) {
      if (runs(peers.gemm(), peer)) {
        cells.add(cell(product, peer, List.of()));
      }
    }
    for (String peer : networkPeers) {
      if (runs(peers.latency(), peer)) {
        cells.add(cell(network, peer, LatencyPeer.named(peer).jvmArgs()));
      }
    }
    return cells;
  }

  private static boolean runs(List<? extends Peer> here, String peer) {
    String who = peer.startsWith("lanewise") ? "lanewise" : peer;
    return here.stream().anyMatch(one -> one.name().equals(who));
  }

  private Cell cell(String what, String peer, List<String> jvmArgs) {
    return new Cell(
        "startup",
        Map.of("what", what),
        peer,
        jvmArgs,
        List.of(StartupFork.NAME, peer, what, String.valueOf(millis)));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<String, String> card = MachineCard.read();
    card.put("command", MachineCard.command(spec));
    List<String> names = new ArrayList<>(productPeers);
    names.addAll(networkPeers);
    Peers opened =
        Peers.open(Peer.all().stream().filter(peer -> names.contains(peer.name())).toList());
    CellForks measured = new CellForks(card, opened);
    measured.measure(cells(opened), forks);
    write(measured);
    measured.failures().forEach(System.err::println);
    return measured.failures().isEmpty() ? 0 : 1;
  }

  private void write(CellForks measured) throws IOException {
    Path stem = out.resolve(LocalDate.now() + "-" + label);
    Results.write(measured.report(), Path.of(stem + ".json"));
    StringBuilder text = new StringBuilder(measured.head(label));
    text.append(
        """
        Milliseconds since the start of the JVM, medians over the forks: when everything was prepared (warmed \
        up, where it is), when the first call was done, and from when on, for 100 ms at least, calls took at most \
        1.2 times the last ones' median.

        | what | peer | prepared | first done | first call alone | steady from | steady, µs |
        |---|---|---:|---:|---:|---:|---:|
        """);
    for (Cell cell : measured.cells()) {
      text.append(
          CellForks.row(
              cell.params().get("what"),
              cell.peer(),
              value(measured, cell, "prepared"),
              value(measured, cell, "first"),
              value(measured, cell, "first-call"),
              value(measured, cell, "steady"),
              value(measured, cell, "steady-micros")));
    }
    Files.writeString(Path.of(stem + ".md"), text);
    System.out.print(text);
  }

  private static String value(CellForks measured, Cell cell, String key) {
    return String.format(Locale.ROOT, "%.1f", measured.median(cell, key));
  }
}
