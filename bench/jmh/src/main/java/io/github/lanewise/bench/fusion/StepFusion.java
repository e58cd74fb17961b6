package io.github.lanewise.bench.fusion;

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
 * Forward, loss and backward of a {@link Stack}: {@link Network#backpropagate}, or product for
 * product and sweep for sweep.
 */
final class StepFusion implements Fusion {
  private final Stack stack;
  private final FloatMatrix target;
  private final float[] gradients;
  private final Workspace products = Workspace.forProducts();

  /** Z of every layer, in which A is made; before them the input. */
  private final List<FloatMatrix> a = new ArrayList<>();

  /** dA of every layer, in which dZ is made. */
  private final List<FloatMatrix> dZ = new ArrayList<>();

  StepFusion(int nOut, int nIn, int m) {
    stack = Stack.of(nOut, nIn, m);
    target = FloatMatrix.columnMajor(stack.target(), stack.network().outputs(), m);
    gradients = new float[stack.network().parameters().length];
    a.add(FloatMatrix.columnMajor(stack.x(), nIn, m));
    for (DenseLayer layer : stack.network().layers()) {
      a.add(matrix(layer.outputs()));
      dZ.add(matrix(layer.outputs()));
    }
  }

  private FloatMatrix matrix(int rows) {
    return FloatMatrix.columnMajor(new float[rows * stack.m()], rows, stack.m());
  }

  @Override
  public void fused() {
    stack.backpropagate(gradients);
  }

  @Override
  public void apart() {
    Network network = stack.network();
    int last = network.layers().size() - 1;
    for (int l = 0; l <= last; l++) {
      DenseLayer layer = network.layers().get(l);
      FloatMatrix z = a.get(l + 1);
      for (int i = 0; i < stack.m(); i++) {
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
