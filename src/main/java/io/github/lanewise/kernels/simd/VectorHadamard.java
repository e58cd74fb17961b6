package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import io.github.lanewise.kernels.ActivationKind;
import io.github.lanewise.kernels.scalar.ScalarHadamard;
import jdk.incubator.vector.FloatVector;

/**
 * dZ = dA ⊙ g'(saved), and db = db + Σ dZ over the rows that are still in L1. What does not fill a
 * vector goes to the scalar twin.
 */
final class VectorHadamard {
  /** Elements of a strip: 8 KiB of each of dA, saved and dZ; three of them fit L1. */
  private static final int STRIP = 2048;

  private VectorHadamard() {}

  // spotless:off
  /** m runs of n contiguous elements, strip by strip. */
  static void run(
      ActivationKind g, float parameter, int m, int n,
      float[] dA, int dAOff, int ldDA,
      float[] saved, int savedOff, int ldSaved,
      float[] dZ, int dZOff, int ldDZ,
      float[] db, int dbOff) {
    if (n == 0) {
      return; // whatever m is
    }
    boolean gapless = ldDA == n && ldSaved == n && ldDZ == n;
    int step = Math.max(1, STRIP / n);
    for (int i = 0; i < m; i += step) {
      int rows = Math.min(step, m - i);
      int sweeps = gapless ? 1 : rows;
      int length = gapless ? rows * n : n;
      for (int k = i; k < i + sweeps; k++) {
        product(
            g, parameter, length, dA, dAOff + k * ldDA, saved, savedOff + k * ldSaved,
            dZ, dZOff + k * ldDZ);
      }
      sum(rows, n, dZ, dZOff + i * ldDZ, ldDZ, db, dbOff);
    }
  }

  /** dz_j = da_j·g'(saved_j) for n contiguous elements: one switch, then the loop of that activation. */
  private static void product(
      ActivationKind g, float parameter, int n,
      float[] dA, int dAOff, float[] saved, int savedOff, float[] dZ, int dZOff) {
    int whole = SPECIES.loopBound(n);
    switch (g) {
      case IDENTITY -> {
        if (dZ != dA || dZOff != dAOff) {
          System.arraycopy(dA, dAOff, dZ, dZOff, whole);
        }
      }
      case RELU -> VectorMath.reluFromA(whole, dA, dAOff, saved, savedOff, dZ, dZOff);
      case LEAKY_RELU -> VectorMath.leakyReluFromA(parameter, whole, dA, dAOff, saved, savedOff, dZ, dZOff);
      case ELU -> VectorMath.eluFromA(parameter, whole, dA, dAOff, saved, savedOff, dZ, dZOff);
      case SIGMOID -> VectorMath.sigmoidFromA(whole, dA, dAOff, saved, savedOff, dZ, dZOff);
      case TANH -> VectorMath.tanhFromA(whole, dA, dAOff, saved, savedOff, dZ, dZOff);
      case SOFTPLUS -> VectorMath.softplusFromA(whole, dA, dAOff, saved, savedOff, dZ, dZOff);
      case GELU -> VectorMath.geluFromZ(whole, dA, dAOff, saved, savedOff, dZ, dZOff);
      case GELU_TANH -> VectorMath.geluTanhFromZ(whole, dA, dAOff, saved, savedOff, dZ, dZOff);
      case SILU -> VectorMath.siluFromZ(whole, dA, dAOff, saved, savedOff, dZ, dZOff);
      case HARDSWISH -> VectorMath.hardswishFromZ(whole, dA, dAOff, saved, savedOff, dZ, dZOff);
    }
    ScalarHadamard.product(
        g, parameter, n - whole, dA, dAOff + whole, saved, savedOff + whole, dZ, dZOff + whole);
  }

  /** db_j = db_j + Σ_i dz_ij in ascending i, four rows to a turn. */
  private static void sum(int m, int n, float[] dZ, int dZOff, int ldDZ, float[] db, int dbOff) {
    int whole = SPECIES.loopBound(n);
    int fours = m / 4 * 4;
    for (int i = 0; i < fours; i += 4) {
      int row0 = dZOff + i * ldDZ;
      int row1 = row0 + ldDZ;
      int row2 = row1 + ldDZ;
      int row3 = row2 + ldDZ;
      for (int j = 0; j < whole; j += VL) {
        FloatVector.fromArray(SPECIES, db, dbOff + j)
            .add(FloatVector.fromArray(SPECIES, dZ, row0 + j))
            .add(FloatVector.fromArray(SPECIES, dZ, row1 + j))
            .add(FloatVector.fromArray(SPECIES, dZ, row2 + j))
            .add(FloatVector.fromArray(SPECIES, dZ, row3 + j))
            .intoArray(db, dbOff + j);
      }
    }
    for (int i = fours; i < m; i++) {
      int row = dZOff + i * ldDZ;
      for (int j = 0; j < whole; j += VL) {
        FloatVector.fromArray(SPECIES, db, dbOff + j)
            .add(FloatVector.fromArray(SPECIES, dZ, row + j))
            .intoArray(db, dbOff + j);
      }
    }
    ScalarHadamard.sum(m, n - whole, dZ, dZOff + whole, ldDZ, db, dbOff + whole);
  }
  // spotless:on
}
