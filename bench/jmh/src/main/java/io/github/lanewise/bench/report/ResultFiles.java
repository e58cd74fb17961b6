package io.github.lanewise.bench.report;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * Where a command leaves what it has measured: {@code DATE-LABEL.json}, and the table beside it.
 * Documents cite them: what is there is overwritten only if somebody says so.
 */
public final class ResultFiles {
  @Option(names = "--out", description = "Folder of the JSON and of the table.")
  private Path out = Path.of("bench", "results");

  @Option(names = "--label", description = "What the files are called, beside the date.")
  private String label;

  @Option(names = "--replace", description = "Overwrites files of that name.")
  private boolean replace;

  /** Of the start: a run may go on past midnight. */
  private final LocalDate date = LocalDate.now();

  public ResultFiles(String label) {
    this(label, false);
  }

  public ResultFiles(String label, boolean replace) {
    this.label = label;
    this.replace = replace;
  }

  /**
   * To be asked before anything is measured.
   *
   * @throws ParameterException naming a file that is there and would be overwritten
   */
  public void check(CommandSpec spec) {
    for (Path file : List.of(json(), Results.card(json()), markdown())) {
      if (!replace && Files.exists(file)) {
        throw new ParameterException(
            spec.commandLine(),
            file + " is there, and somebody may cite it: choose another name, or say --replace");
      }
    }
  }

  public Path json() {
    return out.resolve(date + "-" + label + ".json");
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
    CopyOption[] how = replace ? new CopyOption[] {REPLACE_EXISTING} : new CopyOption[0];
    Files.createDirectories(out);
    Files.copy(report.resolve("report.json"), json(), how);
    Files.copy(report.resolve("report.md"), markdown(), how);
  }

  private Path markdown() {
    return json().resolveSibling(json().getFileName().toString().replaceFirst("json$", "md"));
  }
}
