package io.github.lanewise.bench;

import io.github.lanewise.bench.gemm.GemmCommand;
import io.github.lanewise.bench.gemm.TurnsCommand;
import io.github.lanewise.bench.latency.LatencyCommand;
import io.github.lanewise.bench.machine.MachineCard;
import io.github.lanewise.bench.peer.Peer;
import io.github.lanewise.bench.peer.Peers;
import io.github.lanewise.bench.report.CompareCommand;
import io.github.lanewise.bench.report.ReadmeCommand;
import io.github.lanewise.bench.report.ReportCommand;
import io.github.lanewise.bench.startup.StartupCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The one door to the benchmarks; JMH's own is {@code org.openjdk.jmh.Main} in the same jar. */
@Command(
    name = "benchmarks",
    description = "Measures Lanewise beside other libraries, one thread each.",
    mixinStandardHelpOptions = true,
    subcommands = {
      RunCommand.class,
      GemmCommand.class,
      TurnsCommand.class,
      ReportCommand.class,
      CompareCommand.class,
      ReadmeCommand.class,
      LatencyCommand.class,
      StartupCommand.class
    })
final class Main {
  private Main() {}

  public static void main(String[] args) {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      System.err.println(
          "Options of the JVM are missing, which the forks inherit: java"
              + " --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -jar …");
      System.exit(2);
    }
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Command(description = "The machine, its limits, and which peers run on it.")
  int machine() {
    MachineCard.read().forEach((name, value) -> System.out.println(name + ": " + value));
    MachineCard.limits().forEach((name, value) -> System.out.println(name + ": " + value));
    Peers.open(Peer.all()).said().forEach((name, value) -> System.out.println(name + ": " + value));
    return 0;
  }
}
