package io.github.lanewise;

import java.util.List;

/**
 * The equations of {@link DenseLayer} through a stack of them, forward to the loss and back: from
 * layer to layer dZprev = (Wᵀ·dZ) ⊙ g'(Zprev), and dW = dZ·Aprevᵀ written to an array of gradients
 * or handed to an optimizer strip by strip.
 */
final class Backpropagation {
  private Backpropagation() {}

  // spotless:off
  /** The contract of {@link Network#backpropagate}. */
  static double gradients(
      Network network,
      float[] x, int xOff, int batch,
      float[] target, int targetOff, Loss loss,
      float[] gradients, boolean accumulate, Workspace workspace) {
    List<DenseLayer> layers = network.layers();
    int last = layers.size() - 1;
    double value = loss(network, x, xOff, batch, target, targetOff, loss, workspace);
    last(network, batch, gradients, network.biasOffset(last), accumulate, workspace);
    for (int l = last; l >= 0; l--) {
      DenseLayer layer = layers.get(l);
      int nOut = layer.outputs();
      layer.weightGradient(
          batch, workspace.delta(l), 0, nOut,
          aPrev(l, x, workspace), l == 0 ? xOff : 0, layer.inputs(),
          gradients, network.weightOffset(l), nOut, accumulate, workspace);
      if (l > 0) {
        below(network, l, batch, gradients, network.biasOffset(l - 1), accumulate, workspace);
      }
    }
    return value;
  }

  /** The contract of {@link Network#train}. */
  static double step(
      Network network,
      float[] x, int xOff, int batch,
      float[] target, int targetOff, Loss loss,
      Optimizer optimizer, Workspace workspace) {
    List<DenseLayer> layers = network.layers();
    float[] parameters = network.parameters();
    float[] db = workspace.db();
    double value = loss(network, x, xOff, batch, target, targetOff, loss, workspace);
    last(network, batch, db, 0, false, workspace);
    optimizer.begin();
    for (int l = layers.size() - 1; l >= 0; l--) {
      int nOut = layers.get(l).outputs();
      int nIn = layers.get(l).inputs();
      optimizer.update(parameters, network.biasOffset(l), nOut, db, 0);
      if (l > 0) { // before W moves
        below(network, l, batch, db, 0, false, workspace);
      }
      WeightUpdate.run(
          nOut, nIn, batch, workspace.delta(l), 0, nOut,
          aPrev(l, x, workspace), l == 0 ? xOff : 0, nIn,
          optimizer, parameters, network.weightOffset(l), workspace);
    }
    return value;
  }

  /** Forward, keeping what the way back needs of every layer, and the loss with dA of the last one. */
  private static double loss(
      Network network,
      float[] x, int xOff, int batch,
      float[] target, int targetOff, Loss loss, Workspace workspace) {
    List<DenseLayer> layers = network.layers();
    int last = layers.size() - 1;
    for (int l = 0; l <= last; l++) {
      DenseLayer layer = layers.get(l);
      int nOut = layer.outputs();
      layer.forward(
          batch, aPrev(l, x, workspace), l == 0 ? xOff : 0, layer.inputs(),
          workspace.z(l), 0, nOut, workspace.a(l), 0, nOut, workspace);
    }
    return loss.evaluate(
        batch, network.outputs(), workspace.a(last), 0, target, targetOff, workspace.delta(last), 0);
  }

  /** dZ and db of the last layer, from the dA that the loss has left. */
  private static void last(
      Network network, int batch, float[] db, int dbOff, boolean accumulate, Workspace workspace) {
    int last = network.layers().size() - 1;
    int nOut = network.outputs();
    float[] delta = workspace.delta(last);
    network.layers().get(last)
        .preActivationGradient(
            batch, delta, 0, nOut, workspace.z(last), 0, nOut, delta, 0, nOut,
            db, dbOff, accumulate);
  }

  /** dZ and db of the layer below layer l, from that one's dZ, while dA is warm. */
  private static void below(
      Network network, int l, int batch, float[] db, int dbOff, boolean accumulate, Workspace workspace) {
    DenseLayer layer = network.layers().get(l);
    int nIn = layer.inputs();
    InputGradient.run(
        layer.weights(), network.layers().get(l - 1).activation(), batch,
        workspace.delta(l), 0, layer.outputs(),
        workspace.z(l - 1), 0, nIn, workspace.delta(l - 1), 0, nIn,
        db, dbOff, accumulate, workspace);
  }

  private static float[] aPrev(int l, float[] x, Workspace workspace) {
    return l == 0 ? x : workspace.a(l - 1);
  }
  // spotless:on
}
