package io.github.lanewise;

import java.util.Objects;

/** The classic BLAS entry, for those who come with BLAS code. Matrices are column-major. */
public final class Blas {
  private Blas() {}

  /**
   * C = alpha·op(A)·op(B) + beta·C, column-major; op(X) is X or Xᵀ (Dongarra et al., "A Set of
   * Level 3 Basic Linear Algebra Subprograms", 1990). Each element is one chain in ascending p that
   * starts from beta·c_ij, rounded, and takes {@code fma(alpha·a_ip, b_pj, c_ij)}, alpha·a_ip
   * rounded once.
   *
   * <p>Where alpha or k is 0, A and B are not read; where beta is 0, C is not read, whatever it
   * holds. m, n and k may be 0.
   *
   * @param transA "N": A is m×k, "T" or "C": A is stored k×m; either case
   * @param transB "N": B is k×n, "T" or "C": B is stored n×k; either case
   * @param m rows of C
   * @param n columns of C
   * @param k length of the sums
   * @param alpha factor of the product
   * @param a first operand
   * @param aOffset index of A's first element
   * @param lda distance between columns as stored, at least 1 and the rows as stored
   * @param b second operand
   * @param bOffset index of B's first element
   * @param ldb distance between columns as stored, at least 1 and the rows as stored
   * @param beta factor of C
   * @param c result, m×n
   * @param cOffset index of C's first element
   * @param ldc distance between columns of C, at least 1 and m
   * @param workspace scratch for packing, see {@link Workspace#forProducts()}
   * @throws NullPointerException if an array is null that is read or written, or the workspace
   * @throws IllegalArgumentException if a size is negative, a leading dimension too small, an array
   *     too short, a letter unknown, or C overlaps an operand; nothing is written then
   */
  // spotless:off
  public static void sgemm(
      String transA, String transB, int m, int n, int k,
      float alpha, float[] a, int aOffset, int lda, float[] b, int bOffset, int ldb,
      float beta, float[] c, int cOffset, int ldc, Workspace workspace) {
    Objects.requireNonNull(workspace, "workspace");
    boolean aT = transposed("transA", transA);
    boolean bT = transposed("transB", transB);
    Check.atLeast("m", m, 0);
    Check.atLeast("n", n, 0);
    Check.atLeast("k", k, 0);
    Check.atLeast("lda", lda, Math.max(1, aT ? k : m));
    Check.atLeast("ldb", ldb, Math.max(1, bT ? n : k));
    Check.atLeast("ldc", ldc, Math.max(1, m));
    boolean product = alpha != 0 && k > 0;
    if (m == 0 || n == 0 || (!product && beta == 1)) {
      return;
    }
    Check.fits("c", c, cOffset, m, n, 1, ldc);
    if (!product) {
      scale(m, n, beta, c, cOffset, ldc);
      return;
    }
    int aRows = aT ? k : m;
    int aColumns = aT ? m : k;
    int bRows = bT ? n : k;
    int bColumns = bT ? k : n;
    Check.fits("a", a, aOffset, aRows, aColumns, 1, lda);
    Check.fits("b", b, bOffset, bRows, bColumns, 1, ldb);
    Check.noOverlap("c", c, cOffset, m, n, 1, ldc, "a", a, aOffset, aRows, aColumns, 1, lda);
    Check.noOverlap("c", c, cOffset, m, n, 1, ldc, "b", b, bOffset, bRows, bColumns, 1, ldb);

    if (beta != 0 && beta != 1) {
      scale(m, n, beta, c, cOffset, ldc);
    }
    boolean overwrite = beta == 0;
    Lanewise.kernels()
        .gemm(
            m, n, k, alpha,
            a, aOffset, aT ? lda : 1, aT ? 1 : lda,
            b, bOffset, bT ? ldb : 1, bT ? 1 : ldb,
            overwrite ? Gemm.ZERO : c, overwrite ? 0 : cOffset, overwrite ? 0 : 1, overwrite ? 0 : ldc,
            c, cOffset, 1, ldc,
            workspace.packing());
  }

  /**
   * The same without a workspace: allocates one where an operand has to be packed.
   *
   * @param transA "N": A is m×k, "T" or "C": A is stored k×m; either case
   * @param transB "N": B is k×n, "T" or "C": B is stored n×k; either case
   * @param m rows of C
   * @param n columns of C
   * @param k length of the sums
   * @param alpha factor of the product
   * @param a first operand
   * @param aOffset index of A's first element
   * @param lda distance between columns as stored, at least 1 and the rows as stored
   * @param b second operand
   * @param bOffset index of B's first element
   * @param ldb distance between columns as stored, at least 1 and the rows as stored
   * @param beta factor of C
   * @param c result, m×n
   * @param cOffset index of C's first element
   * @param ldc distance between columns of C, at least 1 and m
   * @throws NullPointerException if an array is null that is read or written
   * @throws IllegalArgumentException if a size is negative, a leading dimension too small, an array
   *     too short, a letter unknown, or C overlaps an operand; nothing is written then
   */
  public static void sgemm(
      String transA, String transB, int m, int n, int k,
      float alpha, float[] a, int aOffset, int lda, float[] b, int bOffset, int ldb,
      float beta, float[] c, int cOffset, int ldc) {
    sgemm(
        transA, transB, m, n, k, alpha, a, aOffset, lda, b, bOffset, ldb, beta, c, cOffset, ldc,
        Workspace.NONE);
  }
  // spotless:on

  /** C = beta·C; where beta is 0, C is not read. */
  private static void scale(int m, int n, float beta, float[] c, int cOffset, int ldc) {
    for (int j = 0; j < n; j++) {
      int column = cOffset + j * ldc;
      for (int i = column; i < column + m; i++) {
        c[i] = beta == 0 ? 0 : beta * c[i];
      }
    }
  }

  private static boolean transposed(String name, String letter) {
    Objects.requireNonNull(letter, name);
    return switch (letter) {
      case "N", "n" -> false;
      case "T", "t", "C", "c" -> true;
      default ->
          throw new IllegalArgumentException(
              name + " is \"" + letter + "\", must be \"N\", \"T\" or \"C\"");
    };
  }
}
