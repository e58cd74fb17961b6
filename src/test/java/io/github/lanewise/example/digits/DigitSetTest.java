package io.github.lanewise.example.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigitSetTest {
  private static final int COUNT = 200;
  private static final long CRC = 27_231_382L;

  @TempDir private Path folder;

  /** The same seed draws the same pixels, on every machine: this number is to stay. */
  @Test
  void drawsTheSameDigitsEverywhere() {
    DigitSet set = drawn(2024);

    assertThat(crc(set)).isEqualTo(CRC);
    assertThat(crc(drawn(2025))).isNotEqualTo(CRC);
  }

  @Test
  void drawsEachDigitWithInkInTheMiddleAndNoneOutside() {
    DigitSet set = drawn(1);
    boolean[] seen = new boolean[DigitSet.CLASSES];
    for (int i = 0; i < set.size(); i++) {
      seen[set.label(i)] = true;
      int inked = 0;
      int corners = 0;
      for (int row = 0; row < DigitSet.SIDE; row++) {
        for (int column = 0; column < DigitSet.SIDE; column++) {
          inked += set.ink(i, row, column) > 128 ? 1 : 0;
        }
        corners += set.ink(i, row, 0) > 128 ? 1 : 0;
      }
      assertThat(inked).as("pixels of ink in image %d", i).isBetween(20, 300);
      assertThat(corners).as("pixels of ink in the first column of image %d", i).isLessThan(5);
    }
    assertThat(seen).containsOnly(true);
  }

  @Test
  void readsBackWhatItWrote() throws IOException {
    DigitSet set = drawn(3);

    set.write(folder, "train");

    assertThat(folder.resolve("train-images-idx3-ubyte.gz")).exists();
    assertThat(folder.resolve("train-labels-idx1-ubyte.gz")).exists();
    assertThat(crc(DigitSet.read(folder, "train"))).isEqualTo(crc(set));
  }

  @ParameterizedTest
  @ValueSource(strings = {"t10k-%s-idx%d-ubyte", "t10k-%s.idx%d-ubyte", "t10k-%s.idx%d-ubyte.gz"})
  void findsTheUsualNames(String name) throws IOException {
    IdxFile.write(folder.resolve(name.formatted("images", 3)), new byte[2 * 784], 28, 28);
    IdxFile.write(folder.resolve(name.formatted("labels", 1)), new byte[] {7, 9});

    DigitSet set = DigitSet.read(folder, "t10k");

    assertThat(set.size()).isEqualTo(2);
    assertThat(set.label(1)).isEqualTo(9);
  }

  @Test
  void scalesBytesToFloatsFromZeroToOne() throws IOException {
    byte[] pixels = new byte[2 * 784];
    pixels[784] = (byte) 255;
    pixels[785] = 51;
    writePair(pixels, new byte[] {1, 2});
    float[] x = new float[1 + 784];

    DigitSet.read(folder, "train").scale(1, x, 1);

    assertThat(x).startsWith(0, 1, 51 * (1f / 255)).endsWith(0);
  }

  @Test
  void refusesCountsThatDiffer() throws IOException {
    writePair(new byte[2 * 784], new byte[] {1, 2, 3});

    refuses("train-labels-idx1-ubyte: 3 labels, but 2 images in train-images-idx3-ubyte");
  }

  @Test
  void refusesALabelAboveNine() throws IOException {
    writePair(new byte[2 * 784], new byte[] {9, 10});

    refuses("train-labels-idx1-ubyte: label 1 is 10, must be from 0 to 9");
  }

  @Test
  void refusesImagesOfAnotherSize() throws IOException {
    writePair(new byte[2 * 784], new byte[] {1, 2});
    IdxFile.write(folder.resolve("train-images-idx3-ubyte"), new byte[2 * 32 * 28], 28, 32);

    refuses("train-images-idx3-ubyte: dimension 2 is 32, must be 28");
  }

  @Test
  void refusesImagesInPlaceOfLabels() throws IOException {
    writePair(new byte[2 * 784], new byte[] {1, 2});
    IdxFile.write(folder.resolve("train-labels-idx1-ubyte"), new byte[2 * 784], 28, 28);

    refuses("train-labels-idx1-ubyte: magic is 00000803, must be 00000801");
  }

  @Test
  void namesAFileThatIsMissing() throws IOException {
    writePair(new byte[784], new byte[] {1});
    Files.delete(folder.resolve("train-labels-idx1-ubyte"));

    refuses("train-labels-idx1-ubyte: there is no such file");
  }

  private void refuses(String complaint) {
    assertThatThrownBy(() -> DigitSet.read(folder, "train"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(folder.resolve(complaint).toString());
  }

  private void writePair(byte[] pixels, byte[] labels) throws IOException {
    IdxFile.write(folder.resolve("train-images-idx3-ubyte"), pixels, 28, 28);
    IdxFile.write(folder.resolve("train-labels-idx1-ubyte"), labels);
  }

  private static DigitSet drawn(long seed) {
    return DigitSet.generate(COUNT, new SplittableRandom(seed), done -> {});
  }

  private static long crc(DigitSet set) {
    CRC32 crc = new CRC32();
    for (int i = 0; i < set.size(); i++) {
      crc.update(set.label(i));
      for (int row = 0; row < DigitSet.SIDE; row++) {
        for (int column = 0; column < DigitSet.SIDE; column++) {
          crc.update(set.ink(i, row, column));
        }
      }
    }
    return crc.getValue();
  }
}
