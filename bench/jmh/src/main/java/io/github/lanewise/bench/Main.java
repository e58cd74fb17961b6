package io.github.lanewise.bench;

import io.github.lanewise.bench.report.CompareCommand;
import io.github.lanewise.bench.report.ReadmeCommand;
import io.github.lanewise.bench.report.ReportCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      ReportCommand.class,
      CompareCommand.class,
      ReadmeCommand.class,
      LatencyCommand.class,
      LatencyFork.class,
      StartupCommand.class,
      StartupFork.class
    })
final class Main {
  /** How {@link #open} begins to tell why a peer does not run here. */
  static final String LEFT_OUT = "left out: ";

  private Main() {}

  public static void main(String[] args) {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      System.err.println(
          "Options of the JVM are missing, which the forks inherit: java"
              + " --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -jar …");
      System.exit(2);
    }
    System.exit(commandLine().execute(args));
  }

  /** All commands. */
  static CommandLine commandLine() {
    return new CommandLine(new Main());
  }

  @Command(description = "The machine, its limits, and which peers run on it.")
  int machine() {
    MachineCard.read().forEach((name, value) -> System.out.println(name + ": " + value));
    MachineCard.limits().forEach((name, value) -> System.out.println(name + ": " + value));
    open(GemmPeers.all()).forEach((name, value) -> System.out.println(name + ": " + value));
    return 0;
  }

  /** What each peer says of itself, or why it is left out. */
  static Map<String, String> open(List<GemmPeer> peers) {
    Map<String, String> said = new LinkedHashMap<>();
    for (GemmPeer peer : peers) {
      try {
        said.put(peer.name(), peer.open());
      } catch (GemmPeer.Unavailable reason) {
        said.put(peer.name(), LEFT_OUT + reason.getMessage());
      } catch (LinkageError | RuntimeException e) { // whatever is wrong with a library found here
        said.put(peer.name(), LEFT_OUT + e);
      }
    }
    return said;
  }
}
