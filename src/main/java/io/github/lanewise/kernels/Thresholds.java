package io.github.lanewise.kernels;

/**
 * The sizes from which on other kernels compute a product: what a warm-up has to know in order to
 * meet them all. m, n and k are those of {@link Kernels#gemm} when it has turned the product.
 */
public interface Thresholds {
  /** Of kernels that are the same for every size. */
  Thresholds NONE = new Same();

  /**
   * The least m from which on a product whose A lies by rows and whose C has n columns is computed
   * by kernels of its own because B is packed; {@code Integer.MAX_VALUE} where there are none.
   */
  int packedRows(int n);

  /** The least m of which the first rows pack what they can of such a B; as above where none do. */
  int packingRows(int n);

  /** The most rows of a C that has its B packed by kernels of its own; 0 where there are none. */
  int fewRows();

  /**
   * The least m from which on the last of C's n columns is computed by itself, as W·x, beside an A
   * that lies by rows; {@code Integer.MAX_VALUE} where none is.
   */
  int lastColumnRows(int n);

  /** The least rows of a C no wider than a vector that are laid down, and so transposed. */
  int laidDownRows();

  /** The least k with which every such C is. */
  int laidDownSteps();

  /** The most k of a small product, with a C narrower than a vector, that has its own kernel. */
  int smallSteps();

  /** No thresholds. */
  record Same() implements Thresholds {
    @Override
    public int packedRows(int n) {
      return Integer.MAX_VALUE;
    }

    @Override
    public int packingRows(int n) {
      return Integer.MAX_VALUE;
    }

    @Override
    public int fewRows() {
      return 0;
    }

    @Override
    public int lastColumnRows(int n) {
      return Integer.MAX_VALUE;
    }

    @Override
    public int laidDownRows() {
      return 1;
    }

    @Override
    public int laidDownSteps() {
      return 1;
    }

    @Override
    public int smallSteps() {
      return 0;
    }
  }
}
