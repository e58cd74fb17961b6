package io.github.lanewise;

import io.github.lanewise.kernels.ActivationKind;
import java.util.List;

/** Every activation there is, with parameters that are neither 0 nor 1 where there is one. */
final class Activations {
  static final List<Activation> ALL =
      List.of(
          Activation.IDENTITY,
          Activation.RELU,
          Activation.leakyRelu(0.125f),
          Activation.elu(0.75f),
          Activation.SIGMOID,
          Activation.TANH,
          Activation.SOFTPLUS,
          Activation.GELU,
          Activation.GELU_TANH,
          Activation.SILU,
          Activation.HARDSWISH);

  /**
   * How far a float g' may lie from the exact value for its argument; |g'| itself is 3/2 at most.
   */
  static final double DERIVATIVE_TOLERANCE = 8 * 0x1p-24;

  static {
    // A new kind must be added above, or it would go untested.
    if (ALL.stream().map(Activation::kind).distinct().count() != ActivationKind.values().length) {
      throw new AssertionError("not every activation is listed");
    }
  }

  private Activations() {}

  /**
   * How far a float g(z) may lie from the exact value: 4 ulps, which are 8 units of roundoff at
   * most, and for values below 2⁻¹⁰, in the tails, what 4 ulps of 2⁻¹⁰ are.
   */
  static double tolerance(double value) {
    return 8 * 0x1p-24 * Math.max(Math.abs(value), 0x1p-10);
  }

  /** For {@code @MethodSource}. */
  static List<Activation> all() {
    return ALL;
  }
}
