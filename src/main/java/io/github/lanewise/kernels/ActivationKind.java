package io.github.lanewise.kernels;

/**
 * The calculus of an activation as the seam knows it: a kind, plus at most one parameter that
 * travels beside it. Kernels switch over the kind once per sweep, never once per element.
 */
public enum ActivationKind {
  IDENTITY(true),
  RELU(true),
  LEAKY_RELU(true),
  ELU(true),
  SIGMOID(true),
  TANH(true),
  SOFTPLUS(true),
  GELU(false),
  GELU_TANH(false),
  SILU(false),
  HARDSWISH(false);

  private final boolean derivativeFromA;

  ActivationKind(boolean derivativeFromA) {
    this.derivativeFromA = derivativeFromA;
  }

  /** Whether g' is computed from A = g(Z), so that Z need not be kept; otherwise it needs Z. */
  public boolean derivativeFromA() {
    return derivativeFromA;
  }
}
