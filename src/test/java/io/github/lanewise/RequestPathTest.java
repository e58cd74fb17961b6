package io.github.lanewise;

import static io.github.lanewise.Floats.assertSameBits;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Wherever a request lies and whatever it is gathered with, its answer has the same bits. */
class RequestPathTest {
  private static final int MAX_BATCH = 9;
  private static final int IN = 19;
  private static final int OUT = 5;
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  private final SplittableRandom random = new SplittableRandom(21);
  private final float[] x = Floats.uniform(random, IN * MAX_BATCH, 1);

  private static Network network(Activation g) {
    return Network.builder(IN).dense(70, g).dense(33, g).dense(OUT, Activation.IDENTITY).build(3);
  }

  /** The answers to the first examples, by arrays. */
  private float[] expected(Network network, int batch) {
    float[] out = new float[OUT * batch];
    network.run(x, 0, batch, out, 0, Workspace.forInference(network, batch));
    return out;
  }

  @ParameterizedTest
  @MethodSource("io.github.lanewise.Activations#all")
  void segments(Activation g) {
    Network network = network(g);
    PackedNetwork packed = PackedNetwork.of(network);
    for (Workspace workspace :
        new Workspace[] {
          Workspace.forInference(network, MAX_BATCH), Workspace.forTraining(network, MAX_BATCH)
        }) {
      for (int batch = 1; batch <= MAX_BATCH; batch++) {
        float[] expected = expected(network, batch);
        try (Arena arena = Arena.ofConfined()) {
          for (MemorySegment in :
              new MemorySegment[] {
                MemorySegment.ofArray(new float[IN * MAX_BATCH + 2]),
                MemorySegment.ofArray(new byte[4 * IN * MAX_BATCH + 7]),
                arena.allocate(4L * IN * MAX_BATCH + 7)
              }) {
            // An odd byte, where the memory allows it: no alignment is asked for.
            long at = in.byteSize() % 4 == 0 ? 8 : 3;
            MemorySegment.copy(x, 0, in, FLOAT, at, IN * batch);
            MemorySegment out = arena.allocate(4L * OUT * batch + 9).fill((byte) 7);
            network.run(in.asReadOnly(), at, batch, out, 5, workspace);
            assertAnswers("segment", out, expected);
            out.fill((byte) 7);
            packed.run(in.asReadOnly(), at, batch, out, 5, workspace);
            assertAnswers("segment, packed", out, expected);
          }
        }
      }
    }
  }

