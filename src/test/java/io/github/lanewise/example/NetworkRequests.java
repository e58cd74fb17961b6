package io.github.lanewise.example;

import io.github.lanewise.Activation;
import io.github.lanewise.Network;
import io.github.lanewise.PackedNetwork;
import io.github.lanewise.Warmup;
import io.github.lanewise.Workspace;
import java.util.Arrays;

/**
 * Requests of every batch size to two networks, a plain and a packed one, and their answers. No
 * texts here: who has C2 compile a method pays for those of its class, and these allocate nothing.
 */
final class Requests {
  private final Network plain =
      Network.builder(40).dense(70, Activation.GELU).dense(10, Activation.IDENTITY).build(1);
  private final PackedNetwork packed = packed(2);
  private final int maxBatch;
  private final Workspace plainSpace;

  /** Made for another network of the same sizes, as after an exchange under load. */
  private final Workspace packedSpace;

  private final float[] in;
  private final float[] out;
  private final float[][] expected;
  private int wrong;
  private int lastWrong;
  private int lastPlace;
  private float lastAnswer;

  Requests(int maxBatch) {
    this.maxBatch = maxBatch;
    plainSpace = Workspace.forInference(plain, maxBatch);
    packedSpace = Workspace.forInference(packed(3), maxBatch);
    in = new float[300 * maxBatch];
    out = new float[10 * maxBatch];
    expected = new float[2 * maxBatch][];
    for (int i = 0; i < in.length; i++) {
      in[i] = (i * 31 % 97 - 48) / 50f;
    }
  }

  private static PackedNetwork packed(long seed) {
    return PackedNetwork.of(
        Network.builder(300).dense(100, Activation.TANH).dense(5, Activation.RELU).build(seed));
  }

  Warmup warmup() {
    return Warmup.of(plain, maxBatch).and(Warmup.of(packed, maxBatch));
  }

  /** All of them, so many times. */
  void sweep(int rounds) {
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < expected.length; i++) {
        request(i);
      }
    }
  }

  /** All of them in turn, until the warm-up is over. */
  void meanwhile(Warmup warmup, Thread warming) {
    for (int i = 0; !warmup.isReady() && warming.isAlive(); i++) {
      request(i % expected.length);
    }
  }

  /** The i-th of all batch sizes of both networks; the first answer is what the others must be. */
  private void request(int i) {
    int batch = i / 2 + 1;
    if (i % 2 == 0) {
      plain.run(in, 0, batch, out, 0, plainSpace);
    } else {
      packed.run(in, 0, batch, out, 0, packedSpace);
    }
    if (expected[i] == null) {
      expected[i] = out.clone();
    }
    int floats = batch * (i % 2 == 0 ? 10 : 5);
    int place = Arrays.mismatch(out, 0, floats, expected[i], 0, floats);
    if (place >= 0) {
      wrong++;
      lastWrong = i;
      lastPlace = place;
      lastAnswer = out[place];
    }
  }

  /** Answers that were not the first one's. */
  int wrong() {
    return wrong;
  }

  /** Of the last wrong one. */
  int wrongBatch() {
    return lastWrong / 2 + 1;
  }

  boolean wrongIsPacked() {
    return lastWrong % 2 == 1;
  }

  int wrongPlace() {
    return lastPlace;
  }

  float wrongAnswer() {
    return lastAnswer;
  }

  float firstAnswer() {
    return expected[lastWrong][lastPlace];
  }
}
