package io.github.lanewise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** sgemm as BLAS people know it: the sweeps of the reference test program sblat3, on exact bits. */
class BlasTest {
  private static final float[] ALPHAS = {0, 1, 0.7f, -1};
  private static final float[] BETAS = {0, 1, 1.3f, -1};

  private final SplittableRandom random = new SplittableRandom(3);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 9, 35, 65})
  void everyCombination(int m) {
    for (int n : new int[] {0, 1, 2, 3, 5, 9, 35, 65}) {
      for (int k : new int[] {0, 1, 2, 5, 9, 35}) {
        for (String transA : new String[] {"N", "T", "C", "n", "t", "c"}) {
          for (String transB : new String[] {"N", "T"}) {
            for (float alpha : ALPHAS) {
              for (float beta : BETAS) {
                check(transA, transB, m, n, k, alpha, beta);
              }
            }
          }
        }
      }
    }
  }

  private void check(String transA, String transB, int m, int n, int k, float alpha, float beta) {
    boolean aT = !transA.equalsIgnoreCase("N");
    boolean bT = !transB.equals("N");
    int lda = Math.max(1, aT ? k : m) + 1;
    int ldb = Math.max(1, bT ? n : k) + 2;
    int ldc = Math.max(1, m) + 1;
    float[] a = randoms(4 + lda * Math.max(1, aT ? m : k));
    float[] b = randoms(5 + ldb * Math.max(1, bT ? k : n));
    float[] c = randoms(6 + ldc * Math.max(1, n));
    FloatMatrix viewA = FloatMatrix.columnMajor(a, 4, aT ? k : m, aT ? m : k, lda);
    FloatMatrix viewB = FloatMatrix.columnMajor(b, 5, bT ? n : k, bT ? k : n, ldb);
    if (beta == 0) {
      Arrays.fill(c, 6, c.length, Float.NaN);
    }
    float[] expected = c.clone();
    float[][] start = new float[m][n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        start[i][j] = beta == 0 ? 0 : beta * c[6 + i + j * ldc];
      }
    }
    float[][] product =
        alpha == 0
            ? start
            : Oracle.product(
                start, alpha, aT ? viewA.transpose() : viewA, bT ? viewB.transpose() : viewB);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        expected[6 + i + j * ldc] = product[i][j];
      }
    }

    float[] aBefore = a.clone();
    float[] bBefore = b.clone();
    Blas.sgemm(transA, transB, m, n, k, alpha, a, 4, lda, b, 5, ldb, beta, c, 6, ldc);

    boolean same =
        Arrays.equals(c, expected) && Arrays.equals(a, aBefore) && Arrays.equals(b, bBefore);
    assertThat(same)
        .as("%s %s %d %d %d alpha %s beta %s", transA, transB, m, n, k, alpha, beta)
        .isTrue();
  }

  /** alpha 0 reads neither A nor B: they may be full of NaN, or too short. */
  @Test
  void alphaZeroReadsNoOperand() {
    float[] c = {1, 2, 3, 4};
    float[] nan = {Float.NaN, Float.NaN, Float.NaN, Float.NaN};
    Blas.sgemm("N", "N", 2, 2, 2, 0, nan, 0, 2, nan, 0, 2, 2, c, 0, 2);
    assertThat(c).containsExactly(2, 4, 6, 8);
    Blas.sgemm("N", "N", 2, 2, 2, 0, new float[0], 0, 2, new float[0], 0, 2, 0, c, 0, 2);
    assertThat(c).containsExactly(0, 0, 0, 0);
  }

  @Test
  void betaZeroNeverReadsC() {
    float[] c = {Float.NaN, Float.POSITIVE_INFINITY, Float.NaN, Float.NaN};
    float[] identity = {1, 0, 0, 1};
    Blas.sgemm("N", "T", 2, 2, 2, 1, identity, 0, 2, identity, 0, 2, 0, c, 0, 2);
    assertThat(c).containsExactly(1, 0, 0, 1);
  }

  @Test
  void nothingToDoTouchesNothing() {
    float[] none = new float[0];
    Blas.sgemm("N", "N", 0, 5, 3, 1, none, 0, 1, none, 0, 3, 0, none, 0, 1);
    float[] c = {Float.NaN};
    Blas.sgemm("N", "N", 1, 1, 0, 1, none, 0, 1, none, 0, 1, 1, c, 0, 1);
    assertThat(c[0]).isNaN();
  }

  @ParameterizedTest
  @CsvSource({
    "X, N, 2, 2, 2, 0, 2, 0, 2, 0, 2, transA",
    "N, '', 2, 2, 2, 0, 2, 0, 2, 0, 2, transB",
    "N, N, -1, 2, 2, 0, 2, 0, 2, 0, 2, m is -1",
    "N, N, 2, -1, 2, 0, 2, 0, 2, 0, 2, n is -1",
    "N, N, 2, 2, -1, 0, 2, 0, 2, 0, 2, k is -1",
    "N, N, 2, 2, 2, 0, 1, 0, 2, 0, 2, lda is 1",
    "T, N, 1, 2, 2, 0, 1, 0, 2, 0, 2, lda is 1",
    "N, N, 2, 2, 2, 0, 2, 0, 1, 0, 2, ldb is 1",
    "N, T, 2, 2, 1, 0, 2, 0, 1, 0, 2, ldb is 1",
    "N, N, 2, 2, 2, 0, 2, 0, 2, 0, 1, ldc is 1",
    "N, N, 2, 2, 2, 1, 2, 0, 2, 0, 2, a is float[4]",
    "N, N, 2, 2, 2, 0, 2, -1, 2, 0, 2, bOffset is -1",
    "N, N, 2, 2, 2, 0, 2, 0, 2, 0, 3, c is float[4]",
  })
  void refusesBadArguments(
      String transA,
      String transB,
      int m,
      int n,
      int k,
      int aOffset,
      int lda,
      int bOffset,
      int ldb,
      int cOffset,
      int ldc,
      String message) {
    float[] c = {1, 2, 3, 4};
    assertThatThrownBy(
            () ->
                Blas.sgemm(
                    transA,
                    transB,
                    m,
                    n,
                    k,
                    1,
                    new float[4],
                    aOffset,
                    lda,
                    new float[4],
                    bOffset,
                    ldb,
                    0,
                    c,
                    cOffset,
                    ldc))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
    assertThat(c).containsExactly(1, 2, 3, 4);
  }

  @Test
  void refusesNullAndOverlap() {
    float[] x = {1, 2, 3, 4};
    assertThatThrownBy(
            () -> Blas.sgemm(null, "N", 2, 2, 2, 1, x, 0, 2, x, 0, 2, 0, new float[4], 0, 2))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("transA");
    assertThatThrownBy(
            () -> Blas.sgemm("N", "N", 2, 2, 2, 1, null, 0, 2, x, 0, 2, 0, new float[4], 0, 2))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("a");
    assertThatThrownBy(() -> Blas.sgemm("N", "N", 2, 2, 2, 1, x, 0, 2, x, 0, 2, 0, x, 0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("c 2×2 overlaps a 2×2");
    assertThat(x).containsExactly(1, 2, 3, 4);
  }

  private float[] randoms(int length) {
    float[] array = new float[length];
    for (int i = 0; i < length; i++) {
      array[i] = random.nextFloat() * 2 - 1;
    }
    return array;
  }
}
