package io.github.lanewise.kernels;

/**
 * The seam between formulae and machine code: a handful of operations on (array, offset, stride)
 * tuples. No vector type, no view object and no allocation crosses it.
 *
 * <p>Two twins implement it: {@code ScalarKernels}, plain Java, is the specification; {@code
 * SimdKernels} must give the same bits for every input. Arguments are trusted here: the public
 * classes above have checked shapes, bounds and overlap before anything is written.
 *
 * <p>Sweeps work on {@code m} runs of {@code n} contiguous floats; the leading dimension {@code ld}
 * is the distance between the starts of two runs. In the layers a run is one example, and its
 * elements are the features.
 */
public interface Kernels {

  /** The twin's name as {@code -Dlanewise.kernels} spells it. */
  String name();

  /** Width of a vector in bits, 32 where there is none. */
  int vectorBits();

  /** Vector registers that the tile was made for, 0 where there is none. */
  int vectorRegisters();

  /** Rows of the micro-tile. */
  int tileRows();

  /** Columns of the micro-tile. */
  int tileColumns();

  /** Columns of a whole panel of {@link #gemmPanels}. */
  int panelColumns();

  /** Where one kernel takes the place of another. */
  Thresholds thresholds();

  /**
   * Whether {@link #gemm} turns the product round, Cᵀ = Bᵀ·Aᵀ: lanes run along C's contiguous
   * direction; if both are, along the longer one.
   */
  static boolean turned(int m, int n, int rsC, int csC) {
    return csC != 1 || (rsC == 1 && n < m);
  }

  /**
   * These kernels with cache blocks so small that little products go through every loop more than
   * once, and go the way of a larger one: the same methods, to be compiled for both.
   *
   * @param n columns of that one's C, when {@link #gemm} has turned it
   * @param k and its steps
   */
  Kernels inLittle(int n, int k);

  /** Floats of scratch that {@link #gemm} can need at most, whatever the shape. */
  int maxScratch();

  /**
   * C = init + alpha·A·B with A m×k, B k×n, C m×n. Every element is one chain of fused
   * multiply-adds in ascending p:
   *
   * <pre>
   *   c_ij = init_ij
   *   for p = 0 … k-1:  c_ij = fma(alpha·a_ip, b_pj, c_ij)      alpha·a_ip rounded once
   * </pre>
   *
   * An operand X is read at {@code x[xOff + i*rsX + j*csX]}. The initial value is a pointer too: C
   * itself accumulates, a bias with stride 0 adds it to every row or column, a zero with both
   * strides 0 overwrites. One of C's strides is 1, its elements are distinct and overlap neither A
   * nor B.
   *
   * @param scratch room for packed operands; where it is too short, a temporary array takes its
   *     place
   */
  // spotless:off
  void gemm(
      int m, int n, int k, float alpha,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB, int csB,
      float[] init, int initOff, int rsInit, int csInit,
      float[] c, int cOff, int rsC, int csC,
      float[] scratch);

  /**
   * C = init + A·B by the chains of {@link #gemm}, where the columns of B lie in panels: panel s has
   * columns starts[s] to starts[s+1] - 1, side by side in lines as long as it is wide, but the last
   * one in lines of lastLd. All but the last two are {@link #panelColumns()} wide. A's rows and C's
   * are contiguous, and every row of C starts from init.
   *
   * @param lines of a panel, k or more
   */
  default void gemmPanels(
      int m, int k,
      float[] a, int aOff, int rsA,
      int[] starts, int lines, int lastLd, float[] b, int bOff,
      float[] init, int initOff,
      float[] c, int cOff, int rsC,
      float[] scratch) {
    gemmPanels(
        0, m, k, a, aOff, rsA, starts, lines, lastLd, b, bOff, init, initOff, c, cOff, rsC, scratch);
  }

  /** The same from panel {@code first} on, a product for each. */
  default void gemmPanels(
      int first, int m, int k,
      float[] a, int aOff, int rsA,
      int[] starts, int lines, int lastLd, float[] b, int bOff,
      float[] init, int initOff,
      float[] c, int cOff, int rsC,
      float[] scratch) {
    int panels = starts.length - 1;
    for (int s = first; s < panels; s++) {
      int j = starts[s];
      int columns = starts[s + 1] - j;
      gemm( // Cᵀ = Bᵀ·Aᵀ
          columns, m, k, 1,
          b, bOff + j * lines, 1, s == panels - 1 ? lastLd : columns,
          a, aOff, 1, rsA,
          init, initOff + j, 1, 0,
          c, cOff + j, 1, rsC,
          scratch);
    }
  }

  /**
   * y_ji = x_ij for i = 0 … m-1 and j = 0 … n-1: m runs of n floats become n runs of m. The two don't
   * overlap.
   */
  void transpose(
      int m, int n,
      float[] x, int xOff, int ldX,
      float[] y, int yOff, int ldY);

  /** A = g(Z), element by element; A may be Z itself. */
  void activate(
      ActivationKind g, float parameter, int m, int n,
      float[] z, int zOff, int ldZ,
      float[] a, int aOff, int ldA);

  /**
   * dZ = dA ⊙ g'(saved) and db_j = db_j + Σ_i dZ_ij in one sweep, the sum in ascending i; db is set to
   * 0 before unless {@code accumulate}. dZ may be dA or saved itself.
   *
   * @param saved A where {@link ActivationKind#derivativeFromA}, else Z
   */
  void hadamard(
      ActivationKind g, float parameter, int m, int n,
      float[] dA, int dAOff, int ldDA,
      float[] saved, int savedOff, int ldSaved,
      float[] dZ, int dZOff, int ldDZ,
      float[] db, int dbOff, boolean accumulate);

  /** y_j = exp(x_j) for n contiguous elements; y may be x itself. */
  void exp(int n, float[] x, int xOff, float[] y, int yOff);

  /** p = fma(-rate, g, p) over n contiguous elements, p's from pOff on and g's from gOff on. */
  void sgd(int n, float rate, float[] p, int pOff, float[] g, int gOff);

  /**
   * v = fma(momentum, v, g), p = fma(-rate, v, p) over n contiguous elements, v's from pOff on too; a v
   * below the normal range becomes 0.
   */
  void sgd(
      int n, float rate, float momentum, float[] p, int pOff, float[] g, int gOff, float[] v);

  /**
   * One Adam step over n contiguous elements, those of m and v from pOff on too:
   *
   * <pre>
   *   m = fma(beta1, m, (1-beta1)·g)      v = fma(beta2, v, ((1-beta2)·g)·g)
   *   p = p - (rate·m) / fma(√v, scale, epsilon)
   * </pre>
   *
   * where {@code rate} holds the correction of m's bias and {@code scale} that of √v's; an m or v
   * below the normal range becomes 0.
   */
  void adam(
      int n, float rate, float beta1, float beta2, float scale, float epsilon,
      float[] p, int pOff, float[] g, int gOff, float[] m, float[] v);
  // spotless:on
}
