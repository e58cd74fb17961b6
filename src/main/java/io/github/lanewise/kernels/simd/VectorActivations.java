package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import io.github.lanewise.kernels.ActivationKind;
import io.github.lanewise.kernels.scalar.ScalarActivations;
import jdk.incubator.vector.FloatVector;

/**
 * A = g(Z): one switch per sweep, then a loop of its own for every activation, so that no call in
 * it is ever megamorphic. What does not fill a vector goes to the scalar twin, which has the same
 * bits.
 */
final class VectorActivations {
  private VectorActivations() {}

  // spotless:off
  /** a_j = g(z_j) for n contiguous elements. */
  static void run(
      ActivationKind g, float parameter, int n, float[] z, int zOff, float[] a, int aOff) {
    int whole = SPECIES.loopBound(n);
    switch (g) {
      case IDENTITY -> System.arraycopy(z, zOff, a, aOff, whole);
      case RELU -> relu(whole, z, zOff, a, aOff);
      case LEAKY_RELU -> leakyRelu(parameter, whole, z, zOff, a, aOff);
      case ELU -> elu(parameter, whole, z, zOff, a, aOff);
      case SIGMOID -> sigmoid(whole, z, zOff, a, aOff);
      case TANH -> tanh(whole, z, zOff, a, aOff);
      case SOFTPLUS -> softplus(whole, z, zOff, a, aOff);
      case GELU -> gelu(whole, z, zOff, a, aOff);
      case GELU_TANH -> geluTanh(whole, z, zOff, a, aOff);
      case SILU -> silu(whole, z, zOff, a, aOff);
      case HARDSWISH -> hardswish(whole, z, zOff, a, aOff);
    }
    ScalarActivations.run(g, parameter, n - whole, z, zOff + whole, a, aOff + whole);
  }

  private static void relu(int whole, float[] z, int zOff, float[] a, int aOff) {
    for (int j = 0; j < whole; j += VL) {
      FloatVector zj = FloatVector.fromArray(SPECIES, z, zOff + j);
      VectorMath.relu(zj).intoArray(a, aOff + j);
    }
  }

  private static void leakyRelu(float slope, int whole, float[] z, int zOff, float[] a, int aOff) {
    for (int j = 0; j < whole; j += VL) {
      FloatVector zj = FloatVector.fromArray(SPECIES, z, zOff + j);
      VectorMath.leakyRelu(zj, slope).intoArray(a, aOff + j);
    }
  }

  private static void elu(float alpha, int whole, float[] z, int zOff, float[] a, int aOff) {
    for (int j = 0; j < whole; j += VL) {
      FloatVector zj = FloatVector.fromArray(SPECIES, z, zOff + j);
      VectorMath.elu(zj, alpha).intoArray(a, aOff + j);
    }
  }

  private static void sigmoid(int whole, float[] z, int zOff, float[] a, int aOff) {
    for (int j = 0; j < whole; j += VL) {
      FloatVector zj = FloatVector.fromArray(SPECIES, z, zOff + j);
      VectorMath.sigmoid(zj).intoArray(a, aOff + j);
    }
  }

  private static void tanh(int whole, float[] z, int zOff, float[] a, int aOff) {
    for (int j = 0; j < whole; j += VL) {
      FloatVector zj = FloatVector.fromArray(SPECIES, z, zOff + j);
      VectorMath.tanh(zj).intoArray(a, aOff + j);
    }
  }

  private static void softplus(int whole, float[] z, int zOff, float[] a, int aOff) {
    for (int j = 0; j < whole; j += VL) {
      FloatVector zj = FloatVector.fromArray(SPECIES, z, zOff + j);
      VectorMath.softplus(zj).intoArray(a, aOff + j);
    }
  }

  private static void gelu(int whole, float[] z, int zOff, float[] a, int aOff) {
    for (int j = 0; j < whole; j += VL) {
      FloatVector zj = FloatVector.fromArray(SPECIES, z, zOff + j);
      VectorMath.gelu(zj).intoArray(a, aOff + j);
    }
  }

  private static void geluTanh(int whole, float[] z, int zOff, float[] a, int aOff) {
    for (int j = 0; j < whole; j += VL) {
      FloatVector zj = FloatVector.fromArray(SPECIES, z, zOff + j);
      VectorMath.geluTanh(zj).intoArray(a, aOff + j);
    }
  }

  private static void silu(int whole, float[] z, int zOff, float[] a, int aOff) {
    for (int j = 0; j < whole; j += VL) {
      FloatVector zj = FloatVector.fromArray(SPECIES, z, zOff + j);
      VectorMath.silu(zj).intoArray(a, aOff + j);
    }
  }

  private static void hardswish(int whole, float[] z, int zOff, float[] a, int aOff) {
    for (int j = 0; j < whole; j += VL) {
      FloatVector zj = FloatVector.fromArray(SPECIES, z, zOff + j);
      VectorMath.hardswish(zj).intoArray(a, aOff + j);
    }
  }
  // spotless:on
}
