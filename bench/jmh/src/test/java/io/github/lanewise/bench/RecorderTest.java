package io.github.lanewise.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lanewise.bench.gemm.GemmBenchmark;
import io.github.lanewise.bench.peer.GemmPeer;
import io.github.lanewise.bench.peer.GemmPeers;
import io.github.lanewise.bench.peer.GemmShape;
import io.github.lanewise.bench.peer.LatencyPeer;
import io.github.lanewise.bench.peer.Peer;
import io.github.lanewise.bench.peer.Peers;
import io.github.lanewise.bench.report.Report;
import io.github.lanewise.bench.report.Results;
import io.github.lanewise.bench.report.Row;
import io.github.lanewise.bench.suite.JmhSuite;
import io.github.lanewise.bench.suite.Preset;
import io.github.lanewise.bench.suite.Suite;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RecorderTest {
  private static final Peers PEERS =
      Peers.open(List.of(GemmPeers.named("lanewise"), LatencyPeer.named("lanewise")));

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
    for (Suite suite : Suites.all()) {
      for (Preset preset : Preset.values()) {
        assertThat(suite.round(preset, PEERS)).as(suite.name() + " " + preset).isNotEmpty();
      }
    }
  }

  @Test
  void aBenchmarkClassIsASuite() {
    JmhSuite gemm = new JmhSuite("gemm", GemmBenchmark.class, (p, peers) -> List.of("more"));

    assertThat(gemm.combinations(Preset.QUICK, PEERS))
        .containsExactly(
            Map.of("variant", "NN", "shape", "32x32x32", "peer", "lanewise", "mode", "hot"),
            Map.of("variant", "NN", "shape", "32x32x32", "peer", "more", "mode", "hot"));
    assertThat(gemm.combinations(Preset.FULL, PEERS)).hasSize(12).doesNotHaveDuplicates();
  }

  @Test
  void aPeerThatDoesNotLoadIsLeftOutWithTheReason() {
    GemmPeer broken =
        new GemmPeer() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public Kind kind() {
            return Kind.NATIVE;
          }

          @Override
          public String open() {
            throw new UnsatisfiedLinkError("no such file");
          }

          @Override
          public Product prepare(GemmShape shape, Operands operands) {
            throw new AssertionError("it is not here");
          }
        };
    Peers peers = Peers.open(List.of(GemmPeers.named("lanewise"), broken));

    assertThat(peers.gemm()).extracting(Peer::name).containsExactly("lanewise");
    assertThat(peers.said().get("broken")).startsWith(Peers.LEFT_OUT).contains("no such file");
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
