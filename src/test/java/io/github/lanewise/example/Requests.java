package io.github.lanewise.example;

import io.github.lanewise.Warmup;
import java.util.Arrays;

/**
 * What a service is asked for, one after the other, and its answers: the first of each kind is what
 * the others must be. No texts in these classes: who has C2 compile a method pays for those of its
 * class, and these allocate nothing.
 */
abstract class Requests {
  private final float[][] expected;
  private final boolean[] known;
  private int wrong;
  private int lastWrong;
  private int lastPlace;
  private float lastAnswer;

  /** The answer to the last one, and whatever comes behind it. */
  final float[] out;

  Requests(int kinds, int floats) {
    expected = new float[kinds][floats];
    known = new boolean[kinds];
    out = new float[floats];
  }

  abstract Warmup warmup();

  /** Answers a request of this kind. Returns how many floats that are. */
  abstract int answer(int kind);

  /** Some of those that allocate; networks have none. */
  void allocating() {}

  /** Puts other weights into the service, whose answers are new; only networks have any. */
  void exchange() {
    Arrays.fill(known, false);
  }

  /** The same on every machine and in every tier. */
  final int digest() {
    return Arrays.deepHashCode(expected);
  }

  /** All of them, so many times. */
  final void sweep(int rounds) {
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < expected.length; i++) {
        request(i);
      }
    }
  }

  /** All of them in turn, until the warm-up is over. */
  final void meanwhile(Warmup warmup, Thread warming) {
    for (int i = 0; !warmup.isReady() && warming.isAlive(); i++) {
      request(i % expected.length);
    }
  }

  private void request(int kind) {
    int floats = answer(kind);
    if (!known[kind]) {
      System.arraycopy(out, 0, expected[kind], 0, floats);
      known[kind] = true;
    }
    int place = Arrays.mismatch(out, 0, floats, expected[kind], 0, floats);
    if (place >= 0) {
      wrong++;
      lastWrong = kind;
      lastPlace = place;
      lastAnswer = out[place];
    }
  }

  /** Answers that were not the first one's. */
  final int wrong() {
    return wrong;
  }

  /** The kind of the last one. */
  final int wrongKind() {
    return lastWrong;
  }

  final int wrongPlace() {
    return lastPlace;
  }

  final float wrongAnswer() {
    return lastAnswer;
  }

  final float firstAnswer() {
    return expected[lastWrong][lastPlace];
  }
}
