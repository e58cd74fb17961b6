package io.github.lanewise.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lanewise.bench.machine.MachineCard;
import io.github.lanewise.bench.peer.Peer;
import io.github.lanewise.bench.peer.Peers;
import io.github.lanewise.bench.report.Report;
import io.github.lanewise.bench.report.ResultFiles;
import io.github.lanewise.bench.suite.Preset;
import io.github.lanewise.bench.suite.Suite;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Runs suites and writes their report. Rounds go through everything once, the short suites first,
 * so that whatever ends the run, an interrupt or the preset's limit, leaves something of each suite
 * and all figures with about as many forks.
 */
@Command(
    name = "run",
    description = "Runs suites with a progress bar and writes a page of their results.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class RunCommand implements Callable<Integer> {
  /** Of the bar: what every terminal has. To ask it, the library takes Ctrl-C from the JVM. */
  private static final int COLUMNS = 79;

  /** Forks repeat the JVM's warnings, which would tear the bar: they go to the log. */
  private final PrintStream terminal = System.err;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PRESET|SUITE",
      description =
          "quick (the default; under 5 minutes), full (hours), or suites by name, as thorough as"
              + " full unless quick stands beside them.")
  private List<String> words = List.of();

  @Option(names = "--peers", split = ",", description = "Names; otherwise those of the preset.")
  private List<String> peers = List.of();

  @Option(names = "--forks", description = "JVMs for each figure; otherwise those of the preset.")
  private int forks;

  @Option(names = "--out", description = "Folder of the report.")
  private Path out = Path.of("bench", "target", "report");

  @Option(
      names = "--keep",
      paramLabel = "NAME",
      description = "Also keeps JSON and text as bench/results/DATE-NAME, for the README.")
  private String keep = "";

  @Option(names = "--replace", description = "Overwrites what is kept under that name.")
  private boolean replace;

  @Override
  public Integer call() throws IOException {
    Preset preset = preset();
    List<Suite> suites = suites(preset);
    ResultFiles kept = new ResultFiles(keep, replace);
    if (!keep.isEmpty()) {
      kept.check(spec);
    }
    Peers opened = Peers.open(wanted(preset));
    opened.said().forEach((name, words) -> terminal.println(name + ": " + words));
    terminal.println("Measuring the machine's limits …");
    Map<String, String> card = MachineCard.read();
    card.put("command", MachineCard.command(spec));
    card.putAll(MachineCard.limits());

    Recorder recorder =
        new Recorder(new Report(card, opened.said(), Peer.kinds(), null, null, null), out);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupted(recorder)));
    run(suites, preset, opened, recorder);
    String said = recorder.close(); // empty if an interrupt came first
    say(said);
    if (!said.isEmpty() && !keep.isEmpty()) {
      kept.keep(out);
    }
    return recorder.failed() ? 1 : 0;
  }

  /** Keeps what there is, and leaves no fork behind where only this process was told to stop. */
  private void interrupted(Recorder recorder) {
    String said = recorder.interrupt();
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
    say(said);
  }

  private void say(String words) {
    if (!words.isEmpty()) {
      terminal.println("\n" + words);
    }
  }

  private void run(List<Suite> suites, Preset preset, Peers peers, Recorder recorder)
      throws IOException {
    List<List<Suite.Step>> rounds = new ArrayList<>();
    for (int fork = 0; fork < (forks > 0 ? forks : preset.forks); fork++) {
      rounds.add(
          suites.stream()
              .map(suite -> suite.round(preset, peers))
              .sorted(Comparator.comparingInt(List::size))
              .flatMap(List::stream)
              .toList());
    }
    long steps = rounds.stream().mapToLong(List::size).sum();
    Instant start = Instant.now();
    Instant end = start.plus(preset.limit);
    PrintStream output = System.out;
    try (ProgressBar bar = bar(steps);
        PrintStream log = log()) {
      System.setErr(log);
      System.setOut(log);
      for (List<Suite.Step> round : rounds) {
        for (Suite.Step step : round) {
          if (Instant.now().isAfter(end)) {
            recorder.note(
                "%d of %d forks were left out: the %d seconds of %s are over"
                    .formatted(steps - bar.getCurrent(), steps, preset.limit.toSeconds(), preset));
            return;
          }
          bar.setExtraMessage(step.name());
          recorder.run(step);
          if (recorder.closed()) {
            return; // interrupted
          }
          bar.step();
          bar.maxHint(Math.min(steps, stepsUntil(end, start, bar.getCurrent())));
        }
      }
    } finally {
      System.setErr(terminal);
      System.setOut(output);
    }
  }

  /** How many steps there will have been at the end, if they go on as they did since the start. */
  private static long stepsUntil(Instant end, Instant start, long done) {
    double each = (double) Duration.between(start, Instant.now()).toMillis() / done;
    return Math.max(done, (long) Math.ceil(Duration.between(start, end).toMillis() / each));
  }

  private ProgressBar bar(long steps) {
    return new ProgressBarBuilder()
        .setTaskName("forks")
        .setInitialMax(steps)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(1000)
        .setConsumer(new ConsoleProgressBarConsumer(terminal, COLUMNS))
        .build();
  }

  private PrintStream log() throws IOException {
    Files.createDirectories(out);
    return new PrintStream(Files.newOutputStream(out.resolve("log.txt")), true, UTF_8);
  }

  private Preset preset() {
    boolean quick = words.isEmpty() || words.contains("quick");
    return quick ? Preset.QUICK : Preset.FULL;
  }

  private List<Suite> suites(Preset preset) {
    Map<String, Suite> byName = new LinkedHashMap<>();
    Suites.all().forEach(suite -> byName.put(suite.name(), suite));
    Set<String> names = new LinkedHashSet<>(words);
    for (Preset known : Preset.values()) {
      names.remove(known.name().toLowerCase(Locale.ROOT));
    }
    for (String name : names) {
      if (!byName.containsKey(name)) {
        throw new ParameterException(
            spec.commandLine(), name + " is neither quick nor full nor one of " + byName.keySet());
      }
    }
    return names.isEmpty() ? Suites.of(preset) : names.stream().map(byName::get).toList();
  }

  private List<Peer> wanted(Preset preset) {
    List<Peer> all = Peer.all();
    List<Peer> wanted = new ArrayList<>();
    for (String name : peers.isEmpty() ? preset.peers : peers) {
      List<Peer> named = all.stream().filter(peer -> peer.name().equals(name)).toList();
      // A preset names peers that may not be built; a person who names one wants it.
      if (named.isEmpty() && !peers.isEmpty()) {
        throw new ParameterException(spec.commandLine(), "there is no peer " + name + " here");
      }
      wanted.addAll(named);
    }
    return wanted;
  }
}
