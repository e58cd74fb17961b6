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
}
