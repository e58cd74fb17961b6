package io.github.lanewise.example.digits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/** Images of digits, 28x28 bytes from 0 white to 255 black, and what each of them shows. */
final class DigitSet {
  static final int SIDE = 28;
  static final int PIXELS = SIDE * SIDE;
  static final int CLASSES = 10;

  private final byte[] pixels;
  private final byte[] labels;

  private DigitSet(byte[] pixels, byte[] labels) {
    this.pixels = pixels;
    this.labels = labels;
  }

  /** Writes digits by hand, in random order; tells after each how many are done. */
  static DigitSet generate(int count, SplittableRandom random, IntConsumer done) {
    byte[] pixels = new byte[Math.multiplyExact(count, PIXELS)];
    byte[] labels = new byte[count];
    Handwriting hand = new Handwriting(random);
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) random.nextInt(CLASSES);
      hand.write(labels[i], pixels, i * PIXELS);
      done.accept(i + 1);
    }
    return new DigitSet(pixels, labels);
  }

  /**
   * Reads {@code <prefix>-images-idx3-ubyte} and {@code <prefix>-labels-idx1-ubyte}, with a dot
   * before idx or not, with .gz or not.
   *
   * @throws IOException naming the file and what is wrong with it
   */
  static DigitSet read(Path folder, String prefix) throws IOException {
    Path imageFile = find(folder, prefix + "-images", "idx3-ubyte");
    Path labelFile = find(folder, prefix + "-labels", "idx1-ubyte");
    byte[] pixels = IdxFile.read(imageFile, SIDE, SIDE);
    byte[] labels = IdxFile.read(labelFile);
    int images = pixels.length / PIXELS;
    if (images != labels.length) {
      throw new IOException(
          "%s: %d labels, but %d images in %s"
              .formatted(labelFile, labels.length, images, imageFile.getFileName()));
    }
    for (int i = 0; i < labels.length; i++) {
      int label = Byte.toUnsignedInt(labels[i]);
      if (label >= CLASSES) {
        throw new IOException(
            "%s: label %d is %d, must be from 0 to 9".formatted(labelFile, i, label));
      }
    }
    return new DigitSet(pixels, labels);
  }

  /** Writes the two files that {@link #read} reads, as gzip. */
  void write(Path folder, String prefix) throws IOException {
    IdxFile.write(folder.resolve(prefix + "-images-idx3-ubyte.gz"), pixels, SIDE, SIDE);
    IdxFile.write(folder.resolve(prefix + "-labels-idx1-ubyte.gz"), labels);
  }

  private static Path find(Path folder, String name, String type) throws IOException {
    Path usual = folder.resolve(name + "-" + type);
    for (String other : new String[] {"-" + type, "." + type}) {
      for (String suffix : new String[] {"", ".gz"}) {
        Path file = folder.resolve(name + other + suffix);
        if (Files.isRegularFile(file)) {
          return file;
        }
      }
    }
    throw new IOException(usual + ": there is no such file, nor with .gz or .idx");
  }

  int size() {
    return labels.length;
  }

  int label(int image) {
    return labels[image];
  }

  /** Ink of a pixel, from 0 to 255. */
  int ink(int image, int row, int column) {
    return Byte.toUnsignedInt(pixels[image * PIXELS + row * SIDE + column]);
  }

  /** Scales an image to 784 floats from 0 to 1, one example for the network. */
  void scale(int image, float[] x, int xOffset) {
    int offset = image * PIXELS;
    for (int i = 0; i < PIXELS; i++) {
      x[xOffset + i] = (pixels[offset + i] & 0xff) * (1f / 255);
    }
  }
}
