package io.github.lanewise.bench.report;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import picocli.CommandLine.Option;

/**
 * Where a command leaves what it has measured: {@code DATE-LABEL.json}, and the table beside it.
 */
public final class ResultFiles {
  @Option(names = "--out", description = "Folder of the JSON and of the table.")
  private Path out = Path.of("bench", "results");

  @Option(names = "--label", description = "What the files are called, beside the date.")
  private String label;

  public ResultFiles(String label) {
    this.label = label;
  }

  public Path json() {
    return out.resolve(LocalDate.now() + "-" + label + ".json");
  }

  /** Writes a report, and its table with the report's head. */
  public void write(Report report, String table) throws IOException {
    Results.write(report, json());
    writeTable(report, table);
  }

  /** Writes the table alone, where the JSON is JMH's. */
  public void writeTable(Report report, String table) throws IOException {
    Files.writeString(markdown(), report.head(label) + table);
  }

  /** Keeps the report that lies in this folder. */
  public void keep(Path report) throws IOException {
    Files.createDirectories(out);
    Files.copy(report.resolve("report.json"), json(), REPLACE_EXISTING);
    Files.copy(report.resolve("report.md"), markdown(), REPLACE_EXISTING);
  }

  private Path markdown() {
    return json().resolveSibling(json().getFileName().toString().replaceFirst("json$", "md"));
  }
}
