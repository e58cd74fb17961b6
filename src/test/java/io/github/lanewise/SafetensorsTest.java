package io.github.lanewise;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks go through files bit by bit, in the layout that Python reads and writes. */
class SafetensorsTest {
  private static final int[] UNUSUAL_BITS = {
    0x7f800001, // signalling NaN
    0xffbfffff, // signalling NaN with another payload and sign
    0x7fc12345, // quiet NaN with a payload
    0x80000000, // -0
    0x00000001, // the smallest subnormal
    0x807fffff, // the largest negative subnormal
    0x7f800000, // infinity
    0xff7fffff, // -Float.MAX_VALUE
  };

  @TempDir Path directory;

  // The last two shapes have rows, and columns, longer than a block of a transfer.
  @ParameterizedTest
  @ValueSource(strings = {"1 1", "3 4 2", "7 1 1 9", "300 257 129", "70001 3 2", "3 70001 2"})
  void roundTripKeepsEveryBit(String sizes) throws IOException {
    int[] n = Stream.of(sizes.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
    Network.Builder builder = Network.builder(n[0]);
    for (int l = 1; l < n.length; l++) {
      builder.dense(n[l], l % 2 == 1 ? Activation.RELU : Activation.elu(0.1f));
    }
    Network network = withUnusualBits(builder.build(1));
    Path file = directory.resolve("network.safetensors");

    Safetensors.save(network, file);
    assertSame(Safetensors.load(file), network);

    Activation[] given =
        network.layers().stream().map(DenseLayer::activation).toArray(Activation[]::new);
    assertSame(Safetensors.load(file, given), network);
  }

  @Test
  void everyActivation() throws IOException {
    Network.Builder builder = Network.builder(1);
    Stream.of("identity", "relu", "sigmoid", "tanh", "softplus", "gelu", "gelu_tanh", "silu")
        .forEach(name -> builder.dense(1, Activation.parse(name)));
    Network network =
        builder
            .dense(1, Activation.HARDSWISH)
            .dense(1, Activation.leakyRelu(0.01f))
            .dense(1, Activation.leakyRelu(0))
            .dense(1, Activation.elu(Float.MIN_VALUE))
            .dense(1, Activation.elu(12345.678f))
            .build(2);
    Path file = directory.resolve("network.safetensors");

    Safetensors.save(network, file);

    assertSame(Safetensors.load(file), network);
  }

  @Test
  void savedBytes() throws IOException {
    Network network =
        Network.builder(3).dense(2, Activation.TANH).dense(1, Activation.elu(0.5f)).build(3);
    float[] w0 = {0, 10, 1, 11, 2, 12}; // column by column: w0(i, j) = 10i + j
    System.arraycopy(w0, 0, network.parameters(), network.weightOffset(0), 6);
    System.arraycopy(new float[] {20, 21}, 0, network.parameters(), network.biasOffset(0), 2);
    System.arraycopy(new float[] {30, 31}, 0, network.parameters(), network.weightOffset(1), 2);
    network.parameters()[network.biasOffset(1)] = 40;
    Path file = directory.resolve("network.safetensors");

    Safetensors.save(network, file);

    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[(int) bytes.getLong()];
    bytes.get(header);
    assertThat(new String(header, UTF_8).stripTrailing())
        .isEqualTo(
            "{'__metadata__':{'format':'pt','lanewise.format':'1',"
                .concat("'lanewise.activations':'tanh,elu(0.5)'},")
                .concat("'layers.0.weight':{'dtype':'F32','shape':[2, 3],")
                .concat("'data_offsets':[0, 24]},")
                .concat("'layers.0.bias':{'dtype':'F32','shape':[2],")
                .concat("'data_offsets':[24, 32]},")
                .concat("'layers.1.weight':{'dtype':'F32','shape':[1, 2],")
                .concat("'data_offsets':[32, 40]},")
                .concat("'layers.1.bias':{'dtype':'F32','shape':[1],")
                .concat("'data_offsets':[40, 44]}}")
                .replace('\'', '"'));
    assertThat(header.length % 8).isZero();
    float[] data = new float[bytes.remaining() / 4];
    bytes.asFloatBuffer().get(data);
    assertThat(data).containsExactly(0, 1, 2, 10, 11, 12, 20, 21, 30, 31, 40);
    assertThat(bytes.remaining()).isEqualTo(44);
  }

  /**
   * The bytes that Python's safetensors 0.8.0 writes for the state dict of Sequential(Linear(3, 4),
   * ReLU(), Linear(4, 2)), with 0.weight(i, j) = (3i + j)/8 and 2.weight(i, j) = -(4i + j).
   */
  @Test
  void fileFromPython() throws IOException {
    String json =
        """
        {"__metadata__":{"format":"pt"},\
        "0.bias":{"dtype":"F32","shape":[4],"data_offsets":[0,16]},\
        "0.weight":{"dtype":"F32","shape":[4,3],"data_offsets":[16,64]},\
        "2.bias":{"dtype":"F32","shape":[2],"data_offsets":[64,72]},\
        "2.weight":{"dtype":"F32","shape":[2,4],"data_offsets":[72,104]}}\
        """;
    float[] data = {
      -1.5f, -0.5f, 0.5f, 1.5f, //
      0, 0.125f, 0.25f, 0.375f, 0.5f, 0.625f, 0.75f, 0.875f, 1, 1.125f, 1.25f, 1.375f, //
      0.5f, -0f, //
      -0f, -1, -2, -3, -4, -5, -6, -7
    };
    Path file = write(directory, json, floats(data));
    assertThat(Files.size(file)).isEqualTo(392);

    Network network = Safetensors.load(file, Activation.RELU, Activation.IDENTITY);

    assertThat(network.toString()).startsWith("Network[3 -> 4 relu -> 2 identity");
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 3; j++) {
        assertThat(network.layers().get(0).weights().get(i, j)).isEqualTo((3 * i + j) / 8f);
      }
      assertThat(network.layers().get(0).bias().get(i, 0)).isEqualTo(i - 1.5f);
    }
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 4; j++) {
        assertThat(network.layers().get(1).weights().get(i, j)).isEqualTo(-(4f * i + j));
      }
    }
    assertThat(network.layers().get(1).bias().get(0, 0)).isEqualTo(0.5f);
    assertThat(network.layers().get(1).bias().get(1, 0)).isEqualTo(-0f);

    assertThatIOException()
        .isThrownBy(() -> Safetensors.load(file))
        .withMessageStartingWith(file.toString())
        .withMessageContaining("lanewise.activations");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0. 2. 4. 6. 8. 10. 12.",
        "fc1. fc2. fc10. fc20. out.",
        "a.b9.c. a.b10.b. b.",
        "01. 1. 1a.",
        "x99999999999999999999. x100000000000000000000.",
        "'' 0. \\u00e9. \\ud83d\\ude00.",
      })
  void layersInNaturalOrder(String names) throws IOException {
    List<String> prefixes = List.of(names.replace("''", "").split(" ", -1));
    int count = prefixes.size();
    StringBuilder json = new StringBuilder("{");
    for (int l = count - 1; l >= 0; l--) { // the order in the file means nothing
      String prefix = prefixes.get(l);
      json.append(tensor(prefix + "weight", "1, 1", 8 * l, 8 * l + 4)).append(',');
      json.append(tensor(prefix + "bias", "1", 8 * l + 4, 8 * l + 8)).append(l > 0 ? "," : "}");
    }
    float[] data = new float[2 * count];
    for (int i = 0; i < data.length; i++) {
      data[i] = i;
    }
    Activation[] activations = new Activation[count];
    Arrays.fill(activations, Activation.RELU);

    Network network =
        Safetensors.load(write(directory, json.toString(), floats(data)), activations);

    assertThat(network.parameters()).containsExactly(data);
  }

  @Test
  void everyWayToWriteTheSameHeader() throws IOException {
    String json =
        """
        { "__metadata__" : { } ,\t"\\u0077eight" :\r\n{ "data_offsets" : [ 4 , 8 ] ,
        "shape":[1,1], "dtype":"F\\u00332"},"bias":{"shape":[1],"data_offsets":[0,4],"dtype":"F32"}} \
        """;
    Path file = write(directory, json, floats(5, 6));
    assertThat(Safetensors.load(file, Activation.RELU).parameters()).containsExactly(6, 5);
  }

  @Test
  void wrongArguments() throws IOException {
    Path file = directory.resolve("network.safetensors");
    Network network = Network.builder(1).dense(1, Activation.RELU).build(1);
    Safetensors.save(network, file);
    assertThatNullPointerException().isThrownBy(() -> Safetensors.save(null, file));
    assertThatNullPointerException().isThrownBy(() -> Safetensors.save(network, null));
    assertThatNullPointerException().isThrownBy(() -> Safetensors.load(null));
    assertThatNullPointerException().isThrownBy(() -> Safetensors.load(file, (Activation) null));
    assertThatThrownBy(() -> Safetensors.load(file, Activation.RELU, Activation.RELU))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 activations for the 1 layers of " + file);
    assertThatThrownBy(() -> Safetensors.load(file, new Activation[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Safetensors.load(directory.resolve("absent")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatIOException()
        .isThrownBy(() -> Safetensors.load(directory))
        .withMessage(directory + ": is a directory");
  }

  @Test
  void savingReplacesAFile() throws IOException {
    Path file = directory.resolve("network.safetensors");
    Network network = Network.builder(2).dense(3, Activation.RELU).build(1);
    Safetensors.save(Network.builder(20).dense(30, Activation.RELU).build(1), file);
    Safetensors.save(network, file);
    assertSame(Safetensors.load(file), network);
    assertThat(filesInDirectory()).containsExactly(file);
  }

  @Test
  void failedSaveLeavesTheFileAlone() throws IOException {
    Path file = directory.resolve("network.safetensors");
    Network old = Network.builder(2).dense(3, Activation.RELU).build(1);
    Network other = Network.builder(2).dense(3, Activation.RELU).build(2);
    Safetensors.save(old, file);

    Thread.currentThread().interrupt(); // closes the channel at the first write
    assertThatThrownBy(() -> Safetensors.save(other, file))
        .isInstanceOf(ClosedByInterruptException.class);
    assertThat(Thread.interrupted()).isTrue();

    assertSame(Safetensors.load(file), old);
    assertThat(filesInDirectory()).containsExactly(file);
  }

  @Test
  void saveToAnImpossiblePlace() throws IOException {
    Network network = Network.builder(2).dense(3, Activation.RELU).build(1);
    Path occupied = Files.createDirectory(directory.resolve("occupied"));
    Path inside = Files.createFile(occupied.resolve("inside"));
    assertThatIOException().isThrownBy(() -> Safetensors.save(network, occupied));
    assertThatIOException()
        .isThrownBy(() -> Safetensors.save(network, directory.resolve("absent").resolve("x")));
    assertThat(filesInDirectory()).containsExactly(occupied);
    assertThat(inside).exists();
  }

  /** A file with this header, unpadded, and this data. */
  private static Path write(Path directory, String json, byte[] data) throws IOException {
    byte[] header = json.getBytes(UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + data.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).put(header).put(data);
    return Files.write(directory.resolve("written.safetensors"), bytes.array());
  }

  private static String tensor(String name, String shape, int begin, int end) {
    return "\"%s\":{\"dtype\":\"F32\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
        .formatted(name, shape, begin, end);
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private List<Path> filesInDirectory() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return new ArrayList<>(files.toList());
    }
  }

  private static Network withUnusualBits(Network network) {
    SplittableRandom random = new SplittableRandom(4);
    float[] parameters = network.parameters();
    for (int i = 0; i < parameters.length; i++) {
      int bits = i % 3 == 0 ? UNUSUAL_BITS[i / 3 % UNUSUAL_BITS.length] : random.nextInt();
      parameters[i] = Float.intBitsToFloat(bits);
    }
    return network;
  }

  private static void assertSame(Network actual, Network expected) {
    assertThat(actual).hasToString(expected.toString());
    assertThat(bits(actual)).isEqualTo(bits(expected));
  }

  private static int[] bits(Network network) {
    int[] bits = new int[network.parameters().length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(network.parameters()[i]);
    }
    return bits;
  }
}
