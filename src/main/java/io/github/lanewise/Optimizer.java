package io.github.lanewise;

/**
 * A rule that moves the parameters against their gradient, in one fused sweep. It owns its state,
 * one or two floats per parameter, so one optimizer serves one network.
 *
 * <p>A step is {@link #begin} and then every parameter once by {@link #update}, in pieces of any
 * size and order, since each moves by itself: all at once, as {@link #step} does, or piece by piece
 * as gradients are made, as {@link Network#train} does, with the same bits.
 */
public interface Optimizer {
  /** {@return number of parameters that it was made for} */
  int parameters();

  /** Begins a step: what is the same for all its parameters, such as counting it. */
  void begin();

  /**
   * The part of a step that is about some of the parameters.
   *
   * @param parameters all of them, as many as the optimizer was made for
   * @param parametersOffset the first that is updated
   * @param count how many are updated
   * @param gradients {@code count} floats from {@code gradientsOffset}, only read
   * @param gradientsOffset gradient of the first
   * @throws NullPointerException naming a null argument
   * @throws IllegalArgumentException naming an array that is too short or of another length than
   *     the optimizer was made for, or if both are the same array; nothing is written then
   * @throws IllegalStateException if the rule counts its steps, as {@link Adam} does, and none has
   *     begun
   */
  void update(
      float[] parameters, int parametersOffset, int count, float[] gradients, int gradientsOffset);

  /**
   * One step.
   *
   * @param parameters updated in place
   * @param gradients of the same length, only read
   * @throws NullPointerException naming a null argument
   * @throws IllegalArgumentException if a length is not the one that the optimizer was made for, or
   *     both are the same array; nothing is written then
   */
  default void step(float[] parameters, float[] gradients) {
    Check.step(parameters(), parameters, gradients);
    begin();
    update(parameters, 0, parameters.length, gradients, 0);
  }

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
