package io.github.lanewise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same bits everywhere: digests of results from fixed inputs, kept in the repository. The suite
 * runs with scalar kernels and with three vector widths, and every run must meet the same
 * constants, as must every other machine.
 */
class DigestTest {
  private static final Properties KNOWN = load();

  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void products() {
    int[][] shapes = {
      {1, 784, 128}, {10, 32, 128}, {33, 65, 17}, {64, 64, 64}, {100, 100, 300}, {7, 300, 520}
    };
    CRC32C digest = new CRC32C();
    for (int[] mnk : shapes) {
      for (int transposed = 0; transposed < 8; transposed++) {
        FloatMatrix a = matrix(mnk[0], mnk[2], (transposed & 1) != 0);
        FloatMatrix b = matrix(mnk[2], mnk[1], (transposed & 2) != 0);
        FloatMatrix c = matrix(mnk[0], mnk[1], (transposed & 4) != 0);
        Gemm.multiplyAdd(a, b, c);
        add(digest, c.array());
      }
    }
    expect("products", digest);
  }

  static List<Activation> activations() {
    List<Activation> list =
        new ArrayList<>(
            List.of(
                Activation.IDENTITY,
                Activation.RELU,
                Activation.SIGMOID,
                Activation.TANH,
                Activation.SOFTPLUS,
                Activation.GELU,
                Activation.GELU_TANH,
                Activation.SILU,
                Activation.HARDSWISH));
    list.add(Activation.leakyRelu(0.01f));
    list.add(Activation.elu(1));
    return list;
  }

  /** g and g' over a stride through all bit patterns, NaN and infinities among them. */
  @ParameterizedTest
  @MethodSource("activations")
  void activation(Activation g) {
    int n = 1 << 17;
    float[] z = new float[n];
    float[] ones = new float[n];
    for (int i = 0; i < n; i++) {
      z[i] = Float.intBitsToFloat(i * 32749);
      ones[i] = 1;
    }
    float[] a = new float[n];
    float[] dZ = new float[n];
    FloatMatrix viewZ = FloatMatrix.columnMajor(z, n, 1);
    FloatMatrix viewA = FloatMatrix.columnMajor(a, n, 1);
    FloatMatrix saved = g.derivativeFromA() ? viewA : viewZ;
    g.apply(viewZ, viewA);
    Hadamard.apply(
        g,
        FloatMatrix.columnMajor(ones, n, 1),
        saved,
        FloatMatrix.columnMajor(dZ, n, 1),
        FloatMatrix.columnMajor(new float[n], n, 1),
        false);
    CRC32C digest = new CRC32C();
    add(digest, a);
    add(digest, dZ);
    expect(g.toString().replaceAll("\\(.*", ""), digest);
  }

  /** Some steps of training end to end: init, forward, loss, backward, update. */
  @Test
  void training() {
    CRC32C digest = new CRC32C();
    for (Loss loss : Loss.values()) {
      for (Activation g : List.of(Activation.RELU, Activation.TANH, Activation.GELU)) {
        Network network = Network.builder(19).dense(37, g).dense(10, Activation.IDENTITY).build(42);
        int size = network.parameters().length;
        Workspace workspace = Workspace.forTraining(network, 21);
        float[] gradients = new float[size];
        float[] x = randoms(19 * 21);
        float[] target = new float[10 * 21];
        for (int i = 0; i < 21; i++) {
          target[10 * i + i % 10] = 1;
        }
        Optimizer[] optimizers = {new Sgd(size, 0.1f, 0.9f), new Adam(size, 0.01f)};
        for (int step = 0; step < 6; step++) {
          double value =
              network.backpropagate(x, 0, 21 - step, target, 0, loss, gradients, false, workspace);
          optimizers[step % 2].step(network.parameters(), gradients);
          add(digest, new float[] {(float) value});
        }
        add(digest, network.parameters());
        float[] out = new float[10 * 21];
        network.run(x, 0, 21, out, 0, workspace);
        add(digest, out);
      }
    }
    expect("training", digest);
  }

  private static void expect(String name, CRC32C digest) {
    assertThat(Long.toHexString(digest.getValue()))
        .as("digest of %s with %s", name, Lanewise.describe())
        .isEqualTo(KNOWN.getProperty(name));
  }

  private static void add(CRC32C digest, float[] values) {
    for (float x : values) {
      int bits = Float.floatToIntBits(x); // any NaN equals any other
      for (int shift = 0; shift < 32; shift += 8) {
        digest.update(bits >>> shift);
      }
    }
  }

  private FloatMatrix matrix(int rows, int columns, boolean transposed) {
    float[] array = randoms(rows * columns);
    return transposed
        ? FloatMatrix.columnMajor(array, rows, columns)
        : FloatMatrix.rowMajor(array, rows, columns);
  }

  private float[] randoms(int length) {
    float[] array = new float[length];
    for (int i = 0; i < length; i++) {
      array[i] = (float) (random.nextDouble() * 2 - 1);
    }
    return array;
  }

  private static Properties load() {
    Properties properties = new Properties();
    try (InputStream in = DigestTest.class.getResourceAsStream("digests.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
