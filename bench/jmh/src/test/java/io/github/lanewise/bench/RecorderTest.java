package io.github.lanewise.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lanewise.bench.report.Report;
import io.github.lanewise.bench.report.Results;
import io.github.lanewise.bench.report.Row;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

class RecorderTest {
  @TempDir private Path folder;
  private Recorder recorder;

  @BeforeEach
  void start() {
    Report about = new Report(Map.of("date", "today"), null, null, null, null, null);
    recorder = new Recorder(about, folder);
  }

  private static Suite.Step measures(double nanos) {
    return new Suite.Step(
        "steady", recording -> recording.add(Report.of(List.of(row(nanos)), null)));
  }

  private static Row row(Double... nanos) {
    return new Row("latency", "p50", Map.of(), "lanewise", "ns", List.of(nanos), Map.of());
  }

  private Report written() throws IOException {
    return Results.read(List.of(folder.resolve("report.json")));
  }

  @Test
  void forksOfARowAreJoined() throws IOException {
    recorder.run(measures(5));
    recorder.run(measures(7));

    assertThat(recorder.close()).contains("index.html");
    assertThat(written().rows()).containsExactly(row(5.0, 7.0));
    assertThat(written().machine()).containsEntry("date", "today");
    assertThat(recorder.failed()).isFalse();
  }

  @Test
  void anInterruptKeepsWhatWasMeasured() throws IOException {
    recorder.run(measures(5));
    recorder.run(
        new Suite.Step(
            "cut off",
            recording -> {
              recorder.interrupt(); // from another thread, while the fork runs
              throw new IOException("the fork was ended by the same interrupt");
            }));
    recorder.run(measures(7));

    assertThat(recorder.close()).as("said once").isEmpty();
    assertThat(written().rows()).containsExactly(row(5.0));
    assertThat(written().failures())
        .containsExactly("the run was interrupted: what is here was measured before");
    assertThat(folder.resolve("index.html")).exists();
  }

  @Test
  void aFailureIsNamedOnceAndCostsNobodyElse() throws IOException {
    AtomicInteger tries = new AtomicInteger();
    Suite.Step broken =
        new Suite.Step(
            "broken",
            recording -> {
              tries.incrementAndGet();
              throw new IllegalStateException(new IOException("element 3 is wrong"));
            });
    recorder.run(broken);
    recorder.run(measures(5));
    recorder.run(broken);
    recorder.close();

    assertThat(tries).hasValue(1);
    assertThat(written().failures()).containsExactly("broken: element 3 is wrong");
    assertThat(written().rows()).hasSize(1);
    assertThat(recorder.failed()).isTrue();
  }

  @Test
  void everySuiteHasSteps() {
    List<GemmPeer> here = List.of(GemmPeers.named("lanewise"));
    for (Suite suite : Suite.all()) {
      for (Preset preset : Preset.values()) {
        assertThat(suite.round(preset, here)).as(suite.name() + " " + preset).isNotEmpty();
      }
    }
  }

  @Test
  void aBenchmarkClassIsASuite() {
    Suite suite = JmhSuite.named("gemm").orElseThrow();
    JmhSuite gemm = (JmhSuite) suite;

    assertThat(gemm.combinations(Preset.QUICK))
        .containsExactly(
            Map.of("variant", "NN", "shape", "32x32x32", "peer", "lanewise", "mode", "hot"));
    assertThat(gemm.combinations(Preset.FULL)).hasSize(6).doesNotHaveDuplicates();
    assertThat(JmhSuite.named("nothing")).isEmpty();
  }

  /** What a suite with forks of its own looks like from here. */
  @Command(name = "latency")
  static final class Latency implements Callable<Integer> {
    @Option(names = "--forks")
    private int forks;

    @Option(names = "--out")
    private Path out;

    @Option(names = "--label")
    private String label;

    @Option(names = "--calls")
    private int calls;

    @Override
    public Integer call() throws IOException {
      String cells =
          "{\"cells\": [{\"batch\": 8, \"peer\": \"lanewise\", \"forks\": [{\"closed-p50\": %d}]}]}";
      Files.writeString(out.resolve(label + ".md"), "a table");
      Files.writeString(out.resolve("today-" + label + ".json"), cells.formatted(forks * calls));
      Files.writeString(out.resolve("today-" + label + ".card.json"), "{}");
      return 0;
    }
  }

  @Test
  void aCommandIsASuite() throws IOException {
    CommandLine commands = new CommandLine(CommandSpec.create());
    commands.addSubcommand(new Latency());
    Suite suite = CommandSuite.named(commands, "latency", "--calls", "7").orElseThrow();
    for (int fork = 0; fork < 2; fork++) {
      suite.round(Preset.QUICK, List.of()).forEach(recorder::run);
    }
    recorder.close();

    assertThat(written().failures()).isEmpty();
    assertThat(written().curves()).hasSize(1);
    assertThat(written().curves().getFirst().forks()).hasSize(2);
    assertThat(CommandSuite.named(commands, "startup")).isEmpty();
  }

  @Test
  void unknownSuitesAndPeersAreRefusedBeforeAnythingRuns() {
    for (String[] words : List.of(new String[] {"gem"}, new String[] {"--peers", "mlk"})) {
      CommandLine command = new CommandLine(new RunCommand());
      StringWriter said = new StringWriter();
      command.setErr(new PrintWriter(said));
      assertThat(command.execute(words)).isEqualTo(CommandLine.ExitCode.USAGE);
      assertThat(said.toString()).contains(words[words.length - 1]);
    }
    assertThat(Files.exists(folder.resolve("report.json"))).isFalse();
  }
}
