package io.github.lanewise.example.digits;

import io.github.lanewise.Network;
import io.github.lanewise.Safetensors;
import java.io.Console;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Trains a network on handwritten digits, tests it and serves single requests from it. Exit code: 0
 * if the accuracy is reached, 1 if it is not or something fails, 2 if the arguments are wrong.
 */
@Command(
    name = "digits",
    sortOptions = false,
    description = "Trains 784-128-10 on handwritten digits and serves single requests from it.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the required accuracy is reached",
      "1:it is not, or something failed",
      "2:the arguments are wrong"
    })
final class Digits implements Callable<Integer> {
  private static final int MOST = 1_000_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--mnist",
      paramLabel = "DIR",
      description =
          "read the four IDX files of MNIST (gzip or plain); without it, digits are drawn")
  private Path mnist;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "target/digits",
      description = "where drawn digits are written (${DEFAULT-VALUE})")
  private Path data;

  @Option(
      names = "--train",
      paramLabel = "N",
      defaultValue = "20000",
      description = "digits drawn to train with (${DEFAULT-VALUE})")
  private int train;

  @Option(
      names = "--test",
      paramLabel = "N",
      defaultValue = "4000",
      description = "digits drawn to test with (${DEFAULT-VALUE})")
  private int test;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "8",
      description = "how often each image is learned from (${DEFAULT-VALUE})")
  private int epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "64",
      description = "images per step (${DEFAULT-VALUE})")
  private int batch;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "of digits, weights and order: the same seed, the same run (${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--require",
      paramLabel = "PERCENT",
      defaultValue = "97",
      description = "test accuracy to be reached (${DEFAULT-VALUE})")
  private double require;

  @Option(
      names = "--requests",
      paramLabel = "N",
      defaultValue = "20000",
      description = "single requests to be timed, after as many to warm up (${DEFAULT-VALUE})")
  private int requests;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "save the network as safetensors, and serve from what was saved")
  private Path save;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this text")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  private final boolean live;
  private final boolean blocks;

  /**
   * For a kind of screen.
   *
   * @param live whether output goes to a terminal, not a log
   * @param blocks whether it can show block characters
   */
  Digits(boolean live, boolean blocks) {
    this.live = live;
    this.blocks = blocks;
  }

  /** The command. */
  public static void main(String[] args) {
    boolean live = Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    Charset charset = System.out.charset();
    boolean blocks = charset.canEncode() && charset.newEncoder().canEncode("█▀▄░");
    System.exit(commandLine(live, blocks).execute(args));
  }

  static CommandLine commandLine(boolean live, boolean blocks) {
    return new CommandLine(new Digits(live, blocks))
        .setOut(new PrintWriter(new OutputStreamWriter(System.out, System.out.charset()), true))
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              if (e instanceof IOException) {
                boolean bare = e instanceof FileSystemException;
                command.getErr().println("digits: " + (bare ? e : e.getMessage()));
                return 1;
              }
              throw e;
            });
  }

  @Override
  public Integer call() throws IOException {
    checkArguments();
    Screen screen = new Screen(spec.commandLine().getOut(), live, blocks);
    Report report = new Report(screen);
    report.machine(seed);
    SplittableRandom random = new SplittableRandom(seed);
    SplittableRandom trainingRandom = random.split();
    if (mnist == null) {
      DrawnFolder.write(data, train, test, random, screen);
    }
    Path folder = mnist == null ? data : mnist;
    DigitSet trainSet = DigitSet.read(folder, "train");
    DigitSet testSet = DigitSet.read(folder, "t10k");
    report.data(folder, trainSet, testSet);

    Training training = new Training(trainSet, batch, trainingRandom);
    report.network(training.network(), batch);
    for (int epoch = 1; epoch <= epochs; epoch++) {
      train(training, epoch, trainSet.size(), screen);
    }
    report.trained(training);
    Network network = training.network();
    if (save != null) {
      Safetensors.save(network, save);
      network = Safetensors.load(save);
      report.saved(save);
    }

    Reading reading = new Reading(network, testSet);
    report.accuracy(reading, mnist != null);
    report.misread(reading, testSet);

    Serving serving = new Serving(network, testSet);
    serving.serve(requests, reading);
    int differences = serving.serve(requests, reading);
    report.served(serving, differences);

    boolean reached = reading.accuracy() >= require;
    report.verdict(reading, require);
    return reached ? 0 : 1;
  }

  private void checkArguments() {
    check(train >= 1 && train <= MOST && test >= 1 && test <= MOST, "--train and --test", MOST);
    check(batch >= 1 && batch <= 4096, "--batch", 4096);
    check(epochs >= 1 && epochs <= 1000, "--epochs", 1000);
    check(requests >= 1 && requests <= 100_000_000, "--requests", 100_000_000);
    if (!(require == 0 || (require >= 1 && require <= 100))) {
      throw new ParameterException(
          spec.commandLine(), "--require is a percentage, must be 0 or from 1 to 100");
    }
    if (save != null && !Files.isDirectory(save.toAbsolutePath().getParent())) {
      throw new ParameterException(spec.commandLine(), "--save names a folder that does not exist");
    }
    for (String drawing : List.of("--data", "--train", "--test")) {
      if (mnist != null && spec.commandLine().getParseResult().hasMatchedOption(drawing)) {
        throw new ParameterException(
            spec.commandLine(), drawing + " is for drawn digits, --mnist reads others");
      }
    }
  }

  private void check(boolean holds, String option, int most) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), option + " must be from 1 to " + most);
    }
  }

  private static void train(Training training, int epoch, int examples, Screen screen) {
    Supplier<String> loss = () -> String.format(Locale.ROOT, "loss %.4f", training.loss());
    try (Screen.Bar bar = screen.bar("epoch " + epoch, examples, loss)) {
      training.epoch(bar::stepTo);
    }
  }
}
