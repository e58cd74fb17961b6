package io.github.lanewise.bench.gemm;

import io.github.lanewise.bench.machine.MachineCard;
import io.github.lanewise.bench.peer.GemmPeer;
import io.github.lanewise.bench.peer.GemmPeers;
import io.github.lanewise.bench.peer.Peer;
import io.github.lanewise.bench.peer.Peers;
import io.github.lanewise.bench.report.ProductTable;
import io.github.lanewise.bench.report.Report;
import io.github.lanewise.bench.report.ResultFiles;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs {@link Turns}: minutes for what {@link GemmCommand} takes half a day for. */
@Command(
    name = "turns",
    description = "Products by the hundred, all peers in one JVM, a few milliseconds each in turn.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class TurnsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ProductOptions products = new ProductOptions();

  @Option(names = "--peers", split = ",", description = "Names.")
  private List<String> peers =
      List.of("lanewise", "openblas-heap", "mkl-heap", "onednn-heap", "blis-heap");

  @Option(names = "--forks", description = "JVMs.")
  private int forks = 5;

  @Option(names = "--warmup", description = "Milliseconds of warm-up in a fork, of all peers.")
  private int warmup = 20_000;

  @Option(names = "--rounds", description = "Turns of each peer at each product.")
  private int rounds = Turns.ROUNDS;

  @Option(names = "--time", description = "Milliseconds of a turn; it has one call at least.")
  private int time = Turns.MILLIS;

  @Mixin private ResultFiles files = new ResultFiles("turns");

  @Override
  public Integer call() throws IOException, InterruptedException {
    files.check(spec);
    List<GemmPeer> wanted =
        GemmPeers.all().stream().filter(peer -> peers.contains(peer.name())).toList();
    Peers opened = Peers.open(wanted);
    opened.said().forEach((name, words) -> System.out.println(name + ": " + words));
    Map<String, String> card = MachineCard.read();
    card.put("command", MachineCard.command(spec));
    card.putAll(MachineCard.limits());
    Turns turns =
        new Turns(opened.gemm(), products.shapes, products.variants, warmup, rounds, time);
    Report report = new Report(card, opened.said(), Peer.kinds(), null, null, null);
    for (int fork = 0; fork < forks; fork++) {
      report = report.withForksOf(turns.fork());
      files.write(report, "## Products\n\n" + ProductTable.markdown(report));
      System.out.println("fork " + (fork + 1) + " of " + forks + " is written");
    }
    report.failures().forEach(System.err::println);
    return report.failures().isEmpty() ? 0 : 1;
  }
}
