package io.github.lanewise.bench.peer;

/** A library that multiplies matrices. */
public interface GemmPeer extends Peer {
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
}
