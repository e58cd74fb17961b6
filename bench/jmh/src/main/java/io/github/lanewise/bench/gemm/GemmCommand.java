package io.github.lanewise.bench.gemm;

import io.github.lanewise.bench.machine.MachineCard;
import io.github.lanewise.bench.peer.GemmPeer;
import io.github.lanewise.bench.peer.GemmPeers;
import io.github.lanewise.bench.peer.GemmShape;
import io.github.lanewise.bench.peer.Peer;
import io.github.lanewise.bench.peer.Peers;
import io.github.lanewise.bench.report.ProductTable;
import io.github.lanewise.bench.report.Report;
import io.github.lanewise.bench.report.ResultFiles;
import io.github.lanewise.bench.report.Results;
import io.github.lanewise.bench.suite.JmhRuns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs {@link GemmBenchmark} over lists of products and peers. At each product the peers take
 * turns, fork by fork, so that a machine that grows slower does so for all of them.
 */
@Command(
    name = "gemm",
    description = "Products over shapes, transpositions, modes and peers.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class GemmCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ProductOptions products = new ProductOptions();

  @Option(names = "--modes", split = ",", description = "hot, cold, polluted.")
  private List<String> modes = List.of("hot");

  @Option(names = "--peers", split = ",", description = "Names, or all that run here.")
  private List<String> peers = List.of("all");

  @Option(names = "--forks", description = "JVMs for each peer and product.")
  private int forks = 5;

  @Option(names = "--warmup", description = "Milliseconds of warm-up in a fork.")
  private int warmup = 2000;

  @Option(names = "--iterations", description = "Measured iterations in a fork.")
  private int iterations = 5;

  @Option(names = "--time", description = "Milliseconds of a measured iteration.")
  private int time = 300;

  @Option(
      names = "--clock",
      description =
          "wall, or cpu: processor time of the process, for a machine that others use too.")
  private String clock = "wall";

  @Mixin private ResultFiles files = new ResultFiles("gemm");

  private final JmhRuns runs = new JmhRuns();
  private final List<String> failures = new ArrayList<>();

  @Override
  public Integer call() throws IOException, RunnerException {
    files.check(spec);
    Map<String, String> card = MachineCard.read();
    card.put("command", MachineCard.command(spec));
    card.putAll(MachineCard.limits());
    List<GemmPeer> wanted =
        GemmPeers.all().stream()
            .filter(peer -> peers.contains("all") || peers.contains(peer.name()))
            .toList();
    Peers opened = Peers.open(wanted);
    Map<String, String> said = opened.said();
    List<GemmPeer> here = opened.gemm();
    said.forEach((name, words) -> System.out.println(name + ": " + words));

    for (String mode : modes) {
      for (GemmShape gemm : products.products()) {
        List<GemmPeer> able = here.stream().filter(peer -> peer.takes(gemm)).toList();
        for (int fork = 0; fork < forks; fork++) {
          for (GemmPeer peer : able) {
            run(mode, gemm, peer);
          }
        }
        write(card, said); // after each product: a run that is cut off has lost nothing
      }
    }
    failures.forEach(System.err::println);
    return failures.isEmpty() ? 0 : 1;
  }

  private void run(String mode, GemmShape gemm, GemmPeer peer) {
    String key = mode + " " + gemm + " " + peer.name();
    if (failures.contains(key)) {
      return;
    }
    Options options =
        JmhRuns.fork(GemmBenchmark.class, peer.jvmArgs(), warmup, iterations, time)
            .param("mode", mode)
            .param("variant", gemm.variant())
            .param("shape", gemm.text())
            .param("peer", peer.name())
            .build();
    try {
      for (RunResult result : runs.run(key, options)) {
        System.out.printf(
            "%s: %.1f GFLOP/s%n", key, gemm.flops() / result.getPrimaryResult().getScore());
      }
    } catch (RunnerException e) {
      e.printStackTrace();
      failures.add(key);
      runs.forget(key);
    }
  }

  private void write(Map<String, String> card, Map<String, String> said) throws IOException {
    runs.write(files.json());
    Results.write(
        new Report(card, said, Peer.kinds(), failures, null, null), Results.card(files.json()));
    Report report = Results.read(List.of(files.json()));
    files.writeTable(
        report,
        "## Products\n\n"
            + ProductTable.markdown(clock.equals("cpu") ? report.inProcessorTime() : report));
  }
}
