package io.github.lanewise;

import io.github.lanewise.kernels.Kernels;
import java.util.Objects;

/**
 * The product of two matrices, whatever their strides: transposed operands and blocks of larger
 * matrices are views and cost no copy of their own.
 *
 * <p>Every element of the result is one chain of fused multiply-adds in ascending p, rounded after
 * every term:
 *
 * <pre>
 *   c_ij = 0, or c_ij when accumulating
 *   for p = 0 … k-1:  c_ij = fma(a_ip, b_pj, c_ij)
 * </pre>
 *
 * So the bits do not depend on the machine, the vector width, the strides or the surroundings of a
 * matrix. NaN and infinities propagate; a zero is multiplied like any other number. The error obeys
 * |c − exact| ≤ γ_k·(|A|·|B|)_ij with γ_k = k·u/(1 − k·u), u = 2⁻²⁴ (Higham, "Accuracy and
 * Stability of Numerical Algorithms", 2nd ed., §3.1).
 *
 * <p>Errors, before anything is written: {@link NullPointerException} names a null argument; {@link
 * IllegalArgumentException} names inner or outer sizes that do not match, a C of which no stride is
 * 1, or a C that overlaps A or B.
 */
public final class Gemm {
  /** What an overwriting product starts from, with both strides 0. */
  static final float[] ZERO = new float[1];

  private Gemm() {}

  /**
   * C = A·B.
   *
   * @param a m×k
   * @param b k×n
   * @param c m×n, overwritten; never read
   * @param workspace scratch for packing, see {@link Workspace#forProducts()}
   */
  public static void multiply(FloatMatrix a, FloatMatrix b, FloatMatrix c, Workspace workspace) {
    check(a, b, c, workspace);
    multiply(Lanewise.kernels(), a, b, c, false, workspace.packing());
  }

  /**
   * C = A·B without a workspace: allocates one where an operand has to be packed.
   *
   * @param a m×k
   * @param b k×n
   * @param c m×n, overwritten; never read
   */
  public static void multiply(FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    multiply(a, b, c, Workspace.NONE);
  }

  /**
   * C = C + A·B.
   *
   * @param a m×k
   * @param b k×n
   * @param c m×n, where each element's chain starts
   * @param workspace scratch for packing, see {@link Workspace#forProducts()}
   */
  public static void multiplyAdd(FloatMatrix a, FloatMatrix b, FloatMatrix c, Workspace workspace) {
    check(a, b, c, workspace);
    multiply(Lanewise.kernels(), a, b, c, true, workspace.packing());
  }

  /**
   * C = C + A·B without a workspace: allocates one where an operand has to be packed.
   *
   * @param a m×k
   * @param b k×n
   * @param c m×n, where each element's chain starts
   */
  public static void multiplyAdd(FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    multiplyAdd(a, b, c, Workspace.NONE);
  }

  // spotless:off
  /** C = A·B, or C + A·B, by these kernels; unchecked. */
  static void multiply(
      Kernels kernels, FloatMatrix a, FloatMatrix b, FloatMatrix c, boolean add, float[] scratch) {
    kernels.gemm(
        c.rows(), c.columns(), a.columns(), 1,
        a.array(), a.offset(), a.rowStride(), a.columnStride(),
        b.array(), b.offset(), b.rowStride(), b.columnStride(),
        add ? c.array() : ZERO, add ? c.offset() : 0, add ? c.rowStride() : 0, add ? c.columnStride() : 0,
        c.array(), c.offset(), c.rowStride(), c.columnStride(),
        scratch);
  }
  // spotless:on

  static void check(FloatMatrix a, FloatMatrix b, FloatMatrix c, Workspace workspace) {
    Objects.requireNonNull(a, "a");
    Objects.requireNonNull(b, "b");
    Objects.requireNonNull(c, "c");
    Objects.requireNonNull(workspace, "workspace");
    if (a.columns() != b.rows()) {
      throw Check.illegal(
          "a is %s and b is %s: a's columns must be b's rows", a.shape(), b.shape());
    }
    if (c.rows() != a.rows() || c.columns() != b.columns()) {
      throw Check.illegal(
          "c is %s, must be %d×%d for a %s and b %s",
          c.shape(), a.rows(), b.columns(), a.shape(), b.shape());
    }
    Check.writable("c", c);
    Check.noOverlap("c", c, "a", a);
    Check.noOverlap("c", c, "b", b);
  }
}
