package io.github.lanewise;

/** The contracts written out as plainly as they can be. */
final class Oracle {
  private Oracle() {}

  /** C = start + A·B, one chain of fused multiply-adds per element, in ascending p. */
  static float[][] product(float[][] start, float alpha, FloatMatrix a, FloatMatrix b) {
    float[][] c = new float[a.rows()][b.columns()];
    for (int i = 0; i < a.rows(); i++) {
      for (int j = 0; j < b.columns(); j++) {
        float cij = start[i][j];
        for (int p = 0; p < a.columns(); p++) {
          cij = Math.fma(alpha * a.get(i, p), b.get(p, j), cij);
        }
        c[i][j] = cij;
      }
    }
    return c;
  }

  static float[][] copy(FloatMatrix x) {
    float[][] copy = new float[x.rows()][x.columns()];
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.columns(); j++) {
        copy[i][j] = x.get(i, j);
      }
    }
    return copy;
  }

  /** Whether a matrix has these bits; any NaN equals any other. */
  static boolean sameBits(FloatMatrix actual, float[][] expected) {
    for (int i = 0; i < actual.rows(); i++) {
      for (int j = 0; j < actual.columns(); j++) {
        if (Float.floatToIntBits(actual.get(i, j)) != Float.floatToIntBits(expected[i][j])) {
          return false;
        }
      }
    }
    return true;
  }
}
