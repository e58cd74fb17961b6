package io.github.lanewise.bench.fusion;

import io.github.lanewise.Activation;
import io.github.lanewise.Adam;
import io.github.lanewise.Loss;
import io.github.lanewise.Network;
import io.github.lanewise.Optimizer;
import io.github.lanewise.Sgd;
import io.github.lanewise.Workspace;
import java.util.List;

/**
 * A step of training of a network of three layers, nIn-nOut-nOut/2-10, relu: {@link Network#train},
 * or {@link Network#backpropagate} and then {@link Optimizer#step}.
 */
final class UpdateFusion implements Fusion {
  private static final float RATE = 1e-6f;

  private final int m;
  private final Network network;
  private final float[] x;
  private final float[] target;
  private final float[] gradients;
  private final Optimizer optimizer;
  private final Workspace workspace;

  private UpdateFusion(int nOut, int nIn, int m, boolean adam) {
    this.m = m;
    network =
        Network.builder(nIn)
            .dense(nOut, Activation.RELU)
            .dense(nOut / 2, Activation.RELU)
            .dense(10, Activation.IDENTITY)
            .build(1);
    x = Fusion.random(1, nIn * m, 2);
    target = new float[10 * m];
    for (int i = 0; i < m; i++) {
      target[i * 10 + i * 7 % 10] = 1;
    }
    int size = network.parameters().length;
    gradients = new float[size];
    optimizer = adam ? new Adam(size, RATE) : new Sgd(size, RATE, 0);
    workspace = Workspace.forTraining(network, m);
  }

  static Fusion sgd(int nOut, int nIn, int m) {
    return new UpdateFusion(nOut, nIn, m, false);
  }

  static Fusion adam(int nOut, int nIn, int m) {
    return new UpdateFusion(nOut, nIn, m, true);
  }

  @Override
  public void fused() {
    network.train(x, 0, m, target, 0, Loss.SOFTMAX_CROSS_ENTROPY, optimizer, workspace);
  }

  @Override
  public void apart() {
    network.backpropagate(
        x, 0, m, target, 0, Loss.SOFTMAX_CROSS_ENTROPY, gradients, false, workspace);
    optimizer.step(network.parameters(), gradients);
  }

  @Override
  public List<float[]> results() {
    return List.of(network.parameters());
  }
}
