package io.github.lanewise.bench.report;

import io.github.lanewise.bench.report.Comparison.Change;
import io.github.lanewise.bench.report.Comparison.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what changed between two reports, and by its exit code whether that is a regression. */
@Command(
    name = "compare",
    description = "What changed between two reports beyond the noise of their forks.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:no figure of Lanewise's is slower",
      " 1:at least one is",
      " 2:wrong arguments",
      " 3:cannot tell: rows of the older report are missing or have too few forks"
    })
public final class CompareCommand implements Callable<Integer> {
  static final int REGRESSION = 1;
  static final int CANNOT_TELL = 3;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "OLD.json")
  private Path older;

  @Parameters(index = "1", paramLabel = "NEW.json")
  private Path newer;

  @Option(
      names = "--confidence",
      description = "Of the intervals; five forks on each side reach 0.992, three 0.9.")
  private double confidence = 0.99;

  @Option(names = "--threshold", description = "The least change of speed that is of interest.")
  private double threshold = 0.05;

  @Option(
      names = "--of-peak",
      description =
          "Compare shares of the FMA peak beside each fork and not times: for two machines, or one"
              + " whose clock is not the same on two days.")
  private boolean ofPeak;

  @Option(
      names = "--allow-missing",
      description = "Judge what both reports have, as when a quick one is held against a full one.")
  private boolean allowMissing;

  @Option(names = "--out", description = "Folder of the page.")
  private Path out = Path.of("bench", "target", "compare");

  @Override
  public Integer call() throws IOException {
    Report before = Results.read(older);
    Report after = Results.read(newer);
    Comparison comparison =
        new Comparison(before, after, new Comparison.Rule(confidence, threshold, ofPeak));

    PrintWriter print = spec.commandLine().getOut();
    for (Change change : comparison.changes()) {
      if (change.verdict() != Verdict.SAME) {
        print.println(String.join("  ", ComparePage.cells(change)).replaceAll(" {3,}", "  "));
      }
    }
    print.println(ComparePage.summary(comparison));
    Page page = ComparePage.page(before, after, comparison);
    Files.createDirectories(out);
    Files.writeString(out.resolve("index.html"), page.html());
    Files.writeString(out.resolve("compare.md"), page.markdown());
    print.println(out.resolve("index.html"));
    print.flush();
    if (comparison.regression()) {
      return REGRESSION;
    }
    return comparison.complete() || allowMissing ? 0 : CANNOT_TELL;
  }
}
