package io.github.lanewise;

/**
 * Adam (Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015, algorithm 1), one sweep
 * per step t = 1, 2, …:
 *
 * <pre>
 *   m = β₁·m + (1 − β₁)·g          v = β₂·v + (1 − β₂)·g²
 *   p = p − rate/(1 − β₁ᵗ)·m / (√(v/(1 − β₂ᵗ)) + ε)
 * </pre>
 *
 * The two corrections of bias are computed in double once per step. An m or v below the normal
 * range becomes 0: v does so for gradients up to 2⁻⁶³/√(1 − β₂), of which m still knows, and then ε
 * alone divides. From that size on, 3.4·10⁻¹⁸ for β₂ = 0.999 and 4.4·10⁻¹⁶ for the largest β₂, ε
 * keeps such a step about as small as the rate (with β₁ well below √β₂); under a smaller one it
 * explodes.
 *
 * <p>Its state is m, then v, then t mod 2²⁴ and t div 2²⁴, which floats hold exactly. (An array has
 * room for the state of up to 2³⁰ − 6 parameters.)
 */
public final class Adam implements Optimizer {
  /** Up to here every whole number is a float. */
  private static final int WHOLE = 1 << 24;

  private final float[] m;
  private final float[] v;
  private final float beta1;
  private final float beta2;
  private final float epsilon;
  private float rate;
  private long t;
  private double beta1ToT = 1;
  private double beta2ToT = 1;

  /** Of the step that has begun: rate/(1 − β₁ᵗ), and 1/√(1 − β₂ᵗ), the factor of √v. */
  private float correctedRate;

  private float scale;

  /**
   * For so many parameters, with the paper's β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸.
   *
   * @param parameters number of parameters
   * @param rate learning rate, finite and at least 0
   */
  public Adam(int parameters, float rate) {
    this(parameters, rate, 0.9f, 0.999f, 1e-8f);
  }

  /**
   * For so many parameters; m and v start at 0.
   *
   * @param parameters number of parameters
   * @param rate learning rate, finite and at least 0
   * @param beta1 decay of the mean, in [0, 1)
   * @param beta2 decay of the mean square, in [0, 1)
   * @param epsilon finite and above 0; safe from 2⁻⁶³/√(1 − β₂) on
   */
  public Adam(int parameters, float rate, float beta1, float beta2, float epsilon) {
    Check.atLeast("parameters", parameters, 0);
    this.rate = Check.inRange("rate", rate, 0, Float.POSITIVE_INFINITY);
    this.beta1 = Check.inRange("beta1", beta1, 0, 1);
    this.beta2 = Check.inRange("beta2", beta2, 0, 1);
    this.epsilon = Check.inRange("epsilon", epsilon, Float.MIN_VALUE, Float.POSITIVE_INFINITY);
    this.m = new float[parameters];
    this.v = new float[parameters];
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
    return m.length;
  }

  @Override
  public void begin() {
    t++;
    beta1ToT *= beta1;
    beta2ToT *= beta2;
    correct();
  }

  private void correct() {
    correctedRate = (float) (rate / (1 - beta1ToT));
    scale = (float) (1 / Math.sqrt(1 - beta2ToT));
  }

  @Override
  public void update(
      float[] parameters, int parametersOffset, int count, float[] gradients, int gradientsOffset) {
    Check.update(m.length, parameters, parametersOffset, count, gradients, gradientsOffset);
    if (t == 0) {
      throw new IllegalStateException("no step has begun");
    }
    Lanewise.kernels()
        .adam(
            count,
            correctedRate,
            beta1,
            beta2,
            scale,
            epsilon,
            parameters,
            parametersOffset,
            gradients,
            gradientsOffset,
            m,
            v);
  }

  @Override
  public float[] state() {
    float[] state = new float[stateLength()];
    System.arraycopy(m, 0, state, 0, m.length);
    System.arraycopy(v, 0, state, m.length, v.length);
    state[2 * m.length] = t % WHOLE;
    state[2 * m.length + 1] = t >> 24;
    return state;
  }

  @Override
  public void restore(float[] state) {
    Check.state(state, stateLength());
    t = steps(state, 2 * m.length) + WHOLE * steps(state, 2 * m.length + 1);
    System.arraycopy(state, 0, m, 0, m.length);
    System.arraycopy(state, m.length, v, 0, v.length);
    beta1ToT = 1;
    beta2ToT = 1;
    // Powers that no longer change 1 − βᵗ need not be exact.
    for (long i = 0; i < t && (1 - beta1ToT < 1 || 1 - beta2ToT < 1); i++) {
      beta1ToT *= beta1;
      beta2ToT *= beta2;
    }
    correct();
  }

  private int stateLength() {
    return Math.toIntExact(2L * m.length + 2);
  }

  private static long steps(float[] state, int index) {
    float steps = state[index];
    if (!(steps >= 0 && steps < WHOLE && steps == (int) steps)) {
      throw Check.illegal(
          "state[%d] is %s, must be a whole number from 0 to below %d", index, steps, WHOLE);
    }
    return (long) steps;
  }
}
