package io.github.lanewise.example.digits;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/**
 * IDX, the format of MNIST: a magic number (two zeros, the type of an element, the number of
 * dimensions), the dimensions as big-endian ints, then the elements. This reads and writes unsigned
 * bytes; a file that starts as gzip does is unpacked while reading.
 *
 * <pre>
 *   00 00 08 01 | count             | label label …
 *   00 00 08 03 | count | 28 | 28   | image image …    each row by row
 * </pre>
 */
final class IdxFile {
  private static final int MAGIC = 0x0800;
  private static final int GZIP_MAGIC = 0x1f8b;

  private IdxFile() {}

  /**
   * Reads elements whose dimensions after the first are the expected ones.
   *
   * @throws IOException naming the file and what is wrong with it
   */
  static byte[] read(Path file, int... expected) throws IOException {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
      raw.mark(2);
      boolean packed = ((raw.read() << 8) | raw.read()) == GZIP_MAGIC;
      raw.reset();
      return read(file, new DataInputStream(packed ? new GZIPInputStream(raw) : raw), expected);
    } catch (FileSystemException e) {
      throw new IOException(file + ": cannot be opened: " + e, e);
    } catch (EOFException e) {
      throw new IOException(file + ": truncated", e);
    } catch (ZipException e) {
      throw new IOException(file + ": broken gzip: " + e.getMessage(), e);
    }
  }

  private static byte[] read(Path file, DataInputStream in, int[] expected) throws IOException {
    int magic = in.readInt();
    int wanted = MAGIC + expected.length + 1;
    if (magic != wanted) {
      throw new IOException("%s: magic is %08x, must be %08x".formatted(file, magic, wanted));
    }
    int count = in.readInt();
    long length = count;
    for (int i = 0; i < expected.length; i++) {
      int size = in.readInt();
      if (size != expected[i]) {
        throw new IOException(
            "%s: dimension %d is %d, must be %d".formatted(file, i + 1, size, expected[i]));
      }
      length *= size;
    }
    if (count < 1 || length > Integer.MAX_VALUE - 8) {
      throw new IOException("%s: count is %d, none or too many".formatted(file, count));
    }
    byte[] elements = in.readNBytes((int) length);
    if (elements.length < length) {
      throw new IOException(
          "%s: truncated, %d of %d bytes of data".formatted(file, elements.length, length));
    }
    if (in.read() != -1) {
      throw new IOException("%s: bytes after the %d of data".formatted(file, length));
    }
    return elements;
  }

  /** Writes elements with the given dimensions after the first; gzip if the name ends in .gz. */
  static void write(Path file, byte[] elements, int... dimensions) throws IOException {
    int size = 1;
    for (int dimension : dimensions) {
      size *= dimension;
    }
    boolean packed = file.toString().endsWith(".gz");
    try (var raw = Files.newOutputStream(file);
        var out = new DataOutputStream(packed ? new GZIPOutputStream(raw, 1 << 16) : raw)) {
      out.writeInt(MAGIC + dimensions.length + 1);
      out.writeInt(elements.length / size);
      for (int dimension : dimensions) {
        out.writeInt(dimension);
      }
      out.write(elements);
    }
  }
}
