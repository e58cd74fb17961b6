package io.github.lanewise.bench.fusion;

import io.github.lanewise.Activation;
import io.github.lanewise.DenseLayer;
import io.github.lanewise.FloatMatrix;
import io.github.lanewise.Gemm;
import io.github.lanewise.Hadamard;
import io.github.lanewise.Loss;
import io.github.lanewise.Network;
import io.github.lanewise.Workspace;
import java.util.ArrayList;
import java.util.List;

/**
 * Forward, loss and backward of a network of three layers, nIn-nOut-nOut/2-10, relu: {@link
 * Network#backpropagate}, or product for product and sweep for sweep.
 */
final class StepFusion implements Fusion {
  private final int m;
  private final Network network;
  private final float[] x;
  private final FloatMatrix target;
  private final float[] gradients;
  private final Workspace workspace;
  private final Workspace products = Workspace.forProducts();

  /** Z of every layer, in which A is made; before them the input. */
  private final List<FloatMatrix> a = new ArrayList<>();

  /** dA of every layer, in which dZ is made. */
  private final List<FloatMatrix> dZ = new ArrayList<>();

  StepFusion(int nOut, int nIn, int m) {
    this.m = m;
    network =
        Network.builder(nIn)
            .dense(nOut, Activation.RELU)
            .dense(nOut / 2, Activation.RELU)
            .dense(10, Activation.IDENTITY)
            .build(1);
    x = Fusion.random(1, nIn * m, 2);
    target = matrix(10);
    for (int i = 0; i < m; i++) {
      target.array()[i * 10 + i * 7 % 10] = 1;
    }
    gradients = new float[network.parameters().length];
    workspace = Workspace.forTraining(network, m);
    a.add(FloatMatrix.columnMajor(x, nIn, m));
    for (DenseLayer layer : network.layers()) {
      a.add(matrix(layer.outputs()));
      dZ.add(matrix(layer.outputs()));
    }
  }

  private FloatMatrix matrix(int rows) {
    return FloatMatrix.columnMajor(new float[rows * m], rows, m);
  }

  @Override
  public void fused() {
    network.backpropagate(
        x, 0, m, target.array(), 0, Loss.SOFTMAX_CROSS_ENTROPY, gradients, false, workspace);
  }

  @Override
  public void apart() {
    int last = network.layers().size() - 1;
    for (int l = 0; l <= last; l++) {
      DenseLayer layer = network.layers().get(l);
      FloatMatrix z = a.get(l + 1);
      for (int i = 0; i < m; i++) {
        System.arraycopy(
            layer.bias().array(),
            layer.bias().offset(),
            z.array(),
            i * layer.outputs(),
            layer.outputs());
      }
      Gemm.multiplyAdd(layer.weights(), a.get(l), z, products);
      layer.activation().apply(z, z);
    }
    Loss.SOFTMAX_CROSS_ENTROPY.evaluate(a.get(last + 1), target, dZ.get(last));
    for (int l = last; l >= 0; l--) {
      DenseLayer layer = network.layers().get(l);
      int nOut = layer.outputs();
      FloatMatrix dW =
          FloatMatrix.columnMajor(gradients, network.weightOffset(l), nOut, layer.inputs(), nOut);
      FloatMatrix db = FloatMatrix.columnMajor(gradients, network.biasOffset(l), nOut, 1, nOut);
      Hadamard.apply(layer.activation(), dZ.get(l), a.get(l + 1), dZ.get(l), db, false);
      Gemm.multiply(dZ.get(l), a.get(l).transpose(), dW, products);
      if (l > 0) {
        Gemm.multiply(layer.weights().transpose(), dZ.get(l), dZ.get(l - 1), products);
      }
    }
  }

  @Override
  public List<float[]> results() {
    return List.of(gradients);
  }
}