  /** Answers from byte 5 on, and nothing else written. */
  private static void assertAnswers(String what, MemorySegment out, float[] expected) {
    float[] actual = new float[expected.length];
    MemorySegment.copy(out, FLOAT, 5, actual, 0, actual.length);
    assertSameBits(what, actual, expected);
    for (long i = 0; i < out.byteSize(); i++) {
      if ((i < 5 || i >= 5 + 4L * actual.length) && out.get(ValueLayout.JAVA_BYTE, i) != 7) {
        throw new AssertionError("byte " + i + " is written");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void buffers(boolean direct, boolean swapped) {
    Network network = network(Activation.GELU);
    PackedNetwork packed = PackedNetwork.of(network);
    Workspace workspace = Workspace.forInference(packed, MAX_BATCH);
    for (int batch = 1; batch <= MAX_BATCH; batch++) {
      FloatBuffer in = buffer(direct, swapped, IN * batch + 3);
      in.put(3, x, 0, IN * batch).position(1);
      FloatBuffer out = buffer(direct, swapped, OUT * batch + 4);
      FloatBuffer before = out.duplicate();
      for (int way = 0; way < 2; way++) {
        for (int i = 0; i < out.capacity(); i++) {
          out.put(i, -7);
        }
        if (way == 0) {
          network.run(in.asReadOnlyBuffer(), 3, batch, out, 2, workspace);
        } else {
          packed.run(in.asReadOnlyBuffer(), 3, batch, out, 2, workspace);
        }
        float[] all = new float[OUT * batch + 4];
        out.get(0, all);
        float[] expected = new float[all.length];
        Arrays.fill(expected, -7);
        System.arraycopy(expected(network, batch), 0, expected, 2, OUT * batch);
        assertSameBits("buffer " + way, all, expected);
      }
      if (!out.equals(before) || in.position() != 1) {
        throw new AssertionError("a position has moved");
      }
    }
  }

  private static FloatBuffer buffer(boolean direct, boolean swapped, int floats) {
    ByteBuffer bytes =
        direct ? ByteBuffer.allocateDirect(4 * floats) : ByteBuffer.allocate(4 * floats);
    ByteOrder other =
        ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
            ? ByteOrder.LITTLE_ENDIAN
            : ByteOrder.BIG_ENDIAN;
    return bytes.order(swapped ? other : ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** The input is read whole before an answer is written, so both may be one piece of memory. */
  @Test
  void answersMayReplaceTheRequest() {
    Network network = network(Activation.TANH);
    Workspace workspace = Workspace.forInference(network, MAX_BATCH);
    float[] expected = expected(network, MAX_BATCH);

    float[] both = x.clone();
    network.run(FloatBuffer.wrap(both), 0, MAX_BATCH, FloatBuffer.wrap(both), 0, workspace);
    assertSameBits("buffer", Arrays.copyOf(both, expected.length), expected);

    float[] segment = x.clone();
    MemorySegment memory = MemorySegment.ofArray(segment);
    network.run(memory, 0, MAX_BATCH, memory, 0, workspace);
    assertSameBits("segment", Arrays.copyOf(segment, expected.length), expected);
  }

  /** Single requests, gathered by chance into batches of any size, in any order. */
  @ParameterizedTest
  @MethodSource("io.github.lanewise.Activations#all")
  void gatheringChangesNoBit(Activation g) {
    Network network = network(g);
    PackedNetwork packed = PackedNetwork.of(network);
    Workspace workspace = Workspace.forInference(network, MAX_BATCH);
    int requests = 60;
    float[] all = Floats.uniform(random, IN * requests, 2);
    float[] alone = new float[OUT * requests];
    for (int r = 0; r < requests; r++) {
      network.run(all, IN * r, 1, alone, OUT * r, workspace);
    }
    float[] gathered = new float[IN * MAX_BATCH];
    float[] answers = new float[OUT * MAX_BATCH];
    for (int round = 0; round < 50; round++) {
      int batch = 1 + random.nextInt(MAX_BATCH);
      int[] who = random.ints(batch, 0, requests).toArray();
      for (int i = 0; i < batch; i++) {
        System.arraycopy(all, IN * who[i], gathered, IN * i, IN);
      }
      for (int way = 0; way < 2; way++) {
        if (way == 0) {
          network.run(gathered, 0, batch, answers, 0, workspace);
        } else {
          packed.run(gathered, 0, batch, answers, 0, workspace);
        }
        for (int i = 0; i < batch; i++) {
          assertSameBits(
              "request " + who[i] + ", " + i + " of " + batch,
              Arrays.copyOfRange(answers, OUT * i, OUT * (i + 1)),
              Arrays.copyOfRange(alone, OUT * who[i], OUT * (who[i] + 1)));
        }
      }
    }
  }

  /** A segment that must not be used refuses by itself, and nothing is written. */
  @Test
  void closedSegment() {
    Network network = network(Activation.TANH);
    Workspace workspace = Workspace.forInference(network, 1);
    MemorySegment in;
    try (Arena arena = Arena.ofConfined()) {
      in = arena.allocate(4L * IN);
    }
    float[] out = Floats.sentinels(OUT);
    assertThatThrownBy(() -> network.run(in, 0, 1, MemorySegment.ofArray(out), 0, workspace))
        .isInstanceOf(IllegalStateException.class);
    assertSameBits("out", out, Floats.sentinels(OUT));
  }
}
