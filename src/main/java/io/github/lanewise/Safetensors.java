package io.github.lanewise;

import io.github.lanewise.SafetensorsLayers.Layer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Networks in <a href="https://github.com/huggingface/safetensors">safetensors</a> files, the
 * format in which PyTorch users exchange weights. A layer A = g(W·Aprev + b) is two tensors of
 * dtype F32:
 *
 * <pre>
 *   P.weight   [nOut, nIn]   W, row by row (in {@link Network#parameters()}: column by column)
 *   P.bias     [nOut]        b
 * </pre>
 *
 * <p>where P is anything, {@code 0} or {@code encoder.fc1}; a file of one layer may do without it.
 * All tensors of a file must be such pairs. Their layers follow one another in the natural order of
 * P: as text, but with runs of digits compared as numbers, so that {@code 2.weight} comes before
 * {@code 10.weight}. (The order inside the file means nothing: Python's writer sorts by name.
 * Layers whose names carry no numbers are taken alphabetically.)
 *
 * <pre>{@code
 * // Python: mlp = Sequential(Linear(3, 4), ReLU(), Linear(4, 2))
 * //         safetensors.torch.save_file(mlp.state_dict(), "mlp.safetensors")
 * Path file = Path.of("mlp.safetensors");
 * Network mlp = Safetensors.load(file, Activation.RELU, Activation.IDENTITY);
 * }</pre>
 *
 * <p>The bits of every parameter survive saving and loading, those of NaN included.
 *
 * <p>Files are not trusted. One that deviates from the format or does not describe a network is
 * refused with an {@link IOException}, whose message begins with the file's name. What a hostile
 * one can cost is memory: up to fifteen times the length of its header, which is limited to 100 MB.
 */
public final class Safetensors {
  /**
   * Floats per transfer: 256 KiB, which stay in L2 while they are transposed, and 16 rows or more
   * of up to 4096 columns, so that a cache line of W is filled at once.
   */
  private static final int BLOCK = 1 << 16;

  private Safetensors() {}

  /**
   * Saves a network: tensors {@code layers.0.weight}, {@code layers.0.bias}, {@code
   * layers.1.weight} and so on, and in the file's metadata the activations, as {@link
   * Activation#toString()} writes them.
   *
   * <p>The file is written under another name in the same directory, forced to disk, and then moved
   * into place: whatever happens, {@code file} is afterwards the old file or the whole new one. (A
   * process that is killed may leave {@code .lanewise-*.tmp} behind; a symbolic link is replaced,
   * not followed.)
   *
   * @param network whose parameters must not change during the call
   * @param file is made, or replaced
   * @throws NullPointerException naming a null argument
   * @throws IOException if writing fails or the thread is interrupted; {@code file} is unchanged
   *     then
   */
  public static void save(Network network, Path file) throws IOException {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(file, "file");
    Path temporary = file.resolveSibling(".lanewise-" + UUID.randomUUID() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        write(temporary, channel, network);
        channel.force(true);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * Loads a network that {@link #save} has written, activations included.
   *
   * @param file to read
   * @return the same network, bit by bit
   * @throws NullPointerException if {@code file} is null
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if reading fails, the file is malformed, its metadata names no activations
   *     (then give them to {@link #load(Path, Activation...)}), or its tensors make no network:
   *     names the file, the tensor and the shapes
   */
  public static Network load(Path file) throws IOException {
    return read(file, SafetensorsLayers::activations);
  }

  /**
   * Loads a network whose weights were trained elsewhere, for example the {@code state_dict} of a
   * PyTorch {@code Sequential} of {@code Linear} layers. Metadata is not consulted.
   *
   * @param file to read
   * @param activations one for each layer, first to last
   * @return a network with the file's weights and these activations
   * @throws NullPointerException naming a null argument
   * @throws IllegalArgumentException if there are not as many activations as layers
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if reading fails, the file is malformed, or its tensors make no network:
   *     names the file, the tensor and the shapes
   */
  public static Network load(Path file, Activation... activations) throws IOException {
    Objects.requireNonNull(activations, "activations");
    for (Activation activation : activations) {
      Objects.requireNonNull(activation, "activation");
    }
    List<Activation> given = List.of(activations);
    return read(
        file,
        (header, layers) -> {
          if (given.size() != layers) {
            throw Check.illegal(
                "%d activations for the %d layers of %s", given.size(), layers, file);
          }
          return given;
        });
  }

  /** Where the activations of so many layers come from. */
  private interface Activations {
    List<Activation> of(SafetensorsHeader header, int layers) throws IOException;
  }

  private static Network read(Path file, Activations activations) throws IOException {
    Objects.requireNonNull(file, "file");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      SafetensorsHeader header = SafetensorsHeader.read(file, channel);
      List<Layer> layers = SafetensorsLayers.layers(header);
      List<Activation> g = activations.of(header, layers.size());
      Network.Builder builder = Network.builder(layers.getFirst().inputs());
      for (int l = 0; l < layers.size(); l++) {
        builder.dense(layers.get(l).outputs(), g.get(l));
      }
      Network network;
      try {
        network = builder.zeros();
      } catch (IllegalArgumentException e) { // more parameters than an array has room for
        throw header.malformed(String.valueOf(e.getMessage()));
      }
      for (int l = 0; l < layers.size(); l++) {
        DenseLayer layer = network.layers().get(l);
        transfer(file, channel, layers.get(l).weight().begin(), layer.weights(), false);
        transfer(file, channel, layers.get(l).bias().begin(), layer.bias(), false);
      }
      return network;
    }
  }

  private static void write(Path file, FileChannel channel, Network network) throws IOException {
    byte[] json = SafetensorsLayers.header(network).getBytes(StandardCharsets.UTF_8);
    int padding = -json.length & 7; // the data begins at a multiple of 8 bytes
    ByteBuffer header = ByteBuffer.allocate(Long.BYTES + json.length + padding);
    header.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length + padding).put(json);
    header.put(" ".repeat(padding).getBytes(StandardCharsets.UTF_8)).flip();
    write(channel, 0, header);
    long data = header.limit();
    for (int l = 0; l < network.layers().size(); l++) {
      DenseLayer layer = network.layers().get(l);
      long w = data + (long) Float.BYTES * network.weightOffset(l);
      long b = data + (long) Float.BYTES * network.biasOffset(l);
      transfer(file, channel, w, layer.weights(), true);
      transfer(file, channel, b, layer.bias(), true);
    }
  }

  /**
   * Moves a matrix between memory, column by column, and the file, row by row: in blocks that are
   * contiguous in the file, so whole rows of the matrix or a piece of one.
   */
  private static void transfer(
      Path file, FileChannel channel, long position, FloatMatrix memory, boolean write)
      throws IOException {
    int rows = Math.clamp(BLOCK / memory.columns(), 1, memory.rows());
    int columns = Math.min(BLOCK, memory.columns());
    float[] block = new float[rows * columns];
    ByteBuffer bytes = ByteBuffer.allocate(4 * block.length).order(ByteOrder.LITTLE_ENDIAN);
    int r;
    for (int i = 0; i < memory.rows(); i += r) {
      r = Math.min(rows, memory.rows() - i);
      int c;
      for (int j = 0; j < memory.columns(); j += c) {
        c = Math.min(columns, memory.columns() - j);
        FloatMatrix part = memory.subMatrix(i, j, r, c);
        FloatMatrix inFile = FloatMatrix.rowMajor(block, r, c);
        bytes.clear().limit(4 * r * c);
        if (write) {
          copy(part, inFile);
          bytes.asFloatBuffer().put(block, 0, r * c);
          write(channel, position, bytes);
        } else {
          SafetensorsHeader.fill(file, channel, position, bytes);
          bytes.flip().asFloatBuffer().get(block, 0, r * c);
          copy(inFile, part);
        }
        position += bytes.limit();
      }
    }
  }

  /** Floats are moved, never computed with: that keeps the bits of NaN. */
  private static void copy(FloatMatrix from, FloatMatrix to) {
    for (int j = 0; j < to.columns(); j++) {
      int f = from.offset() + j * from.columnStride();
      int t = to.offset() + j * to.columnStride();
      for (int i = 0; i < to.rows(); i++) {
        to.array()[t + i * to.rowStride()] = from.array()[f + i * from.rowStride()];
      }
    }
  }

  private static void write(FileChannel channel, long position, ByteBuffer bytes)
      throws IOException {
    while (bytes.hasRemaining()) {
      position += channel.write(bytes, position);
    }
  }
}
