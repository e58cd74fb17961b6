package io.github.lanewise;

/**
 * A rule that moves the parameters against their gradient, in one fused sweep. It owns its state,
 * one or two floats per parameter, so one optimizer serves one network.
 */
public interface Optimizer {
  /**
   * One step.
   *
   * @param parameters updated in place
   * @param gradients of the same length, only read
   * @throws NullPointerException naming a null argument
   * @throws IllegalArgumentException if a length is not the one that the optimizer was made for, or
   *     both are the same array; nothing is written then
   */
  void step(float[] parameters, float[] gradients);

  /**
   * What the steps so far have left, for {@link #restore}: with it, the parameters and what the
   * constructor takes, training goes on with the same bits as if it had never stopped.
   *
   * @return a copy, laid out as the class says
   */
  float[] state();

  /**
   * Goes on from where another optimizer, made with the same numbers, stood.
   *
   * @param state what {@link #state()} returned there; it is copied
   * @throws NullPointerException if {@code state} is null
   * @throws IllegalArgumentException if its length is not that of this optimizer's state, or it
   *     counts steps that cannot have been; nothing changes then
   */
  void restore(float[] state);
}
