package io.github.lanewise.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProductTableTest {
  static List<Path> committed() throws IOException {
    try (var files = Files.list(Made.RESULTS)) {
      return files.filter(ProductTableTest::isProducts).sorted().toList();
    }
  }

  private static boolean isProducts(Path file) {
    try {
      return file.toString().endsWith(".md") && Files.readString(file).contains("## Products\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tables beside the committed results are what the command writes of them. */
  @ParameterizedTest
  @MethodSource("committed")
  void theCommittedTablesAreWrittenSo(Path text) throws IOException {
    String json = text.toString().replaceFirst("md$", "json");
    Report report = Results.read(Path.of(json));
    boolean cpu = report.machine().getOrDefault("command", "").contains("--clock cpu");
    String table = ProductTable.markdown(cpu ? report.inProcessorTime() : report);

    assertThat(Files.readString(text)).contains(table);
  }

  @Test
  void cliffsAreNamedOnBothSides() {
    Report report =
        Report.of(
            List.of(
                Made.product("lanewise", "NN", "8x8x8", 10.0, 9.0),
                Made.product("lanewise", "NN", "9x9x9", 30.0, 30.0), // 2.1 times less GFLOP/s
                Made.product("lanewise", "NN", "10x10x10", 20.0, 20.0), // larger, but sooner done
                Made.product("lanewise", "NN", "11x11x11", 26.0, 60.0), // slow once
                Made.product("lanewise", "TN", "12x12x12", 1.0)),
            null);

    assertThat(ProductTable.markdown(report))
        .contains("hot NN 8 to 9: 2.11, hot NN 9 before 10: 1.50, of 3 pairs.");
  }
}
