package io.github.lanewise.bench.gemm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lanewise.bench.machine.MachineProbe;
import io.github.lanewise.bench.peer.GemmPeers;
import io.github.lanewise.bench.report.Report;
import io.github.lanewise.bench.report.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static Turns turns(String... peers) {
    return new Turns(
        List.of(peers).stream().map(GemmPeers::named).toList(),
        List.of("3x3x3", "8x1x5"),
        List.of("NN", "TN"),
        10,
        3,
        1);
  }

  @Test
  void aForkHasARowForEveryPeerAndProduct() throws Exception {
    Report report = turns("lanewise").fork();

    assertThat(report.rows())
        .extracting(Row::params)
        .containsExactly(
            Map.of("mode", "turns", "variant", "NN", "shape", "3x3x3"),
            Map.of("mode", "turns", "variant", "TN", "shape", "3x3x3"),
            Map.of("mode", "turns", "variant", "NN", "shape", "8x1x5"),
            Map.of("mode", "turns", "variant", "TN", "shape", "8x1x5"));
    assertThat(report.rows())
        .allSatisfy(
            row -> {
              assertThat(row.forks()).hasSize(1);
              assertThat(row.forks().getFirst()).isPositive();
              assertThat(row.beside()).containsKeys(MachineProbe.PEAK, MachineProbe.CORES);
            });
    assertThat(report.rows().getLast().beside()).containsKey(MachineProbe.READ);
    assertThat(report.failures()).isEmpty();
  }

  @Test
  void whoNeedsAJvmOfItsOwnDoesNotTakePart() {
    assertThat(turns("lanewise", "lanewise-scalar").peers())
        .containsExactly(GemmPeers.named("lanewise"));
  }
}
