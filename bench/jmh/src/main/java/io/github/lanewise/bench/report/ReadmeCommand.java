package io.github.lanewise.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes the README's figures anew from the results that it names. */
@Command(
    name = "readme",
    description = "Writes the README's figures and their chart from the results that it names.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class ReadmeCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "README.md")
  private Path file = Path.of("README.md");

  @Override
  public Integer call() throws IOException {
    Path root = file.toAbsolutePath().getParent();
    Readme readme = new Readme(Files.readString(file), root);
    Files.writeString(file, readme.written());
    Path chart = root.resolve(readme.chart());
    Files.writeString(chart, HeadlineChart.svg(new Headline(readme.report())));
    System.out.println(chart);
    return 0;
  }
}
