package io.github.lanewise.bench.gemm;

import io.github.lanewise.Activation;
import io.github.lanewise.Loss;
import io.github.lanewise.Network;
import io.github.lanewise.Workspace;
import io.github.lanewise.bench.peer.Contract;
import io.github.lanewise.bench.peer.GemmPeer;
import io.github.lanewise.bench.peer.GemmShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a long-lived service does to a JVM's profiles before the call that is measured: every
 * transposition, sizes on all sides of every threshold, strides, and networks with all activations,
 * forward and backward. Branches and calls that were predictable in a fresh JVM no longer are.
 */
final class Pollution {
  private static final List<String> SHAPES =
      List.of(
          "1x1x1",
          "3x5x7",
          "8x8x8",
          "17x19x23",
          "32x32x32",
          "64x64x64",
          "100x100x100",
          "128x128x128",
          "200x120x72",
          "256x256x256",
          "384x64x384",
          "128x1x784",
          "128x8x784",
          "10x32x128",
          "512x1x512",
          "1x512x64",
          "33x65x17+3@5",
          "64x64x64+960",
          "520x200x600");

  private static final List<Activation> ACTIVATIONS =
      List.of(
          Activation.IDENTITY,
          Activation.RELU,
          Activation.leakyRelu(0.01f),
          Activation.elu(1),
          Activation.SIGMOID,
          Activation.TANH,
          Activation.SOFTPLUS,
          Activation.GELU,
          Activation.GELU_TANH,
          Activation.SILU,
          Activation.HARDSWISH);

  private static final long NANOS = 4_000_000_000L;

  private Pollution() {}

  static void exercise(GemmPeer peer) {
    List<Runnable> work = new ArrayList<>();
    for (String variant : List.of("NN", "TN", "NT", "TT")) {
      for (String text : SHAPES) {
        GemmShape shape = GemmShape.parse(variant, text);
        if (peer.takes(shape)) {
          GemmPeer.Product product = peer.prepare(shape, Contract.operands(shape, 1));
          int calls = (int) Math.clamp(1e6 / shape.flops(), 1, 200);
          work.add(() -> repeat(calls, product));
        }
      }
    }
    for (int batch : new int[] {1, 7, 32}) {
      work.add(training(batch));
    }
    long end = System.nanoTime() + NANOS;
    while (System.nanoTime() < end) {
      work.forEach(Runnable::run);
    }
  }

  private static void repeat(int calls, GemmPeer.Product product) {
    for (int i = 0; i < calls; i++) {
      product.multiply(0);
    }
  }

  /** One step of a network in which every activation has a layer of another width. */
  private static Runnable training(int batch) {
    Network.Builder builder = Network.builder(40);
    int outputs = 24;
    for (Activation g : ACTIVATIONS) {
      outputs += 13;
      builder.dense(outputs, g);
    }
    Network network = builder.build(1);
    Workspace workspace = Workspace.forTraining(network, batch);
    float[] x = new float[batch * network.inputs()];
    float[] target = new float[batch * network.outputs()];
    float[] gradients = new float[network.parameters().length];
    Arrays.fill(x, 0.5f);
    return () -> {
      network.run(x, 0, batch, target.clone(), 0, workspace);
      network.backpropagate(
          x, 0, batch, target, 0, Loss.MEAN_SQUARED_ERROR, gradients, false, workspace);
    };
  }
}
