package io.github.lanewise.kernels.scalar;

import io.github.lanewise.kernels.ActivationKind;

/** dZ = dA ⊙ g'(saved) and db = db + dZ for one example. */
public final class ScalarHadamard {
  private ScalarHadamard() {}

  // spotless:off
  /** dz_j = da_j·g'(saved_j), db_j = db_j + dz_j for n contiguous elements. */
  public static void run(
      ActivationKind g, float parameter, int n,
      float[] dA, int dAOff, float[] saved, int savedOff,
      float[] dZ, int dZOff, float[] db, int dbOff) {
    for (int j = 0; j < n; j++) {
      float dz = dA[dAOff + j] * ScalarActivations.derivative(g, parameter, saved[savedOff + j]);
      dZ[dZOff + j] = dz;
      db[dbOff + j] += dz;
    }
  }
  // spotless:on
}
