package io.github.lanewise;

/**
 * Stochastic gradient descent with momentum, one sweep:
 *
 * <pre>
 *   v = momentum·v + g          p = p − rate·v
 * </pre>
 *
 * (Sutskever et al., "On the Importance of Initialization and Momentum", 2013, in the form that
 * keeps the rate out of v.) Both lines are one fused multiply-add each; a v below the normal range
 * becomes 0. Without momentum there is no v: p = p − rate·g, three passes through memory instead of
 * five.
 *
 * <p>Its state is v, or nothing without momentum.
 */
public final class Sgd implements Optimizer {
  private final int size;
  private final float momentum;

  /** v; empty without momentum. */
  private final float[] velocity;

  private float rate;

  /**
   * For so many parameters; v starts at 0.
   *
   * @param parameters number of parameters
   * @param rate learning rate, finite and at least 0
   * @param momentum in [0, 1); 0 is plain gradient descent
   */
  public Sgd(int parameters, float rate, float momentum) {
    this.size = Check.atLeast("parameters", parameters, 0);
    this.rate = Check.inRange("rate", rate, 0, Float.POSITIVE_INFINITY);
    this.momentum = Check.inRange("momentum", momentum, 0, 1);
    this.velocity = new float[momentum == 0 ? 0 : parameters];
  }

  /**
   * Changes the learning rate from the next step on.
   *
   * @param rate learning rate, finite and at least 0
   */
  public void rate(float rate) {
    this.rate = Check.inRange("rate", rate, 0, Float.POSITIVE_INFINITY);
  }

  @Override
  public int parameters() {
    return size;
  }

  /** All steps are alike. */
  @Override
  public void begin() {}

  @Override
  public void update(
      float[] parameters, int parametersOffset, int count, float[] gradients, int gradientsOffset) {
    Check.update(size, parameters, parametersOffset, count, gradients, gradientsOffset);
    if (momentum == 0) {
      Lanewise.kernels().sgd(count, rate, parameters, parametersOffset, gradients, gradientsOffset);
    } else {
      Lanewise.kernels()
          .sgd(
              count,
              rate,
              momentum,
              parameters,
              parametersOffset,
              gradients,
              gradientsOffset,
              velocity);
    }
  }

  @Override
  public float[] state() {
    return velocity.clone();
  }

  @Override
  public void restore(float[] state) {
    Check.state(state, velocity.length);
    System.arraycopy(state, 0, velocity, 0, velocity.length);
  }
}
