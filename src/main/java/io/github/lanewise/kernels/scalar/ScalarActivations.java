package io.github.lanewise.kernels.scalar;

import io.github.lanewise.kernels.ActivationKind;

/** A = g(Z), and g' by itself, one element after another. */
public final class ScalarActivations {
  private ScalarActivations() {}

  /** g(z). */
  public static float value(ActivationKind g, float parameter, float z) {
    return switch (g) {
      case IDENTITY -> z;
      case RELU -> ScalarMath.relu(z);
      case LEAKY_RELU -> ScalarMath.leakyRelu(z, parameter);
      case ELU -> ScalarMath.elu(z, parameter);
      case SIGMOID -> ScalarMath.sigmoid(z);
      case TANH -> ScalarMath.tanh(z);
      case SOFTPLUS -> ScalarMath.softplus(z);
      case GELU -> ScalarMath.gelu(z);
      case GELU_TANH -> ScalarMath.geluTanh(z);
      case SILU -> ScalarMath.silu(z);
      case HARDSWISH -> ScalarMath.hardswish(z);
    };
  }

  /** g', from a = g(z) where {@link ActivationKind#derivativeFromA()}, else from z. */
  public static float derivative(ActivationKind g, float parameter, float saved) {
    return switch (g) {
      case IDENTITY -> 1;
      case RELU -> ScalarMath.reluFromA(saved);
      case LEAKY_RELU -> ScalarMath.leakyReluFromA(saved, parameter);
      case ELU -> ScalarMath.eluFromA(saved, parameter);
      case SIGMOID -> ScalarMath.sigmoidFromA(saved);
      case TANH -> ScalarMath.tanhFromA(saved);
      case SOFTPLUS -> ScalarMath.softplusFromA(saved);
      case GELU -> ScalarMath.geluFromZ(saved);
      case GELU_TANH -> ScalarMath.geluTanhFromZ(saved);
      case SILU -> ScalarMath.siluFromZ(saved);
      case HARDSWISH -> ScalarMath.hardswishFromZ(saved);
    };
  }

  /** a_j = g(z_j) for n contiguous elements. */
  public static void run(
      ActivationKind g, float parameter, int n, float[] z, int zOff, float[] a, int aOff) {
    for (int j = 0; j < n; j++) {
      a[aOff + j] = value(g, parameter, z[zOff + j]);
    }
  }
}
