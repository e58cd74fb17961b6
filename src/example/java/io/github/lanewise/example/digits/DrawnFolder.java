package io.github.lanewise.example.digits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Writes drawn digits to a folder under MNIST's names, but never over somebody's MNIST. */
final class DrawnFolder {
  /** A file that tells a folder of drawn digits from one that holds others. */
  private static final String MARK = "DRAWN";

  private static final Set<String> NAMES =
      Set.of(
          "train-images-idx3-ubyte.gz",
          "train-labels-idx1-ubyte.gz",
          "t10k-images-idx3-ubyte.gz",
          "t10k-labels-idx1-ubyte.gz");

  private DrawnFolder() {}

  /** Draws and writes a set to train with and one to test with. */
  static void write(Path folder, int train, int test, SplittableRandom random, Screen screen)
      throws IOException {
    claim(folder);
    write(folder, "train", train, random.split(), screen);
    write(folder, "t10k", test, random.split(), screen);
  }

  private static void write(
      Path folder, String prefix, int count, SplittableRandom random, Screen screen)
      throws IOException {
    try (Screen.Bar bar = screen.bar("draw " + prefix, count, () -> "")) {
      DigitSet.generate(count, random, bar::stepTo).write(folder, prefix);
    }
  }

  /** Makes the folder, or refuses it if there are digits in it that this class did not write. */
  private static void claim(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path mark = folder.resolve(MARK);
    boolean own = Files.exists(mark);
    try (Stream<Path> files = Files.list(folder)) {
      if (files
          .map(file -> file.getFileName().toString())
          .anyMatch(name -> name.contains("-ubyte") && !(own && NAMES.contains(name)))) {
        throw new IOException(
            folder + ": holds digits that were not drawn here; read them with --mnist");
      }
    }
    Files.writeString(mark, "The digits in this folder are drawn, and will be overwritten.\n");
  }
}
