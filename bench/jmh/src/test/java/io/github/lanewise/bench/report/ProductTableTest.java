package io.github.lanewise.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProductTableTest {
  static List<Path> committed() throws IOException {
    try (var files = Files.list(Made.RESULTS)) {
      return files.filter(file -> file.toString().endsWith(".card.json")).sorted().toList();
    }
  }

  /** The tables beside the committed results are what the command writes of them. */
  @ParameterizedTest
  @MethodSource("committed")
  void theCommittedTablesAreWrittenSo(Path card) throws IOException {
    String json = card.toString().replace(".card.json", ".json");
    Report report = Results.read(Path.of(json));
    boolean cpu = report.machine().getOrDefault("command", "").contains("--clock cpu");
    String table = ProductTable.markdown(cpu ? report.inProcessorTime() : report);

    assertThat(Files.readString(Path.of(json.replaceFirst("json$", "md")))).contains(table);
  }
}
