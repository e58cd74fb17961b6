package io.github.lanewise.bench.fusion;

import io.github.lanewise.Adam;
import io.github.lanewise.Loss;
import io.github.lanewise.Network;
import io.github.lanewise.Optimizer;
import io.github.lanewise.Sgd;
import java.util.List;

/**
 * A step of training of a {@link Stack}: {@link Network#train}, or {@link Network#backpropagate}
 * and then {@link Optimizer#step}.
 */
final class UpdateFusion implements Fusion {
  private static final float RATE = 1e-6f;

  private final Stack stack;
  private final float[] gradients;
  private final Optimizer optimizer;

  private UpdateFusion(Stack stack, boolean adam) {
    this.stack = stack;
    int size = stack.network().parameters().length;
    gradients = new float[size];
    optimizer = adam ? new Adam(size, RATE) : new Sgd(size, RATE, 0);
  }

  static Fusion sgd(int nOut, int nIn, int m) {
    return new UpdateFusion(Stack.of(nOut, nIn, m), false);
  }

  static Fusion adam(int nOut, int nIn, int m) {
    return new UpdateFusion(Stack.of(nOut, nIn, m), true);
  }

  @Override
  public void fused() {
    stack
        .network()
        .train(
            stack.x(),
            0,
            stack.m(),
            stack.target(),
            0,
            Loss.SOFTMAX_CROSS_ENTROPY,
            optimizer,
            stack.workspace());
  }

  @Override
  public void apart() {
    stack.backpropagate(gradients);
    optimizer.step(stack.network().parameters(), gradients);
  }

  @Override
  public List<float[]> results() {
    return List.of(stack.network().parameters());
  }
}
