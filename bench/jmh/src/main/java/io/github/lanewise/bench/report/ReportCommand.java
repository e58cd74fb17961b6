package io.github.lanewise.bench.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a page of results that are already there. */
@Command(
    name = "report",
    description = "Makes a page of results: index.html, report.md and report.json.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class ReportCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "RESULTS.json",
      description = "JMH's JSON, or a report's; several become one report.")
  private List<Path> results = List.of();

  @Option(names = "--out", description = "Folder of the report.")
  private Path out = Path.of("bench", "target", "report");

  @Override
  public Integer call() throws IOException {
    System.out.println(ReportPage.write(Results.read(results), out));
    return 0;
  }
}
