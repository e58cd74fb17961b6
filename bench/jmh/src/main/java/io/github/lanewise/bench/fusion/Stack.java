package io.github.lanewise.bench.fusion;

import io.github.lanewise.Activation;
import io.github.lanewise.Loss;
import io.github.lanewise.Network;
import io.github.lanewise.Workspace;

/** A network of three layers, nIn-nOut-nOut/2-10, relu, and a batch to train it on. */
record Stack(Network network, int m, float[] x, float[] target, Workspace workspace) {
  private static final int CLASSES = 10;

  static Stack of(int nOut, int nIn, int m) {
    Network network =
        Network.builder(nIn)
            .dense(nOut, Activation.RELU)
            .dense(nOut / 2, Activation.RELU)
            .dense(CLASSES, Activation.IDENTITY)
            .build(1);
    float[] target = new float[CLASSES * m];
    for (int i = 0; i < m; i++) {
      target[i * CLASSES + i * 7 % CLASSES] = 1;
    }
    return new Stack(
        network, m, Fusion.random(1, nIn * m, 2), target, Workspace.forTraining(network, m));
  }

  void backpropagate(float[] gradients) {
    network.backpropagate(
        x, 0, m, target, 0, Loss.SOFTMAX_CROSS_ENTROPY, gradients, false, workspace);
  }
}
