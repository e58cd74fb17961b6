package io.github.lanewise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A call that must be refused, what its message must say, and, while it is made, every array in
 * reach: none of them may change.
 */
final class Refusal {
  private final String method;
  private final String why;
  private final Class<? extends Exception> type;
  private final List<String> words;
  private final Consumer<Watched> call;

  private Refusal(
      String method,
      String why,
      Class<? extends Exception> type,
      List<String> words,
      Consumer<Watched> call) {
    this.method = method;
    this.why = why;
    this.type = type;
    this.words = words;
    this.call = call;
  }

  /**
   * A null argument: the message is its name and nothing else, so it was asked for, not stumbled
   * on.
   */
  static Refusal ofNull(String method, String argument, Consumer<Watched> call) {
    return new Refusal(
        method, argument + " is null", NullPointerException.class, List.of(argument), call);
  }

  /** An argument that makes no sense: the message has all these words, its name first. */
  static Refusal illegal(String method, String why, Consumer<Watched> call, String... words) {
    return new Refusal(method, why, IllegalArgumentException.class, List.of(words), call);
  }

  /** A refusal of another type. */
  static Refusal thrown(
      Class<? extends Exception> type,
      String method,
      String why,
      Consumer<Watched> call,
      String... words) {
    return new Refusal(method, why, type, List.of(words), call);
  }

  /** As {@code Gemm.multiply}, to see which methods have refusals. */
  String method() {
    return method;
  }

  void verify() {
    Watched watched = new Watched();
    Throwable thrown = catchThrowable(() -> call.accept(watched));
    assertThat(thrown).isExactlyInstanceOf(type);
    if (type == NullPointerException.class) {
      assertThat(thrown).hasMessage(words.get(0));
    } else {
      assertThat(thrown.getMessage()).contains(words);
      if (type == IllegalArgumentException.class) {
        assertThat(thrown.getMessage()).startsWith(words.get(0));
      }
    }
    watched.assertUnwritten();
  }

  @Override
  public String toString() {
    return method + ": " + why;
  }

  /** Hands out arrays full of sentinels and keeps a copy of each. */
  static final class Watched {
    private final List<float[]> arrays = new ArrayList<>();
    private final List<float[]> copies = new ArrayList<>();

    float[] floats(int length) {
      return watch(Floats.sentinels(length));
    }

    /** Column by column, in an array of its own, with room to spare. */
    FloatMatrix matrix(int rows, int columns) {
      return FloatMatrix.columnMajor(floats(rows * columns + 8), rows, columns);
    }

    /** An array of somebody else. */
    float[] watch(float[] array) {
      arrays.add(array);
      copies.add(array.clone());
      return array;
    }

    Network watch(Network network) {
      watch(network.parameters());
      return network;
    }

    private void assertUnwritten() {
      for (int i = 0; i < arrays.size(); i++) {
        Floats.assertSameBits("array " + i, arrays.get(i), copies.get(i));
      }
    }
  }
}
