package io.github.lanewise.example.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdxFileTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"images", "images.gz"})
  void readsBackWhatItWrote(String name) throws IOException {
    Path file = folder.resolve(name);
    byte[] elements = new byte[5 * 3 * 4];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = (byte) (i * 37);
    }

    IdxFile.write(file, elements, 3, 4);

    assertThat(IdxFile.read(file, 3, 4)).isEqualTo(elements);
  }

  @Test
  void writesTheFormatOfMnist() throws IOException {
    Path file = folder.resolve("images");

    IdxFile.write(file, new byte[] {1, 2, 3, 4, 5, 6, 7, (byte) 255}, 2, 2);

    assertThat(Files.readAllBytes(file)).isEqualTo(bytes(0x803, 2, 2, 2, 0x01020304, 0x050607ff));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void namesTheFileAndWhatIsWrong(byte[] content, String complaint) throws IOException {
    Path file = folder.resolve("broken");
    Files.write(file, content);

    assertThatThrownBy(() -> IdxFile.read(file, 1, 2))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + ": " + complaint);
  }

  static Stream<Arguments> broken() throws IOException {
    byte[] good = bytes(0x803, 2, 1, 2, 0x01020304);
    byte[] packed = gzip(good);
    byte[] badChecksum = packed.clone();
    badChecksum[packed.length - 8]++;
    return Stream.of(
        Arguments.of(new byte[0], "truncated"),
        Arguments.of(Arrays.copyOf(good, 3), "truncated"),
        Arguments.of(Arrays.copyOf(good, 15), "truncated"),
        Arguments.of(Arrays.copyOf(good, 19), "truncated, 3 of 4 bytes of data"),
        Arguments.of(Arrays.copyOf(good, 21), "bytes after the 4 of data"),
        Arguments.of(bytes(0x801, 2, 0), "magic is 00000801, must be 00000803"),
        Arguments.of(bytes(0xd03, 2, 1, 2, 0), "magic is 00000d03, must be 00000803"),
        Arguments.of(bytes(0x803, 2, 1, 3, 0), "dimension 2 is 3, must be 2"),
        Arguments.of(bytes(0x803, 2, -1, 2, 0), "dimension 1 is -1, must be 1"),
        Arguments.of(bytes(0x803, 0, 1, 2, 0), "count is 0"),
        Arguments.of(bytes(0x803, -2, 1, 2, 0), "count is -2"),
        Arguments.of(bytes(0x803, Integer.MAX_VALUE, 1, 2, 0), "count is 2147483647"),
        Arguments.of(bytes(0x803, 1 << 29, 1, 2, 0), "truncated, 4 of 1073741824"),
        Arguments.of(Arrays.copyOf(packed, 5), "truncated"),
        Arguments.of(Arrays.copyOf(packed, packed.length - 9), "truncated"),
        Arguments.of(Arrays.copyOf(packed, packed.length - 3), "truncated"),
        Arguments.of(badChecksum, "broken gzip"),
        Arguments.of(new byte[] {0x1f, (byte) 0x8b, 99, 0, 0, 0, 0, 0, 0, 0}, "broken gzip"),
        Arguments.of(gzip(Arrays.copyOf(good, 21)), "bytes after the 4 of data"));
  }

  @Test
  void namesAFileThatIsMissing() {
    Path file = folder.resolve("nowhere");

    assertThatThrownBy(() -> IdxFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + ": cannot be opened");
  }

  /** Header and data as big-endian words. */
  private static byte[] bytes(int... words) {
    ByteBuffer buffer = ByteBuffer.allocate(words.length * Integer.BYTES);
    for (int word : words) {
      buffer.putInt(word);
    }
    return buffer.array();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }
}
