package io.github.lanewise.bench;

import io.github.lanewise.bench.report.Report;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.options.Options;
import picocli.CommandLine;

/** A group of benchmarks that {@code run} can be asked for by name. */
interface Suite {
  String name();

  /**
   * One fork of everything, in the order in which to run; it is run again for every further fork.
   *
   * @param here the peers that the preset wants and that run on this machine, Lanewise first
   */
  List<Step> round(Preset preset, List<GemmPeer> here);

  /**
   * One fork.
   *
   * @param name what is shown while it runs; steps of the same name are forks of the same figures
   */
  record Step(String name, Action action) {}

  /** What a fork does. */
  interface Action {
    /** Runs and records; an exception costs this step and not the others. */
    void run(Recording recording) throws Exception;
  }

  /** Where steps leave what they have measured. */
  interface Recording {
    /** Runs a fork under JMH and keeps its result. */
    void jmh(String key, Options options) throws Exception;

    /** Keeps rows and curves that were measured without JMH. Forks of one row are joined. */
    void add(Report report);
  }

  /** All there are, in the order of the page. */
  static List<Suite> all() {
    List<Suite> suites = new ArrayList<>();
    suites.add(new GemmSuite());
    for (String name : List.of("training", "backward", "activation")) {
      JmhSuite.named(name).ifPresent(suites::add);
    }
    suites.add(new ScalingSuite());
    CommandLine commands = Main.commandLine();
    CommandSuite.named(
            commands,
            "latency",
            "--networks",
            "784-128-10",
            "--batches",
            "1",
            "--garbage",
            "0",
            "--warmup",
            "1000")
        .ifPresent(suites::add);
    CommandSuite.named(commands, "startup").ifPresent(suites::add);
    return suites;
  }
}
