package io.github.lanewise.bench.startup;

import io.github.lanewise.bench.peer.LatencyPeer;
import io.github.lanewise.bench.peer.Peer;
import io.github.lanewise.bench.peer.Peers;
import io.github.lanewise.bench.report.ResultFiles;
import io.github.lanewise.bench.suite.Cell;
import io.github.lanewise.bench.suite.CellForks;
import io.github.lanewise.bench.suite.Preset;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
public final class StartupCommand implements Callable<Integer> {
  private static final String ABOUT =
      """
      Milliseconds since the start of the JVM, medians over the forks: when everything was prepared (warmed \
      up, where it is), when the first call was done, and from when on, for 100 ms at least, calls took at most \
      1.2 times the last ones' median.

      | what | peer | prepared | first done | first call alone | steady from | steady, µs |
      |---|---|---:|---:|---:|---:|---:|
      """;

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

  @Mixin private ResultFiles files = new ResultFiles("startup");

  /** What {@code run} measures of this suite. */
  public static List<Cell> cells(Preset preset, Peers peers) {
    StartupCommand of = new StartupCommand();
    if (preset == Preset.QUICK) {
      of.productPeers = List.of();
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
        StartupFork.class,
        List.of(peer, what, String.valueOf(millis)));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    files.check(spec);
    List<String> names = new ArrayList<>(productPeers);
    names.addAll(networkPeers);
    Peers opened =
        Peers.open(Peer.all().stream().filter(peer -> names.contains(peer.name())).toList());
    CellForks measured = new CellForks(spec, opened);
    List<Cell> cells = cells(opened);
    for (int fork = 0; fork < forks; fork++) {
      measured.measure(cells, 1);
      measured.write(files, ABOUT, cell -> line(measured, cell)); // so that it may be cut off
    }
    cells.forEach(cell -> System.out.print(line(measured, cell)));
    return measured.end();
  }

  private static String line(CellForks measured, Cell cell) {
    return CellForks.row(
        cell.params().get("what"),
        cell.peer(),
        value(measured, cell, "prepared"),
        value(measured, cell, "first"),
        value(measured, cell, "first-call"),
        value(measured, cell, "steady"),
        value(measured, cell, "steady-micros"));
  }

  private static String value(CellForks measured, Cell cell, String key) {
    return String.format(Locale.ROOT, "%.1f", measured.median(cell, key));
  }
}
