package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import io.github.lanewise.kernels.ActivationKind;
import io.github.lanewise.kernels.scalar.ScalarHadamard;
import jdk.incubator.vector.FloatVector;

/**
 * dZ = dA ⊙ g'(saved) and db = db + dZ for one example, in one sweep: one switch, then a loop of
 * its own for every activation. What does not fill a vector goes to the scalar twin.
 */
final class VectorHadamard {
  private VectorHadamard() {}

  // spotless:off
  /** dz_j = da_j·g'(saved_j), db_j = db_j + dz_j for n contiguous elements. */
  static void run(
      ActivationKind g, float parameter, int n,
      float[] dA, int dAOff, float[] saved, int savedOff,
      float[] dZ, int dZOff, float[] db, int dbOff) {
    int whole = SPECIES.loopBound(n);
    switch (g) {
      case IDENTITY -> identity(whole, dA, dAOff, dZ, dZOff, db, dbOff);
      case RELU -> reluFromA(whole, dA, dAOff, saved, savedOff, dZ, dZOff, db, dbOff);
      case LEAKY_RELU -> leakyReluFromA(parameter, whole, dA, dAOff, saved, savedOff, dZ, dZOff, db, dbOff);
      case ELU -> eluFromA(parameter, whole, dA, dAOff, saved, savedOff, dZ, dZOff, db, dbOff);
      case SIGMOID -> sigmoidFromA(whole, dA, dAOff, saved, savedOff, dZ, dZOff, db, dbOff);
      case TANH -> tanhFromA(whole, dA, dAOff, saved, savedOff, dZ, dZOff, db, dbOff);
      case SOFTPLUS -> softplusFromA(whole, dA, dAOff, saved, savedOff, dZ, dZOff, db, dbOff);
      case GELU -> geluFromZ(whole, dA, dAOff, saved, savedOff, dZ, dZOff, db, dbOff);
      case GELU_TANH -> geluTanhFromZ(whole, dA, dAOff, saved, savedOff, dZ, dZOff, db, dbOff);
      case SILU -> siluFromZ(whole, dA, dAOff, saved, savedOff, dZ, dZOff, db, dbOff);
      case HARDSWISH -> hardswishFromZ(whole, dA, dAOff, saved, savedOff, dZ, dZOff, db, dbOff);
    }
    ScalarHadamard.run(
        g, parameter, n - whole, dA, dAOff + whole, saved, savedOff + whole,
        dZ, dZOff + whole, db, dbOff + whole);
  }

  private static void identity(
      int whole, float[] dA, int dAOff, float[] dZ, int dZOff, float[] db, int dbOff) {
    for (int j = 0; j < whole; j += VL) {
      FloatVector dz = FloatVector.fromArray(SPECIES, dA, dAOff + j);
      dz.intoArray(dZ, dZOff + j);
      FloatVector.fromArray(SPECIES, db, dbOff + j).add(dz).intoArray(db, dbOff + j);
    }
  }

  private static void reluFromA(
      int whole, float[] dA, int dAOff, float[] saved, int savedOff,
      float[] dZ, int dZOff, float[] db, int dbOff) {
    for (int j = 0; j < whole; j += VL) {
      FloatVector s = FloatVector.fromArray(SPECIES, saved, savedOff + j);
      FloatVector dz = FloatVector.fromArray(SPECIES, dA, dAOff + j).mul(VectorMath.reluFromA(s));
      dz.intoArray(dZ, dZOff + j);
      FloatVector.fromArray(SPECIES, db, dbOff + j).add(dz).intoArray(db, dbOff + j);
    }
  }

  private static void leakyReluFromA(
      float slope, int whole, float[] dA, int dAOff, float[] saved, int savedOff,
      float[] dZ, int dZOff, float[] db, int dbOff) {
    for (int j = 0; j < whole; j += VL) {
      FloatVector s = FloatVector.fromArray(SPECIES, saved, savedOff + j);
      FloatVector dz = FloatVector.fromArray(SPECIES, dA, dAOff + j).mul(VectorMath.leakyReluFromA(s, slope));
      dz.intoArray(dZ, dZOff + j);
      FloatVector.fromArray(SPECIES, db, dbOff + j).add(dz).intoArray(db, dbOff + j);
    }
  }

  private static void eluFromA(
      float alpha, int whole, float[] dA, int dAOff, float[] saved, int savedOff,
      float[] dZ, int dZOff, float[] db, int dbOff) {
    for (int j = 0; j < whole; j += VL) {
      FloatVector s = FloatVector.fromArray(SPECIES, saved, savedOff + j);
      FloatVector dz = FloatVector.fromArray(SPECIES, dA, dAOff + j).mul(VectorMath.eluFromA(s, alpha));
      dz.intoArray(dZ, dZOff + j);
      FloatVector.fromArray(SPECIES, db, dbOff + j).add(dz).intoArray(db, dbOff + j);
    }
  }

