package io.github.lanewise;

import static io.github.lanewise.Floats.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lanewise.kernels.Lines;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A network is its layers one after another, in one array of parameters. */
class NetworkTest {
  private static final int MAX_BATCH = 9;

  private final SplittableRandom random = new SplittableRandom(8);

  /** 19 → 33 → 21 → 5: no size a multiple of any vector, and the second layer narrower. */
  private static Network network(Activation g, Activation last) {
    return Network.builder(19).dense(33, g).dense(21, g).dense(5, last).build(3);
  }

  @Test
  void layout() {
    Network network = network(Activation.RELU, Activation.IDENTITY);
    assertThat(network.inputs()).isEqualTo(19);
    assertThat(network.outputs()).isEqualTo(5);
    assertThat(network.layers()).hasSize(3);
    int end = 0;
    for (int l = 0; l < 3; l++) {
      DenseLayer layer = network.layers().get(l);
      assertThat(network.weightOffset(l)).isEqualTo(end);
      assertThat(network.biasOffset(l)).isEqualTo(end + layer.inputs() * layer.outputs());
      assertThat(layer.weights().array()).isSameAs(network.parameters());
      assertThat(layer.weights().offset()).isEqualTo(network.weightOffset(l));
      assertThat(layer.weights().rowStride()).isEqualTo(1);
      assertThat(layer.weights().columnStride()).isEqualTo(layer.outputs());
      assertThat(layer.bias().array()).isSameAs(network.parameters());
      assertThat(layer.bias().offset()).isEqualTo(network.biasOffset(l));
      end += layer.outputs() * (layer.inputs() + 1);
    }
    assertThat(network.parameters()).hasSize(end);
    assertThat(network.layers().get(1).inputs()).isEqualTo(33);
    assertThatThrownBy(() -> network.layers().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(network)
        .hasToString("Network[19 -> 33 relu -> 21 relu -> 5 identity, 1484 parameters]");
  }

  @ParameterizedTest
  @MethodSource("io.github.lanewise.Activations#all")
  void runIsTheLayersOneAfterAnother(Activation g) {
    Network network = network(g, g);
    float[] in = Floats.uniform(random, 19 * MAX_BATCH + 2, 1);
    float[] out = Floats.sentinels(5 * MAX_BATCH + 7);

    network.run(in, 2, MAX_BATCH, out, 3, Workspace.forInference(network, MAX_BATCH));

    FloatMatrix a = FloatMatrix.columnMajor(in, 2, 19, MAX_BATCH, 19);
    for (DenseLayer layer : network.layers()) {
      FloatMatrix next = packed(layer.outputs(), MAX_BATCH);
      layer.forward(a, next, next, Workspace.forProducts());
      a = next;
    }
    float[] expected = Floats.sentinels(out.length);
    System.arraycopy(a.array(), 0, expected, 3, a.array().length);
    assertSameBits("answers and what is around them", out, expected);
  }

  /**
   * Any batch size, any position in the batch, any workspace that is large enough: the same bits.
   */
  @ParameterizedTest
  @MethodSource("io.github.lanewise.Activations#all")
  void anAnswerDoesNotDependOnItsBatch(Activation g) {
    Network network = network(g, Activation.IDENTITY);
    float[] in = Floats.uniform(random, 19 * MAX_BATCH, 1);
    float[] single = new float[5 * MAX_BATCH];
    Workspace one = Workspace.forInference(network, 1);
    for (int e = 0; e < MAX_BATCH; e++) {
      network.run(in, 19 * e, 1, single, 5 * e, one);
    }
    for (Workspace workspace :
        new Workspace[] {
          Workspace.forInference(network, MAX_BATCH), Workspace.forTraining(network, MAX_BATCH)
        }) {
      for (int batch = 1; batch <= MAX_BATCH; batch++) {
        for (int first = 0; first + batch <= MAX_BATCH; first++) {
          float[] out = new float[5 * batch];
          network.run(in, 19 * first, batch, out, 0, workspace);
          assertSameBits(
              "examples " + first + " and " + (batch - 1) + " more",
              out,
              Arrays.copyOfRange(single, 5 * first, 5 * (first + batch)));
        }
      }
    }
  }

  /** NaN in one example is nobody else's. */
  @Test
  void examplesDoNotTouchEachOther() {
    Network network = network(Activation.GELU, Activation.IDENTITY);
    Workspace workspace = Workspace.forInference(network, MAX_BATCH);
    float[] in = Floats.uniform(random, 19 * MAX_BATCH, 1);
    float[] clean = new float[5 * MAX_BATCH];
    network.run(in, 0, MAX_BATCH, clean, 0, workspace);
    for (int spoiled = 0; spoiled < MAX_BATCH; spoiled++) {
      float[] other = in.clone();
      other[19 * spoiled + 7] = Float.NaN;
      float[] out = new float[5 * MAX_BATCH];
      network.run(other, 0, MAX_BATCH, out, 0, workspace);
      float[] expected = clean.clone();
      Arrays.fill(expected, 5 * spoiled, 5 * spoiled + 5, Float.NaN);
      assertSameBits("with example " + spoiled + " spoiled", out, expected);
    }
  }

  @ParameterizedTest
  @MethodSource("io.github.lanewise.Activations#all")
  void backpropagateIsForwardLossBackward(Activation g) {
    for (Loss loss : Loss.values()) {
      for (int batch : new int[] {1, 2, MAX_BATCH}) {
        for (boolean accumulate : new boolean[] {false, true}) {
          backpropagateIsForwardLossBackward(g, loss, batch, accumulate);
        }
      }
    }
  }

  private void backpropagateIsForwardLossBackward(
      Activation g, Loss loss, int batch, boolean accumulate) {
    Network network = network(g, Activation.IDENTITY);
    float[] x = Floats.uniform(random, 19 * batch + 4, 1);
    float[] target = Floats.uniform(random, 5 * batch + 1, 1);
    float[] gradients = Floats.uniform(random, network.parameters().length, 1);
    float[] expected = gradients.clone();
    float[] parameters = network.parameters().clone();
    float[] xBefore = x.clone();
    float[] targetBefore = target.clone();

    // In a workspace that a larger batch has left dirty.
    Workspace workspace = Workspace.forTraining(network, MAX_BATCH);
    network.backpropagate(
        new float[19 * MAX_BATCH],
        0,
        MAX_BATCH,
        new float[5 * MAX_BATCH],
        0,
        loss,
        new float[gradients.length],
        false,
        workspace);
    double value =
        network.backpropagate(x, 4, batch, target, 1, loss, gradients, accumulate, workspace);

    Workspace scratch = Workspace.forProducts();
    int layers = network.layers().size();
    FloatMatrix[] a = new FloatMatrix[layers + 1];
    FloatMatrix[] z = new FloatMatrix[layers + 1];
    a[0] = FloatMatrix.columnMajor(x, 4, 19, batch, 19);
    for (int l = 0; l < layers; l++) {
      int nOut = network.layers().get(l).outputs();
      z[l + 1] = packed(nOut, batch);
      a[l + 1] = packed(nOut, batch);
      network.layers().get(l).forward(a[l], z[l + 1], a[l + 1], scratch);
    }
    FloatMatrix dA = packed(5, batch);
    double expectedValue =
        loss.evaluate(a[layers], FloatMatrix.columnMajor(target, 1, 5, batch, 5), dA);
    for (int l = layers - 1; l >= 0; l--) {
      DenseLayer layer = network.layers().get(l);
      int nOut = layer.outputs();
      int nIn = layer.inputs();
      FloatMatrix dAPrev = packed(nIn, batch);
      layer.backward(
          dA,
          layer.activation().derivativeFromA() ? a[l + 1] : z[l + 1],
          a[l],
          packed(nOut, batch),
          FloatMatrix.columnMajor(expected, network.weightOffset(l), nOut, nIn, nOut),
          FloatMatrix.columnMajor(expected, network.biasOffset(l), nOut, 1, nOut),
          accumulate,
          dAPrev,
          scratch);
      dA = dAPrev;
    }
    assertThat(value).isEqualTo(expectedValue);
    assertSameBits("gradients", gradients, expected);
    assertSameBits("parameters", network.parameters(), parameters);
    assertSameBits("x", x, xBefore);
    assertSameBits("target", target, targetBefore);
  }

  /**
   * One call, or the gradients and then a step: layers of one strip, of several strips of all
   * outputs, and of outputs that strips share.
   */
  @ParameterizedTest
  @MethodSource("optimizers")
  void trainIsBackpropagateAndStep(IntFunction<Optimizer> optimizers) {
    for (Network.Builder builder :
        List.of(
            Network.builder(19).dense(33, Activation.GELU).dense(5, Activation.TANH),
            Network.builder(300).dense(500, Activation.RELU).dense(7, Activation.IDENTITY),
            Network.builder(130).dense(1100, Activation.SILU))) {
      trainIsBackpropagateAndStep(builder, optimizers);
    }
  }

  static List<IntFunction<Optimizer>> optimizers() {
    return List.of(
        size -> new Sgd(size, 0.03f, 0),
        size -> new Sgd(size, 0.03f, 0.9f),
        size -> new Adam(size, 0.01f));
  }

  private void trainIsBackpropagateAndStep(
      Network.Builder builder, IntFunction<Optimizer> optimizers) {
    Network network = builder.build(5);
    Network expected = builder.build(5);
    int size = network.parameters().length;
    Optimizer optimizer = optimizers.apply(size);
    Optimizer expectedOptimizer = optimizers.apply(size);
    Workspace workspace = Workspace.forTraining(network, 40);
    float[] gradients = new float[size];
    for (int batch : new int[] {40, 1, 2, 9, 40}) {
      float[] x = Floats.uniform(random, network.inputs() * batch + 4, 1);
      float[] target = Floats.uniform(random, network.outputs() * batch + 1, 1);
      for (Loss loss : Loss.values()) {
        double value = network.train(x, 4, batch, target, 1, loss, optimizer, workspace);
        Workspace clean = Workspace.forTraining(expected, batch);
        double expectedValue =
            expected.backpropagate(x, 4, batch, target, 1, loss, gradients, false, clean);
        expectedOptimizer.step(expected.parameters(), gradients);
        assertThat(value).isEqualTo(expectedValue);
        assertSameBits("parameters", network.parameters(), expected.parameters());
        assertSameBits("state", optimizer.state(), expectedOptimizer.state());
      }
    }
  }

  /** Accumulating onto nothing is overwriting; accumulating twice goes on with every chain. */
  @ParameterizedTest
  @EnumSource(Loss.class)
  void accumulates(Loss loss) {
    // One layer, so that dZ is dY and the chains can be gone on with by hand.
    Network network = Network.builder(19).dense(5, Activation.IDENTITY).build(3);
    Workspace workspace = Workspace.forTraining(network, MAX_BATCH);
    float[] x = Floats.uniform(random, 19 * MAX_BATCH, 1);
    float[] target = Floats.uniform(random, 5 * MAX_BATCH, 1);
    int size = network.parameters().length;
    float[] overwritten = Floats.uniform(random, size, 1);
    float[] twice = new float[size];
    network.backpropagate(x, 0, MAX_BATCH, target, 0, loss, overwritten, false, workspace);
    network.backpropagate(x, 0, MAX_BATCH, target, 0, loss, twice, true, workspace);
    assertSameBits("onto nothing", twice, overwritten);
    network.backpropagate(x, 0, MAX_BATCH, target, 0, loss, twice, true, workspace);

    FloatMatrix y = packed(5, MAX_BATCH);
    network.run(x, 0, MAX_BATCH, y.array(), 0, workspace);
    FloatMatrix dY = packed(5, MAX_BATCH);
    loss.evaluate(y, FloatMatrix.columnMajor(target, 5, MAX_BATCH), dY);
    FloatMatrix aPrev = FloatMatrix.columnMajor(x, 19, MAX_BATCH);
    float[] expected = new float[size];
    FloatMatrix dW = FloatMatrix.columnMajor(expected, 5, 19);
    for (int pass = 0; pass < 2; pass++) {
      Gemm.multiplyAdd(dY, aPrev.transpose(), dW);
      for (int e = 0; e < MAX_BATCH; e++) {
        for (int i = 0; i < 5; i++) {
          expected[network.biasOffset(0) + i] += dY.get(i, e);
        }
      }
    }
    assertSameBits("twice", twice, expected);
  }

  /** A refused layer leaves no trace in the builder. */
  @Test
  void builderGoesOnAfterARefusal() {
    Network.Builder builder = Network.builder(3);
    assertThatThrownBy(() -> builder.dense(0, Activation.RELU))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.dense(4, null)).isInstanceOf(NullPointerException.class);
    Network network = builder.dense(2, Activation.TANH).build(1);
    assertThat(network).hasToString("Network[3 -> 2 tanh, 8 parameters]");
  }

