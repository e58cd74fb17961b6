package io.github.lanewise;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file, checked to the letter of the format.
 *
 * <pre>
 *   byte 0        N: 8 bytes, unsigned, little-endian
 *   byte 8        N bytes of JSON in UTF-8, which may end in spaces:
 *                   {"__metadata__": {"key": "text", ...},
 *                    "name": {"dtype": "F32", "shape": [4, 3], "data_offsets": [0, 48]}, ...}
 *   byte 8 + N    data: the tensors, in any order, without a gap
 * </pre>
 *
 * Whatever is wrong with a file is an IOException that begins with the file's name.
 */
final class SafetensorsHeader {
  /** The limit of the reference implementation. */
  private static final int MAX_LENGTH = 100_000_000;

  private static final int MAX_MESSAGE = 400;

  private final Path file;
  private final Map<String, String> metadata = new HashMap<>();
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /** A tensor that takes the bytes [begin, end) of the file. */
  record Tensor(String name, String dtype, List<Long> shape, long begin, long end) {
    @Override
    public String toString() {
      return "\"" + name + "\" " + dtype + " " + shape;
    }
  }

  private SafetensorsHeader(Path file, String text, long dataBegin, long fileSize)
      throws IOException {
    this.file = file;
    if (!text.startsWith("{")) {
      throw malformed("the header does not begin with {");
    }
    SafetensorsJson json = new SafetensorsJson(text, what -> malformed(file, what));
    json.readObject(
        name -> {
          if (name.equals("__metadata__")) {
            json.readObject(key -> readMetadata(json, key));
          } else {
            tensors.put(name, readTensor(json, name, dataBegin));
          }
        });
    json.expectPaddingOnly();
    checkTiling(dataBegin, fileSize);
  }

  /** Reads and checks the header of an open file; the data is not touched. */
  static SafetensorsHeader read(Path file, FileChannel channel) throws IOException {
    if (Files.isDirectory(file)) { // can be opened, but not read
      throw malformed(file, "is a directory");
    }
    long size = channel.size();
    if (size < Long.BYTES) {
      throw malformed(file, size + " bytes are too few for a safetensors file");
    }
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    fill(file, channel, 0, length);
    long n = length.getLong(0);
    if (n < 0 || n > MAX_LENGTH || n > size - Long.BYTES) {
      throw malformed(
          file,
          "a header of "
              + Long.toUnsignedString(n)
              + " bytes is announced in a file of "
              + size
              + "; the limit is "
              + MAX_LENGTH);
    }
    ByteBuffer header = ByteBuffer.allocate((int) n);
    fill(file, channel, Long.BYTES, header);
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(header.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": the header is not UTF-8", e);
    }
    return new SafetensorsHeader(file, text, Long.BYTES + n, size);
  }

  /** Fills the buffer from a position of the file. */
  static void fill(Path file, FileChannel channel, long position, ByteBuffer buffer)
      throws IOException {
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, position);
      if (read < 0) {
        throw malformed(file, "became shorter while it was read");
      }
      position += read;
    }
  }

  /** The pairs of {@code __metadata__} that are the library's. */
  Map<String, String> metadata() {
    return metadata;
  }

  /** The tensors by name. */
  Map<String, Tensor> tensors() {
    return tensors;
  }

  /** The complaint, with the file's name before it. */
  IOException malformed(String what) {
    return malformed(file, what);
  }

  /** Names come from the file: they must neither flood a log nor forge a line, as a cause would. */
  private static IOException malformed(Path file, String what) {
    String line = what.length() > MAX_MESSAGE ? what.substring(0, MAX_MESSAGE) + "..." : what;
    return new IOException(file + ": " + line.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?"));
  }

  private void readMetadata(SafetensorsJson json, String key) throws IOException {
    String value = json.readString();
    if (key.startsWith("lanewise.")) {
      metadata.put(key, value);
    }
  }

  /** What has been read of a tensor; no member comes twice. */
  private static final class Members {
    int count;
    String dtype = "";
    List<Long> shape = List.of();
    List<Long> offsets = List.of();
  }

  private Tensor readTensor(SafetensorsJson json, String name, long dataBegin) throws IOException {
    Members read = new Members();
    json.readObject(
        key -> {
          read.count++;
          switch (key) {
            case "dtype" -> read.dtype = json.readString();
            case "shape" -> read.shape = json.readIntegers();
            case "data_offsets" -> read.offsets = json.readIntegers();
            default -> throw malformed("tensor \"" + name + "\" has an unknown key " + key);
          }
        });
    List<Long> offsets = read.offsets;
    if (read.count != 3 || offsets.size() != 2) {
      throw malformed("tensor \"" + name + "\" must have a dtype, a shape and two data_offsets");
    }
    long begin = dataBegin + offsets.get(0);
    Tensor tensor = new Tensor(name, read.dtype, read.shape, begin, dataBegin + offsets.get(1));
    long bits = bits(tensor);
    if (bits % Byte.SIZE != 0 || tensor.end() - begin != bits / Byte.SIZE) {
      throw malformed(tensor + " takes " + bits + " bits, its data_offsets are " + offsets);
    }
    return tensor;
  }

  private long bits(Tensor tensor) throws IOException {
    long bits =
        switch (tensor.dtype()) {
          case "F4" -> 4;
          case "F6_E2M3", "F6_E3M2" -> 6;
          case "BOOL", "I8", "U8" -> 8;
          case "F8_E4M3", "F8_E5M2", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ" -> 8;
          case "I16", "U16", "F16", "BF16" -> 16;
          case "I32", "U32", "F32" -> 32;
          case "I64", "U64", "F64", "C64" -> 64;
          default -> throw malformed(tensor + " has an unknown dtype");
        };
    for (long n : tensor.shape()) {
      if (n != 0 && bits > Long.MAX_VALUE / n) {
        throw malformed(tensor + " is too large");
      }
      bits *= n;
    }
    return bits;
  }

  private void checkTiling(long dataBegin, long fileSize) throws IOException {
    List<Tensor> ordered = new ArrayList<>(tensors.values());
    ordered.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
    long end = dataBegin;
    for (Tensor tensor : ordered) {
      if (tensor.begin() != end) {
        throw malformed(
            tensor + " begins at byte " + tensor.begin() + ", but what precedes it ends at " + end);
      }
      end = tensor.end();
    }
    if (end != fileSize) {
      throw malformed("the tensors end at byte " + end + ", the file at " + fileSize);
    }
  }
}