  private static void sigmoidFromA(
      int whole, float[] dA, int dAOff, float[] saved, int savedOff,
      float[] dZ, int dZOff, float[] db, int dbOff) {
    for (int j = 0; j < whole; j += VL) {
      FloatVector s = FloatVector.fromArray(SPECIES, saved, savedOff + j);
      FloatVector dz = FloatVector.fromArray(SPECIES, dA, dAOff + j).mul(VectorMath.sigmoidFromA(s));
      dz.intoArray(dZ, dZOff + j);
      FloatVector.fromArray(SPECIES, db, dbOff + j).add(dz).intoArray(db, dbOff + j);
    }
  }

  private static void tanhFromA(
      int whole, float[] dA, int dAOff, float[] saved, int savedOff,
      float[] dZ, int dZOff, float[] db, int dbOff) {
    for (int j = 0; j < whole; j += VL) {
      FloatVector s = FloatVector.fromArray(SPECIES, saved, savedOff + j);
      FloatVector dz = FloatVector.fromArray(SPECIES, dA, dAOff + j).mul(VectorMath.tanhFromA(s));
      dz.intoArray(dZ, dZOff + j);
      FloatVector.fromArray(SPECIES, db, dbOff + j).add(dz).intoArray(db, dbOff + j);
    }
  }

  private static void softplusFromA(
      int whole, float[] dA, int dAOff, float[] saved, int savedOff,
      float[] dZ, int dZOff, float[] db, int dbOff) {
    for (int j = 0; j < whole; j += VL) {
      FloatVector s = FloatVector.fromArray(SPECIES, saved, savedOff + j);
      FloatVector dz = FloatVector.fromArray(SPECIES, dA, dAOff + j).mul(VectorMath.softplusFromA(s));
      dz.intoArray(dZ, dZOff + j);
      FloatVector.fromArray(SPECIES, db, dbOff + j).add(dz).intoArray(db, dbOff + j);
    }
  }

  private static void geluFromZ(
      int whole, float[] dA, int dAOff, float[] saved, int savedOff,
      float[] dZ, int dZOff, float[] db, int dbOff) {
    for (int j = 0; j < whole; j += VL) {
      FloatVector s = FloatVector.fromArray(SPECIES, saved, savedOff + j);
      FloatVector dz = FloatVector.fromArray(SPECIES, dA, dAOff + j).mul(VectorMath.geluFromZ(s));
      dz.intoArray(dZ, dZOff + j);
      FloatVector.fromArray(SPECIES, db, dbOff + j).add(dz).intoArray(db, dbOff + j);
    }
  }

  private static void geluTanhFromZ(
      int whole, float[] dA, int dAOff, float[] saved, int savedOff,
      float[] dZ, int dZOff, float[] db, int dbOff) {
    for (int j = 0; j < whole; j += VL) {
      FloatVector s = FloatVector.fromArray(SPECIES, saved, savedOff + j);
      FloatVector dz = FloatVector.fromArray(SPECIES, dA, dAOff + j).mul(VectorMath.geluTanhFromZ(s));
      dz.intoArray(dZ, dZOff + j);
      FloatVector.fromArray(SPECIES, db, dbOff + j).add(dz).intoArray(db, dbOff + j);
    }
  }

  private static void siluFromZ(
      int whole, float[] dA, int dAOff, float[] saved, int savedOff,
      float[] dZ, int dZOff, float[] db, int dbOff) {
    for (int j = 0; j < whole; j += VL) {
      FloatVector s = FloatVector.fromArray(SPECIES, saved, savedOff + j);
      FloatVector dz = FloatVector.fromArray(SPECIES, dA, dAOff + j).mul(VectorMath.siluFromZ(s));
      dz.intoArray(dZ, dZOff + j);
      FloatVector.fromArray(SPECIES, db, dbOff + j).add(dz).intoArray(db, dbOff + j);
    }
  }

  private static void hardswishFromZ(
      int whole, float[] dA, int dAOff, float[] saved, int savedOff,
      float[] dZ, int dZOff, float[] db, int dbOff) {
    for (int j = 0; j < whole; j += VL) {
      FloatVector s = FloatVector.fromArray(SPECIES, saved, savedOff + j);
      FloatVector dz = FloatVector.fromArray(SPECIES, dA, dAOff + j).mul(VectorMath.hardswishFromZ(s));
      dz.intoArray(dZ, dZOff + j);
      FloatVector.fromArray(SPECIES, db, dbOff + j).add(dz).intoArray(db, dbOff + j);
    }
  }
  // spotless:on
}
