package io.github.lanewise.example.digits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class DigitsTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void trainsTestsAndServes() {
    assertThat(run("--train", "2000", "--test", "500", "--epochs", "3", "--require", "85"))
        .isZero();

    assertThat(out.toString())
        .contains("kernels", "Read 2,000 digits to train and 500 to test")
        .contains("Network[784 -> 128 relu -> 10 identity, 101770 parameters]")
        // The same seed learns the same everywhere: these numbers are to stay.
        .contains("loss 0.9541", "loss 0.2239", "loss 0.0987", "Test accuracy 94.60 %")
        .contains("no MNIST accuracy", "Misread, the surest first", "allocated, ")
        .containsPattern("p50 +[0-9,.]+ us")
        .containsPattern("p99 +[0-9,.]+ us")
        .containsPattern("p99.9 +[0-9,.]+ us")
        .containsPattern("max +[0-9,.]+ us")
        .contains("  0 answers differ from those of the batches")
        .contains("PASSED: test accuracy");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aLogHasNeitherCarriageReturnsNorLongLines() {
    run("--train", "100", "--test", "100", "--epochs", "1");

    assertThat(out.toString())
        .containsOnlyOnce("epoch 1")
        .doesNotContain("\r")
        .matches("\\p{ASCII}*");
    assertThat(out.toString().lines())
        .allMatch(line -> line.length() <= 80 || line.startsWith("  from /"));
  }

  @Test
  void onATerminalTheBarMoves() {
    CommandLine command = Digits.commandLine(true, true).setOut(new PrintWriter(out));

    execute(command, "--train", "100", "--test", "100", "--epochs", "1");

    assertThat(out.toString()).contains("\r  epoch 1", "█");
  }

  @Test
  void anAccuracyThatIsNotReachedIsOne() {
    assertThat(run("--train", "100", "--test", "100", "--epochs", "1", "--require", "100"))
        .isEqualTo(1);

    assertThat(out.toString()).contains("FAILED: test accuracy", "required 100.00 %");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--train 0",
        "--test -1",
        "--train 1000001",
        "--epochs 0",
        "--batch 0",
        "--batch 5000",
        "--requests 0",
        "--require 0.97",
        "--require 101",
        "--require NaN",
        "--seed x",
        "--unknown",
        "stray",
        "--mnist somewhere",
        "--save no/such/folder/file",
      })
  void wrongArgumentsAreTwo(String arguments) {
    assertThat(run(arguments.split(" ", -1))).isEqualTo(2);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("Usage: digits");
  }

  @Test
  void helpNamesEveryOption() {
    assertThat(run("--help")).isZero();

    assertThat(out.toString())
        .contains("--mnist", "--data", "--train", "--test", "--epochs", "--batch", "--seed")
        .contains("--require", "--requests", "--save", "Exit codes:");
  }

  @Test
  void readsMnistFromItsFolder() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    DigitSet.generate(300, random, done -> {}).write(folder, "train");
    DigitSet.generate(100, random, done -> {}).write(folder, "t10k");
    String[] arguments = {
      "--mnist", folder.toString(), "--epochs", "1", "--requests", "100", "--require", "0"
    };

    assertThat(command().execute(arguments)).isZero();

    assertThat(out.toString())
        .contains("of the test set given with --mnist")
        .doesNotContain("no MNIST accuracy");
  }

  @Test
  void aBrokenFileIsOneAndNamed() {
    assertThat(command().execute("--mnist", folder.toString())).isEqualTo(1);

    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("train-images-idx3-ubyte: there is no such file");
  }

  @Test
  void drawsOverItsOwnDigitsButNotOverOthers() throws IOException {
    String[] small = {"--train", "100", "--test", "100", "--epochs", "1", "--require", "0"};
    assertThat(run(small)).isZero();
    assertThat(run(small)).isZero();

    Files.createFile(folder.resolve("train-labels.idx1-ubyte"));
    assertThat(run(small)).isEqualTo(1);
    Files.delete(folder.resolve("train-labels.idx1-ubyte"));
    Files.delete(folder.resolve("DRAWN"));
    assertThat(run(small)).isEqualTo(1);

    assertThat(err.toString().lines())
        .hasSize(2)
        .allMatch(line -> line.contains("holds digits that were not drawn here"));
  }

  @Test
  void servesFromWhatItSaved() {
    Path file = folder.resolve("digits.safetensors");
    String[] small = {"--train", "200", "--test", "100", "--epochs", "1", "--require", "0"};
    List<String> saving = new ArrayList<>(List.of(small));
    saving.addAll(List.of("--save", file.toString()));
    run(small);
    String without = accuracyLine();

    assertThat(run(saving.toArray(String[]::new))).isZero();

    assertThat(file).isNotEmptyFile();
    assertThat(accuracyLine()).isEqualTo(without);
  }

  private String accuracyLine() {
    return out.toString()
        .lines()
        .filter(line -> line.startsWith("Test accuracy"))
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  private int run(String... arguments) {
    return execute(command(), arguments);
  }

  private CommandLine command() {
    return Digits.commandLine(false, false)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err));
  }

  private int execute(CommandLine command, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--data", folder.toString(), "--requests", "100"));
    all.addAll(List.of(arguments));
    return command.execute(all.toArray(String[]::new));
  }
}