  /** Two networks of one builder share nothing. */
  @Test
  void builderMakesSeparateNetworks() {
    Network.Builder builder = Network.builder(3).dense(2, Activation.TANH);
    Network first = builder.build(1);
    Network second = builder.build(1);
    assertThat(first.parameters()).isNotSameAs(second.parameters());
    assertSameBits("parameters", first.parameters(), second.parameters());
  }

  @Test
  void workspacesTellTheirSize() {
    Network network = network(Activation.GELU, Activation.IDENTITY);
    long packing = Workspace.forProducts().bytes();
    // Inference: two arrays of the widest layer, and no strip of a gradient. Training: A of each
    // layer, Z of the two gelus, two deltas, db of the widest layer.
    assertThat(Workspace.forInference(network, 4).bytes())
        .isEqualTo(packing - 4L * (Workspace.STRIP + Lines.FIRST) + 4 * 4L * (2 * 33));
    assertThat(Workspace.forTraining(network, 4).bytes())
        .isEqualTo(packing + 4 * 4L * (33 + 21 + 5 + 33 + 21 + 2 * 33) + 4L * 33);
    assertThat(Workspace.forInference(network, 4).maxBatch()).isEqualTo(4);
    assertThat(Workspace.forTraining(network, 5).maxBatch()).isEqualTo(5);
    assertThat(Workspace.forProducts().maxBatch()).isZero();
  }

  private static FloatMatrix packed(int rows, int columns) {
    return FloatMatrix.columnMajor(Floats.sentinels(rows * columns), rows, columns);
  }
}
