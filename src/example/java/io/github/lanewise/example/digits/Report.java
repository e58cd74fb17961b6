package io.github.lanewise.example.digits;

import io.github.lanewise.Lanewise;
import io.github.lanewise.Network;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** What the command tells, section by section. */
final class Report {
  private static final int DRAWN = 6;
  private static final int SIDE_BY_SIDE = 3;
  private static final int CONFUSIONS = 5;

  private final Screen screen;

  Report(Screen screen) {
    this.screen = screen;
  }

  void machine(long seed) {
    Lanewise.Description kernels = Lanewise.describe();
    line(
        "Lanewise: %s kernels, %d-bit vectors, %d registers, tile %dx%d",
        kernels.kernels(),
        kernels.vectorBits(),
        kernels.vectorRegisters(),
        kernels.tileRows(),
        kernels.tileColumns());
    line("  because %s", kernels.reason());
    line(
        "  Java %s, %d processors, seed %d",
        Runtime.version(), Runtime.getRuntime().availableProcessors(), seed);
    line("");
  }

  void data(Path folder, DigitSet train, DigitSet test) {
    line("Read %,d digits to train and %,d to test", train.size(), test.size());
    line("  from %s", folder);
    line("");
  }

  void network(Network network, int batch) {
    line("%s", network);
    line("  softmax and cross-entropy, gradient descent with momentum, batches of %d", batch);
  }

  void trained(Training training) {
    line("  the last epoch allocated %,d bytes in its steps", training.allocated());
    explain(training.allocated());
    line("");
  }

  void saved(Path file) {
    line("Saved to %s and loaded again", file);
    line("");
  }

  void accuracy(Reading reading, boolean mnist) {
    line(
        "Test accuracy %.2f %%, %,d of %,d misread",
        reading.accuracy(), reading.misread().length, reading.size());
    line(
        mnist
            ? "  of the test set given with --mnist"
            : "  of drawn digits; this is no MNIST accuracy, which takes --mnist DIR");
  }

  /** The pairs that are confused most, and drawings of the surest mistakes. */
  void misread(Reading reading, DigitSet set) {
    int[] misread = reading.misread();
    if (misread.length == 0) {
      return;
    }
    Map<String, Long> pairs =
        Arrays.stream(misread)
            .mapToObj(i -> set.label(i) + " as " + reading.digit(i))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    line(
        "  most often: %s",
        pairs.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(CONFUSIONS)
            .map(pair -> pair.getKey() + " (" + pair.getValue() + ")")
            .collect(Collectors.joining(", ")));
    line("");
    line("Misread, the surest first");
    for (int from = 0; from < Math.min(DRAWN, misread.length); from += SIDE_BY_SIDE) {
      int to = Math.min(from + SIDE_BY_SIDE, misread.length);
      int[] images = Arrays.copyOfRange(misread, from, to);
      screen.draw(
          set,
          images,
          Arrays.stream(images)
              .mapToObj(i -> caption(set.label(i), reading.digit(i), reading.confidence(i)))
              .toArray(String[]::new));
      line("");
    }
  }

  private static String caption(int label, int digit, double confidence) {
    return String.format(Locale.ROOT, "%d read as %d (%.1f %%)", label, digit, 100 * confidence);
  }

  void served(Serving serving, int differences) {
    Histogram nanos = serving.nanos();
    long requests = nanos.getTotalCount();
    line("%,d single requests, one after another, after as many to warm up", requests);
    line("  each scales 784 bytes to floats, runs the network and picks the digit");
    line("  one workspace of %,d bytes", serving.workspaceBytes());
    line(
        "  %,d bytes allocated, %.2f per request",
        serving.allocated(), (double) serving.allocated() / requests);
    line("  p50   %,10.1f us", nanos.getValueAtPercentile(50) / 1e3);
    line("  p99   %,10.1f us", nanos.getValueAtPercentile(99) / 1e3);
    line("  p99.9 %,10.1f us", nanos.getValueAtPercentile(99.9) / 1e3);
    line("  max   %,10.1f us", nanos.getMaxValue() / 1e3);
    line("  %,d answers differ from those of the batches", differences);
    line("");
  }

  private void explain(long allocated) {
    if (allocated > 0) {
      line("  (vectors are objects until C2 has compiled the kernels: run longer)");
    }
  }

  void verdict(Reading reading, double required) {
    line(
        "%s: test accuracy %.2f %%, required %.2f %%",
        reading.accuracy() >= required ? "PASSED" : "FAILED", reading.accuracy(), required);
  }

  /** Without Error Prone's annotation, which would be one more dependency. */
  @SuppressWarnings("AnnotateFormatMethod")
  private void line(String format, Object... arguments) {
    screen.line(String.format(Locale.ROOT, format, arguments));
  }
}
