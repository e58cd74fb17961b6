package io.github.lanewise;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A damaged or hostile file is refused with an IOException that names it, and with nothing else.
 */
class SafetensorsRefusalTest {
  private static final String W = "'weight':{'dtype':'F32','shape':[1,1],'data_offsets':[0,4]}";
  private static final String B = "'bias':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}";

  /** Bytes of data in the small file: W 3×2, b 3, W 1×3, b 1. */
  private static final int DATA = 4 * (6 + 3 + 3 + 1);

  private static final String[] TOKENS =
      "[[[[ {\"a\": [ ] { } \" \\ \\ud800 , : - 0 1 9 1e9 .5 null 4294967296 999999999999999999 \u00ff \n"
          .split(" ", -1);

  @TempDir Path directory;

  @Test
  void theFileThatTheOthersVary() throws IOException {
    Path file = write("{" + W + "," + B + "}", 8);
    assertThat(Safetensors.load(file, Activation.RELU).toString())
        .startsWith("Network[1 -> 1 relu");
  }

  /** Quotes are apostrophes; $W and $B stand for the tensors above. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # the text
          ``                                | 0 | does not begin with {
          ` {$W,$B}`                          | 8 | does not begin with {
          [$W,$B]                             | 8 | does not begin with {
          {                                 | 0 | must be "
          {$W,$B                              | 8 | must be }
          {$W $B}                             | 8 | must be }
          {$W,$B,}                            | 8 | must be "
          {,$W,$B}                            | 8 | must be "
          {$W,$B}}                            | 8 | something other than spaces
          {$W,$B}{}                           | 8 | something other than spaces
          `{$W,$B}\t`                         | 8 | something other than spaces
          {'weight'                         | 0 | must be :
          {'weight:1}                       | 0 | must not end yet
          {'a\\x':1}                        | 0 | is no escape
          {'a\\u12g4':1}                    | 0 | four hexadecimal digits
          {'a\\ud800':1}                    | 0 | half a surrogate pair
          {'a\\udc00\\ud800':1}             | 0 | half a surrogate pair
          {'a\tb':1}                        | 0 | a control character
          # the objects
          {$W,$B,$W}                           | 8 | a second "weight"
          {$W,$B,'\\u0077eight':1}            | 8 | a second "weight"
          {'__metadata__':{},'__metadata__':{}} | 0 | a second "__metadata__"
          {'__metadata__':{'a':'','a':''}}  | 0 | a second "a"
          {'a':{'dtype':'F32','dtype':'F32'}} | 0 | a second "dtype"
          {'__metadata__':null,$W,$B}         | 8 | must be {
          {'__metadata__':{'a':1},$W,$B}      | 8 | must be "
          {'__metadata__':{'a':{}},$W,$B}     | 8 | must be "
          {'__metadata__':{'a':null},$W,$B}   | 8 | must be "
          {'a':null}                        | 0 | must be {
          {'a':{}}                          | 0 | must have a dtype, a shape and two data_offsets
          {'a':{'dtype':'F32','shape':[0]}} | 0 | must have a dtype, a shape and two data_offsets
          {'a':{'dtype':'F32','data_offsets':[0,0]}} | 0 | must have a dtype, a shape and two
          {'a':{'shape':[0],'data_offsets':[0,0]}}   | 0 | must have a dtype, a shape and two
          {'a':{'dtype':'F32','shape':[0],'data_offsets':[0]}}     | 0 | two data_offsets
          {'a':{'dtype':'F32','shape':[0],'data_offsets':[0,0,0]}} | 0 | two data_offsets
          {'a':{'dtype':'F32','shape':[0],'data_offsets':[0,0],'x':1}} | 0 | unknown key
          {'a':{'dtype':32}}                | 0 | must be "
          {'a':{'dtype':'f32','shape':[0],'data_offsets':[0,0]}} | 0 | unknown dtype
          # the numbers
          {'a':{'shape':[-1]}}              | 0 | must be an integer
          {'a':{'shape':[+1]}}              | 0 | must be an integer
          {'a':{'shape':['1']}}             | 0 | must be an integer
          {'a':{'shape':[01]}}              | 0 | must be an integer
          {'a':{'shape':[1.0]}}             | 0 | must be ]
          {'a':{'shape':[1e3]}}             | 0 | must be ]
          {'a':{'shape':[1,]}}              | 0 | must be an integer
          {'a':{'shape':[9223372036854775808]}} | 0 | of at most 18 digits
          {'a':{'shape':4}}                 | 0 | must be [
          {'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,0]}} | 0 | too large
          {'a':{'dtype':'F64','shape':[999999999999999999],'data_offsets':[0,0]}}    | 0 | too large
          {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}}  | 4 | takes 64 bits
          {'a':{'dtype':'F32','shape':[1],'data_offsets':[8,4]}}  | 4 | takes 32 bits
          {'a':{'dtype':'F4','shape':[3],'data_offsets':[0,1]}}   | 1 | takes 12 bits
          {'a':{'dtype':'F32','shape':[0,9],'data_offsets':[0,1]}} | 1 | takes 0 bits
          # the tiles
          {$W,$B}                             | 7 | the tensors end at byte
          {$W,$B}                             | 9 | the tensors end at byte
          {}                                | 1 | the tensors end at byte
          {$W,'bias':{'dtype':'F32','shape':[1],'data_offsets':[5,9]}} | 9 | "bias" F32 [1] begins at
          {$W,'bias':{'dtype':'F32','shape':[1],'data_offsets':[3,7]}} | 7 | "bias" F32 [1] begins at
          {$W,'bias':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | 4 | begins at byte
          {$W,'x':{'dtype':'U8','shape':[0],'data_offsets':[2,2]}}     | 4 | "x" U8 [0] begins at
          {$B}                               | 8 | "bias" F32 [1] begins at byte
          # the layers
          {}                                | 0 | there are no layers
          {$W}                               | 4 | "weight" F32 [1, 1] is not one of a pair
          {'0.bias':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | 4 | pair "0.weight" and "0.b
          {$W,$B,'x':{'dtype':'F32','shape':[],'data_offsets':[8,12]}}  | 12 | "x" F32 [] is not one of
          {$W,$B,'x':{'dtype':'F32','shape':[0],'data_offsets':[0,0]}} | 8 | "x" F32 [0] is not one of
          {$W,$B,'x.y':{'dtype':'I64','shape':[1],'data_offsets':[8,16]}} | 16 | "x.y" I64 [1] is not
          {$B,'weight':{'dtype':'BF16','shape':[1,2],'data_offsets':[0,4]}} | 8 | "weight" BF16 [1, 2]
          {$B,'weight':{'dtype':'F16','shape':[2,1],'data_offsets':[0,4]}}  | 8 | must be F32
          {$B,'weight':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}     | 8 | have a shape of 2
          {$B,'weight':{'dtype':'F32','shape':[1,1,1],'data_offsets':[0,4]}} | 8 | have a shape of 2
          {$W,'bias':{'dtype':'F32','shape':[1,1],'data_offsets':[4,8]}}     | 8 | have a shape of 1
          {$W,'bias':{'dtype':'F32','shape':[],'data_offsets':[4,8]}}        | 8 | have a shape of 1
          {$W,'bias':{'dtype':'F32','shape':[0],'data_offsets':[4,4]}}       | 4 | from 1 to
          """)
  void malformed(String json, int dataBytes, String complaint) throws IOException {
    Path file = write(json.replace("$W", W).replace("$B", B), dataBytes);
    assertThatIOException()
        .isThrownBy(() -> Safetensors.load(file, Activation.RELU))
        .withMessageStartingWith(file + ": ")
        .withMessageContaining(complaint);
  }

  @Test
  void namesTheTensorsThatDoNotFit() throws IOException {
    Path bias = write("{" + W + ",'bias':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}}", 12);
    assertThatIOException()
        .isThrownBy(() -> Safetensors.load(bias, Activation.RELU))
        .withMessage(
            bias
                + ": \"bias\" F32 [2] must have one element for each row of \"weight\" F32 [1, 1]");

    Path chain =
        write(
            "{'2.bias':{'dtype':'F32','shape':[3],'data_offsets':[0,12]},"
                + "'2.weight':{'dtype':'F32','shape':[3,2],'data_offsets':[12,36]},"
                + "'10.bias':{'dtype':'F32','shape':[1],'data_offsets':[36,40]},"
                + "'10.weight':{'dtype':'F32','shape':[1,2],'data_offsets':[40,48]}}",
            48);
    assertThatIOException()
        .isThrownBy(() -> Safetensors.load(chain, Activation.RELU, Activation.RELU))
        .withMessage(
            chain
                + ": \"10.weight\" F32 [1, 2] must have one column for each row of"
                + " \"2.weight\" F32 [3, 2]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'lanewise.activations':'relu' | lacks lanewise.activations or lanewise.format 1",
        "'lanewise.format':'1' | lacks lanewise.activations or lanewise.format 1",
        "'lanewise.format':'2','lanewise.activations':'relu' | or lanewise.format 1",
        "'lanewise.format':'1','lanewise.activations':'' | is no known activation",
        "'lanewise.format':'1','lanewise.activations':'relu,' | 1 layers, but metadata names 2",
        "'lanewise.format':'1','lanewise.activations':'Relu' | is no known activation",
        "'lanewise.format':'1','lanewise.activations':'elu(-1)' | alpha is -1.0",
        "'lanewise.format':'1','lanewise.activations':'elu(x)' | no number in brackets",
        "'lanewise.format':'1','lanewise.activations':'relu,relu' | 1 layers, but metadata names 2",
      },
      quoteCharacter = '`')
  void metadataWithoutActivations(String metadata, String complaint) throws IOException {
    Path file = write("{'__metadata__':{" + metadata + "}," + W + "," + B + "}", 8);
    assertThatIOException()
        .isThrownBy(() -> Safetensors.load(file))
        .withMessageStartingWith(file + ": ")
        .withMessageContaining(complaint);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 100_000_001, 1L << 31, 1L << 32, 9, 10})
  void headerLongerThanTheFileOrTheLimit(long length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    Path file = overwrite(bytes.array());
    refused(file);
  }

  @Test
  void headerOverTheLimitInALargeFile() throws IOException {
    ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    Path file = sparse(length.putLong(100_000_001).array(), 100_000_100);
    assertThatIOException()
        .isThrownBy(() -> Safetensors.load(file))
        .withMessageContaining("the limit is 100000000");
  }

  @Test
  void moreParametersThanAnArrayHolds() throws IOException {
    String json =
        "{'weight':{'dtype':'F32','shape':[65536,32768],'data_offsets':[0,8589934592]},"
            + "'bias':{'dtype':'F32','shape':[65536],'data_offsets':[8589934592,8590196736]}}";
    byte[] header = json.replace('\'', '"').getBytes(UTF_8);
    ByteBuffer start = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
    start.putLong(header.length).put(header);
    Path file = sparse(start.array(), 8 + header.length + 8_590_196_736L);
    assertThatIOException()
        .isThrownBy(() -> Safetensors.load(file, Activation.RELU))
        .withMessageStartingWith(file + ": layer 0 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{'a':", "{'__metadata__':{'a':", "{'a':{'shape':"})
  void deepNesting(String before) throws IOException {
    for (String bracket : new String[] {"[", "{", "{'a':", "[{'a':"}) {
      refused(write(before + bracket.repeat(1_000_000), 0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff", "c0 80", "ed a0 80", "f4 90 80 80", "e2 82", "80"})
  void notUtf8(String hex) throws IOException {
    StringBuilder name = new StringBuilder();
    for (String octet : hex.split(" ", -1)) {
      name.append((char) Integer.parseInt(octet, 16));
    }
    String json = "{'__metadata__':{'" + name + "':''}," + W + "," + B + "}";
    byte[] header = json.replace('\'', '"').getBytes(ISO_8859_1);
    assertThatIOException()
        .isThrownBy(() -> Safetensors.load(write(header, new byte[8]), Activation.RELU))
        .withMessageContaining("not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{'dtype':1}", "{'dtype':'?','shape':[],'data_offsets':[0,0]}", "{'?':1}"})
  void complaintIsOneShortLine(String tensor) throws IOException {
    String name = "a\\n\\u2028\\u001b[31m" + "b".repeat(100_000);
    Path file = write("{'" + name + "':" + tensor + "}", 0);
    assertThatIOException()
        .isThrownBy(() -> Safetensors.load(file, Activation.RELU))
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .hasSizeLessThan(1000)
                    .doesNotContainPattern("[\\p{Cntrl}\\u2028]"));
  }

  /** In the message, and in what a log prints below it. */
  @ParameterizedTest
  @ValueSource(strings = {"%s", "elu(%s)"})
  void complaintOfAnActivationIsOneShortLine(String activation) throws IOException {
    String forged = "\\n2026-01-01 ERROR \\u001b[31m" + "b".repeat(100_000);
    String activations = "'lanewise.activations':'" + activation.formatted(forged) + "'";
    Path file =
        write(
            "{'__metadata__':{'lanewise.format':'1'," + activations + "}," + W + "," + B + "}", 8);
    assertThatIOException()
        .isThrownBy(() -> Safetensors.load(file))
        .withNoCause()
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .contains("ERROR")
                    .hasSizeLessThan(1000)
                    .doesNotContainPattern("[\\p{Cntrl}\\u2028]"));
  }

  @Test
  void everyTruncation() throws IOException {
    byte[] whole = small();
    for (int length = 0; length < whole.length; length++) {
      refused(overwrite(Arrays.copyOf(whole, length)));
    }
    refused(overwrite(Arrays.copyOf(whole, whole.length + 1)));
  }

  @Test
  void everyFlippedBitOfTheHeader() throws IOException {
    byte[] bytes = small();
    int loaded = 0;
    for (int bit = 0; bit < 8 * (bytes.length - DATA); bit++) {
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      loaded += loads(overwrite(bytes)) ? 1 : 0;
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
    assertThat(loaded).isPositive(); // for one, "format":"pt" may become "format":"pu"
  }

  @Test
  void seededCorruption() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    byte[] whole = small();
    byte[] header = Arrays.copyOfRange(whole, 8, whole.length - DATA);
    byte[] data = Arrays.copyOfRange(whole, whole.length - DATA, whole.length);
    int loaded = 0;
    for (int i = 0; i < 4000; i++) {
      byte[] json = header;
      for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
        json = corrupt(json, random);
      }
      loaded += loads(write(json, random.nextInt(8) == 0 ? corrupt(data, random) : data)) ? 1 : 0;
    }
    assertThat(loaded).isPositive();
  }

  /** Overwrites, inserts, removes or repeats a few bytes. */
  private static byte[] corrupt(byte[] bytes, SplittableRandom random) {
    int from = random.nextInt(bytes.length);
    int to = Math.min(bytes.length, from + random.nextInt(12));
    ByteBuffer result = ByteBuffer.allocate(2 * bytes.length + 64).put(bytes, 0, from);
    switch (random.nextInt(4)) {
      case 0 ->
          result.put((byte) random.nextInt(256)).put(bytes, from + 1, bytes.length - from - 1);
      case 1 ->
          result
              .put(TOKENS[random.nextInt(TOKENS.length)].getBytes(ISO_8859_1))
              .put(bytes, from, bytes.length - from);
      case 2 -> result.put(bytes, to, bytes.length - to);
      default -> result.put(bytes, from, to - from).put(bytes, from, bytes.length - from);
    }
    return Arrays.copyOf(result.array(), result.position());
  }

  /** Whether a file loads, with activations given or not; then the network is the small one. */
  private static boolean loads(Path file) throws IOException {
    boolean loaded = false;
    for (boolean given : new boolean[] {true, false}) {
      Network network;
      try {
        network =
            given
                ? Safetensors.load(file, Activation.RELU, Activation.RELU)
                : Safetensors.load(file);
      } catch (IOException e) {
        assertThat(e).hasMessageStartingWith(file + ": ").isExactlyInstanceOf(IOException.class);
        continue;
      }
      assertThat(network.sizes()).containsExactly(2, 3, 1);
      loaded = true;
    }
    return loaded;
  }

  private static void refused(Path file) throws IOException {
    assertThat(loads(file)).isFalse();
  }

  private byte[] small() throws IOException {
    Path file = directory.resolve("small.safetensors");
    Network.Builder builder = Network.builder(2).dense(3, Activation.leakyRelu(0.5f));
    Safetensors.save(builder.dense(1, Activation.IDENTITY).build(1), file);
    return Files.readAllBytes(file);
  }

  private Path sparse(byte[] start, long size) throws IOException {
    Path file = directory.resolve("sparse");
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      channel.write(ByteBuffer.wrap(start));
      channel.write(ByteBuffer.allocate(1), size - 1);
    }
    return file;
  }

  private Path write(String json, int dataBytes) throws IOException {
    return write(json.replace('\'', '"').getBytes(UTF_8), new byte[dataBytes]);
  }

  private Path write(byte[] header, byte[] data) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + data.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).put(header).put(data);
    return overwrite(bytes.array());
  }

  /** Without emptying the file first: that costs file systems a millisecond and more. */
  private Path overwrite(byte[] bytes) throws IOException {
    Path file = directory.resolve("file");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes));
      channel.truncate(bytes.length);
    }
    return file;
  }
}
