package io.github.lanewise.example;

import io.github.lanewise.FloatMatrix;
import io.github.lanewise.Gemm;
import io.github.lanewise.Warmup;
import io.github.lanewise.Workspace;

/**
 * Products with neither operand transposed, with A, with B, with few columns and with few rows;
 * each once, and then twice onto C.
 */
final class Products extends Requests {
  private static final int M = 70;
  private static final int N = 50;

  /** More than a kernel's longest chain, and a last block of a transposition less than whole. */
  private static final int K = 405;

  /** Fewer columns than a vector has lanes. */
  private static final int NARROW = 5;

  /** So few that the first of them pack B on their way, beside so many columns. */
  private static final int FEW = 30;

  private static final int MANY = 100;

  private final FloatMatrix[] a = {
    matrix(M, K), matrix(K, M).transpose(), matrix(M, K), matrix(M, K), matrix(FEW, K)
  };
  private final FloatMatrix[] b = {
    matrix(K, N), matrix(K, N), matrix(N, K).transpose(), matrix(K, NARROW), matrix(K, MANY)
  };
  private final FloatMatrix wide = FloatMatrix.rowMajor(out, M, N);
  private final FloatMatrix narrow = FloatMatrix.rowMajor(out, M, NARROW);
  private final FloatMatrix flat = FloatMatrix.rowMajor(out, FEW, MANY);
  private final FloatMatrix[] c = {wide, wide, wide, narrow, flat};
  private final Workspace workspace = Workspace.forProducts();

  Products() {
    super(10, M * N);
  }

  private static FloatMatrix matrix(int rows, int columns) {
    float[] x = new float[rows * columns];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i * 31 % 97 - 48) / 50f;
    }
    return FloatMatrix.rowMajor(x, rows, columns);
  }

  @Override
  Warmup warmup() {
    return Warmup.ofProduct(a[0], b[0], c[0])
        .and(Warmup.ofProduct(a[1], b[1], c[1]))
        .and(Warmup.ofProduct(a[2], b[2], c[2]))
        .and(Warmup.ofProduct(a[3], b[3], c[3]))
        .and(Warmup.ofProduct(a[4], b[4], c[4]));
  }

  /** Without a workspace; too few for the short methods that find there is none to be compiled. */
  @Override
  void allocating() {
    for (int i = 0; i < 20; i++) {
      for (int variant = 0; variant < a.length; variant++) {
        Gemm.multiply(a[variant], b[variant], c[variant]);
        Gemm.multiplyAdd(a[variant], b[variant], c[variant]);
      }
    }
  }

  @Override
  int answer(int kind) {
    int variant = kind / 2;
    Gemm.multiply(a[variant], b[variant], c[variant], workspace);
    if (kind % 2 == 1) {
      Gemm.multiplyAdd(a[variant], b[variant], c[variant], workspace);
    }
    return c[variant].rows() * c[variant].columns();
  }
}
