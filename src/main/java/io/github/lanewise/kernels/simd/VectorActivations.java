package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.SPECIES;

import io.github.lanewise.kernels.ActivationKind;
import io.github.lanewise.kernels.scalar.ScalarActivations;

/**
 * A = g(Z): one switch per sweep, then the loop of that activation, so that no call in it is ever
 * megamorphic. What does not fill a vector goes to the scalar twin, which has the same bits.
 */
final class VectorActivations {
  private VectorActivations() {}

  // spotless:off
  /** a_j = g(z_j) for n contiguous elements; a may be z itself. */
  static void run(
      ActivationKind g, float parameter, int n, float[] z, int zOff, float[] a, int aOff) {
    int whole = SPECIES.loopBound(n);
    switch (g) {
      case IDENTITY -> {
        if (a != z || aOff != zOff) {
          System.arraycopy(z, zOff, a, aOff, whole);
        }
      }
      case RELU -> VectorMath.relu(whole, z, zOff, a, aOff);
      case LEAKY_RELU -> VectorMath.leakyRelu(parameter, whole, z, zOff, a, aOff);
      case ELU -> VectorMath.elu(parameter, whole, z, zOff, a, aOff);
      case SIGMOID -> VectorMath.sigmoid(whole, z, zOff, a, aOff);
      case TANH -> VectorMath.tanh(whole, z, zOff, a, aOff);
      case SOFTPLUS -> VectorMath.softplus(whole, z, zOff, a, aOff);
      case GELU -> VectorMath.gelu(whole, z, zOff, a, aOff);
      case GELU_TANH -> VectorMath.geluTanh(whole, z, zOff, a, aOff);
      case SILU -> VectorMath.silu(whole, z, zOff, a, aOff);
      case HARDSWISH -> VectorMath.hardswish(whole, z, zOff, a, aOff);
    }
    ScalarActivations.run(g, parameter, n - whole, z, zOff + whole, a, aOff + whole);
  }
  // spotless:on
}
