package io.github.lanewise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The public product on views, against the contract written out and against double. */
class GemmTest {
  private final SplittableRandom random = new SplittableRandom(7);
  private final Workspace workspace = Workspace.forProducts();

  @ParameterizedTest
  @CsvSource({"1,1,1", "3,5,7", "16,48,33", "61,149,83", "130,70,300", "2,10,128", "1,200,50"})
  void hasTheBitsOfTheContract(int m, int n, int k) {
    for (int transposed = 0; transposed < 8; transposed++) {
      FloatMatrix a = matrix(m, k, (transposed & 1) != 0);
      FloatMatrix b = matrix(k, n, (transposed & 2) != 0);
      FloatMatrix c = matrix(m, n, (transposed & 4) != 0);
      float[][] before = Oracle.copy(c);

      Gemm.multiplyAdd(a, b, c, workspace);
      assertThat(Oracle.sameBits(c, Oracle.product(before, 1, a, b))).isTrue();

      Arrays.fill(c.array(), Float.NaN);
      Gemm.multiply(a, b, c, workspace);
      assertThat(Oracle.sameBits(c, Oracle.product(new float[m][n], 1, a, b))).isTrue();

      Arrays.fill(c.array(), Float.NaN);
      Gemm.multiply(a, b, c);
      assertThat(Oracle.sameBits(c, Oracle.product(new float[m][n], 1, a, b))).isTrue();
    }
  }

  /** Blocks of one matrix, C beside its operands in the same array. */
  @Test
  void blocksOfOneMatrix() {
    FloatMatrix all = FloatMatrix.rowMajor(randoms(90 * 101), 90, 101);
    FloatMatrix a = all.subMatrix(0, 0, 40, 30);
    FloatMatrix b = all.subMatrix(40, 0, 30, 50);
    FloatMatrix c = all.subMatrix(0, 50, 40, 50);
    float[] before = all.array().clone();
    float[][] expected = Oracle.product(new float[40][50], 1, a, b);

    Gemm.multiply(a, b, c, workspace);

    assertThat(Oracle.sameBits(c, expected)).isTrue();
    for (int i = 0; i < 90; i++) {
      for (int j = 0; j < 101; j++) {
        if (i >= 40 || j < 50 || j >= 100) {
          assertThat(all.get(i, j)).as("%d, %d", i, j).isEqualTo(before[i * 101 + j]);
        }
      }
    }
  }

  /**
   * |c − exact| ≤ γ_k·(|A|·|B|)_ij with γ_k = k·u/(1 − k·u), u = 2⁻²⁴: k roundings, one per fma
   * (Higham, §3.1). The reference in double has the error of its own roundings, 2⁻²⁹ times as
   * large; 1 + 2⁻²⁰ covers them. No term here is subnormal.
   */
  @ParameterizedTest
  @CsvSource({"20,70,1", "20,70,16", "33,100,257", "7,65,4000"})
  void staysWithinTheErrorBound(int m, int n, int k) {
    FloatMatrix a = matrix(m, k, false);
    FloatMatrix b = matrix(k, n, true);
    FloatMatrix c = matrix(m, n, false);
    Gemm.multiply(a, b, c, workspace);
    double u = 0x1p-24;
    double gamma = k * u / (1 - k * u);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double exact = 0;
        double absolute = 0;
        for (int p = 0; p < k; p++) {
          double term = (double) a.get(i, p) * b.get(p, j);
          exact += term;
          absolute += Math.abs(term);
        }
        assertThat(Math.abs(c.get(i, j) - exact))
            .isLessThanOrEqualTo(gamma * absolute * (1 + 0x1p-20));
      }
    }
  }

  @Test
  void zeroIsMultipliedLikeAnyNumber() {
    FloatMatrix zero = FloatMatrix.rowMajor(new float[2], 1, 2);
    FloatMatrix b = FloatMatrix.rowMajor(new float[] {Float.POSITIVE_INFINITY, 1, 2, 3}, 2, 2);
    FloatMatrix c = FloatMatrix.rowMajor(new float[2], 1, 2);
    Gemm.multiply(zero, b, c);
    assertThat(c.array()[0]).isNaN();
    assertThat(c.array()[1]).isZero();
  }

  @Test
  void emptySums() {
    FloatMatrix a = FloatMatrix.rowMajor(new float[0], 3, 0);
    FloatMatrix b = FloatMatrix.columnMajor(new float[0], 0, 4);
    float[] c = new float[12];
    Arrays.fill(c, Float.NaN);
    Gemm.multiply(a, b, FloatMatrix.rowMajor(c, 3, 4));
    assertThat(c).containsOnly(0f);
    Arrays.fill(c, 5);
    Gemm.multiplyAdd(a, b, FloatMatrix.rowMajor(c, 3, 4));
    assertThat(c).containsOnly(5f);
    // Packed or in place, there is nothing to read.
    for (int n : new int[] {48, 1200}) {
      c = Floats.sentinels(n * 48);
      a = FloatMatrix.rowMajor(new float[0], n, 0);
      b = FloatMatrix.rowMajor(new float[0], 0, 48);
      Gemm.multiplyAdd(a, b, FloatMatrix.rowMajor(c, n, 48));
      Gemm.multiplyAdd(b.transpose(), a.transpose(), FloatMatrix.columnMajor(c, 0, 48, n, 48));
      Floats.assertSameBits("c", c, Floats.sentinels(n * 48));
    }
    FloatMatrix noRows = FloatMatrix.rowMajor(new float[0], 0, 4);
    Gemm.multiply(noRows, noRows.transpose(), FloatMatrix.rowMajor(new float[0], 0, 0));
  }

  @Test
  void refusesShapesThatDoNotFit() {
    float[] c = {1, 2, 3, 4};
    FloatMatrix a = FloatMatrix.rowMajor(new float[6], 2, 3);
    assertThatThrownBy(() -> Gemm.multiply(a, a, FloatMatrix.rowMajor(c, 2, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a is 2×3 and b is 2×3");
    assertThatThrownBy(() -> Gemm.multiply(a, a.transpose(), FloatMatrix.rowMajor(c, 4, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("c is 4×1, must be 2×2");
    assertThat(c).containsExactly(1, 2, 3, 4);
  }

  private FloatMatrix matrix(int rows, int columns, boolean transposed) {
    int ld = (transposed ? rows : columns) + 3;
    float[] array = randoms(5 + ld * (transposed ? columns : rows));
    return transposed
        ? FloatMatrix.columnMajor(array, 5, rows, columns, ld)
        : FloatMatrix.rowMajor(array, 5, rows, columns, ld);
  }

  private float[] randoms(int length) {
    float[] array = new float[length];
    for (int i = 0; i < length; i++) {
      array[i] = random.nextFloat() * 2 - 1;
    }
    return array;
  }
}
