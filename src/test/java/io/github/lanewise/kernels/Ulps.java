package io.github.lanewise.kernels;

import io.github.lanewise.kernels.Elementary.Claim;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The tables of src/docs/numerics.md: {@code mvn -q test-compile exec:exec@ulps}. Exit code: 0 if
 * every claim holds, 1 if one does not, 2 if the arguments are wrong.
 */
@Command(
    name = "ulps",
    sortOptions = false,
    description = "Walks every elementary function through all 2^32 floats.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:every claim holds", "1:one does not", "2:the arguments are wrong"})
final class Ulps implements Callable<Integer> {
  private static final float[] SPECIALS = {
    Float.NEGATIVE_INFINITY,
    -Float.MIN_VALUE,
    -0f,
    0f,
    Float.MIN_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NaN
  };

  @Spec private CommandSpec spec;

  @Option(
      names = "--functions",
      paramLabel = "NAME",
      split = ",",
      description = "only these, for example exp,tanh,geluFromZ")
  private List<String> functions = Elementary.all().stream().map(Elementary::name).toList();

  @Option(
      names = "--stride",
      paramLabel = "N",
      defaultValue = "1",
      description = "every N-th float only (${DEFAULT-VALUE}: all)")
  private long stride;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "write the tables there too, as markdown, anew after each function")
  private Path out;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this text")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  private final StringBuilder errors =
      new StringBuilder(
          """
          | function | where | largest error | claimed | at x | falls | twins differ |
          |---|---|---:|---:|---|---:|---:|
          """);

  private final StringBuilder specials = new StringBuilder("| x |");

  /** The command. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Ulps()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    if (stride < 1 || stride > 1L << 31) {
      throw new ParameterException(spec.commandLine(), "--stride must be from 1 to 2^31");
    }
    List<String> known = Elementary.all().stream().map(Elementary::name).toList();
    if (!known.containsAll(functions)) {
      throw new ParameterException(spec.commandLine(), "--functions must be among " + known);
    }
    for (float x : SPECIALS) {
      specials.append(' ').append(x).append(" |");
    }
    specials.append("\n|---|").append("---|".repeat(SPECIALS.length)).append('\n');
    boolean hold = true;
    for (Elementary f : Elementary.all()) {
      if (functions.contains(f.name())) {
        Sweep.Found found = walk(f);
        hold &= found.holds(f);
        append(f, found);
        if (out != null) {
          Files.writeString(out, errors + "\n" + specials);
        }
      }
    }
    PrintWriter screen = spec.commandLine().getOut();
    screen.println(errors);
    screen.println(specials);
    screen.println(hold ? "Every claim holds." : "NOT every claim holds.");
    return hold ? 0 : 1;
  }

  private Sweep.Found walk(Elementary f) {
    Sweep sweep = new Sweep(f, stride);
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(f.name())
            .setInitialMax(sweep.inputs())
            .setUnit(" M", 1_000_000)
            .build()) {
      return sweep.run(bar::stepBy);
    }
  }

  private void append(Elementary f, Sweep.Found found) {
    for (int i = 0; i < f.claims().size(); i++) {
      Claim claim = f.claims().get(i);
      String unit = claim.absolute() ? "u" : "ulp";
      float worst = found.worst()[i];
      errors.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %.4f %s | %s %s | %s | %s | %s |%n",
              i == 0 ? f.name() : "",
              claim.where(),
              found.errors()[i],
              unit,
              claim.bound(),
              unit,
              found.errors()[i] == 0 ? "" : Float.toHexString(worst) + " (" + worst + ")",
              i == 0 && f.monotone() ? found.falls() : "",
              i == 0 ? found.differences() + found.numbersOfNaN() : ""));
    }
    specials.append("| ").append(f.name()).append(" |");
    for (float x : SPECIALS) {
      String value = f.covers(x) || Float.isNaN(x) ? String.valueOf(f.scalar().of(x)) : "";
      specials.append(' ').append(value).append(" |");
    }
    specials.append('\n');
  }
}
