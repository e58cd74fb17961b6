package io.github.lanewise.bench;

import java.util.List;

/**
 * A library that multiplies matrices. One thread, whatever it takes: a peer that cannot be held to
 * one is left out by name.
 */
public interface GemmPeer {
  /** What the peer is compared as: Lanewise itself, called from Java, or written in Java. */
  enum Kind {
    LANEWISE,
    NATIVE,
    JVM
  }

  /** The peer's name as {@code -p peer=} spells it. */
  String name();

  Kind kind();

  /**
   * Loads the library and pins it to the calling thread.
   *
   * @return what the library says of itself: version, chosen kernels, threads
   * @throws Unavailable with the reason why it cannot run here
   */
  String open() throws Unavailable;

  /** Whether the library has a call for these strides. */
  default boolean takes(GemmShape shape) {
    return true;
  }

  /** Makes everything that is not part of a call: views, segments, native copies. */
  Product prepare(GemmShape shape, Operands operands);

  /** Whether every result has the bits of the chain of fma that is Lanewise's contract. */
  default boolean exact() {
    return false;
  }

  /** What the fork's JVM has to be told for this peer. */
  default List<String> jvmArgs() {
    return List.of();
  }

  /**
   * The same product over and over, overwriting C.
   *
   * @see GemmPeer#prepare
   */
  interface Product {
    /**
     * C = op(A)·op(B).
     *
     * @param copy which of the copies of A
     */
    void multiply(int copy);

    /** The whole array that C lies in, read by the check and never while measuring. */
    float[] c();
  }

  /**
   * The arrays of a product, laid out as the shape says.
   *
   * @param a copies of A, all equal; more than one when the weights have to be cold
   * @param b the array that holds B
   * @param c the array that C is written to
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Operands(float[][] a, float[] b, float[] c) {}

  /** Says why a peer cannot run here. */
  final class Unavailable extends Exception {
    private static final long serialVersionUID = 1;

    public Unavailable(String reason) {
      super(reason);
    }
  }
}
