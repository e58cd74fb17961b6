package io.github.lanewise.example;

import io.github.lanewise.FloatMatrix;
import io.github.lanewise.Gemm;
import io.github.lanewise.Warmup;
import io.github.lanewise.Workspace;

/**
 * Products with neither operand transposed, with A and with B; each once, and then twice onto C.
 */
final class Products extends Requests {
  private static final int M = 70;
  private static final int N = 50;

  /** More than a kernel's longest chain. */
  private static final int K = 400;

  private final FloatMatrix[] a = {matrix(M, K), matrix(K, M).transpose(), matrix(M, K)};
  private final FloatMatrix[] b = {matrix(K, N), matrix(K, N), matrix(N, K).transpose()};
  private final FloatMatrix c = FloatMatrix.rowMajor(out, M, N);
  private final Workspace workspace = Workspace.forProducts();

  Products() {
    super(6, M * N);
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
    return Warmup.ofProduct(a[0], b[0], c)
        .and(Warmup.ofProduct(a[1], b[1], c))
        .and(Warmup.ofProduct(a[2], b[2], c));
  }

  /** Without a workspace; too few for the short methods that find there is none to be compiled. */
  @Override
  void allocating() {
    for (int i = 0; i < 20; i++) {
      for (int variant = 0; variant < a.length; variant++) {
        Gemm.multiply(a[variant], b[variant], c);
        Gemm.multiplyAdd(a[variant], b[variant], c);
      }
    }
  }

  @Override
  int answer(int kind) {
    int variant = kind / 2;
    Gemm.multiply(a[variant], b[variant], c, workspace);
    if (kind % 2 == 1) {
      Gemm.multiplyAdd(a[variant], b[variant], c, workspace);
    }
    return M * N;
  }
}
