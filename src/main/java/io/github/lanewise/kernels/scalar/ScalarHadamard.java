package io.github.lanewise.kernels.scalar;

import io.github.lanewise.kernels.ActivationKind;

/** dZ = dA ⊙ g'(saved), and db = db + Σ over examples of dZ. */
public final class ScalarHadamard {
  private ScalarHadamard() {}

  // spotless:off
  /** dz_j = da_j·g'(saved_j) for n contiguous elements. */
  public static void product(
      ActivationKind g, float parameter, int n,
      float[] dA, int dAOff, float[] saved, int savedOff, float[] dZ, int dZOff) {
    for (int j = 0; j < n; j++) {
      dZ[dZOff + j] =
          dA[dAOff + j] * ScalarActivations.derivative(g, parameter, saved[savedOff + j]);
    }
  }

  /** db_j = db_j + Σ_i dz_ij for m runs of n contiguous elements, in ascending i. */
  public static void sum(int m, int n, float[] dZ, int dZOff, int ldDZ, float[] db, int dbOff) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        db[dbOff + j] += dZ[dZOff + i * ldDZ + j];
      }
    }
  }
  // spotless:on
}
