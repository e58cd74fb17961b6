package io.github.lanewise.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lanewise.bench.gemm.GemmCommand;
import io.github.lanewise.bench.latency.LatencyCommand;
import io.github.lanewise.bench.startup.StartupCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What documents cite is not overwritten unless somebody says so. */
class ResultFilesTest {
  @TempDir private Path folder;

  private Path cited(String suffix) throws IOException {
    return Files.writeString(folder.resolve(LocalDate.now() + "-cited" + suffix), "cited");
  }

  @Test
  void everyCommandRefusesBeforeItMeasures() throws IOException {
    Path json = cited(".json");
    for (Callable<Integer> command :
        List.of(new GemmCommand(), new LatencyCommand(), new StartupCommand())) {
      StringWriter said = new StringWriter();
      int code =
          new CommandLine(command)
              .setErr(new PrintWriter(said))
              .execute("--out", folder.toString(), "--label", "cited", "--forks", "0");

      assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
      assertThat(said.toString()).startsWith(json + " is there").contains("say --replace");
    }
    assertThat(json).hasContent("cited");
  }

  @Test
  void tableAndCardCountToo() throws IOException {
    for (String suffix : List.of(".md", ".card.json")) {
      Path file = cited(suffix);
      ResultFiles files = new ResultFiles("cited");
      CommandLine line = new CommandLine(files);
      line.parseArgs("--out", folder.toString());
      assertThatThrownBy(() -> files.check(line.getCommandSpec()))
          .isInstanceOf(ParameterException.class)
          .hasMessageContaining(file.toString());
      Files.delete(file);
      files.check(line.getCommandSpec());
    }
  }

  @Test
  void aReportIsKeptOnce(@TempDir Path report) throws IOException {
    Path json = cited(".json");
    Files.writeString(report.resolve("report.json"), "new");
    Files.writeString(report.resolve("report.md"), "new");
    CommandLine line = new CommandLine(new ResultFiles("cited"));

    line.parseArgs("--out", folder.toString());
    assertThatThrownBy(() -> line.<ResultFiles>getCommand().keep(report))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(json).hasContent("cited");

    line.parseArgs("--out", folder.toString(), "--replace");
    line.<ResultFiles>getCommand().check(line.getCommandSpec());
    line.<ResultFiles>getCommand().keep(report);
    assertThat(json).hasContent("new");
  }
}
