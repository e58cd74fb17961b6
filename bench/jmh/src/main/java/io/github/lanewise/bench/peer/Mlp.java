package io.github.lanewise.bench.peer;

import io.github.lanewise.Activation;
import io.github.lanewise.Network;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The network of a latency benchmark, relu between its layers, written {@code 784-128-10}. Its
 * weights are seeded: every peer has the same.
 */
public final class Mlp {
  private static final long SEED = 42;

  private final int[] sizes;
  private final Network network;

  private Mlp(int[] sizes) {
    this.sizes = sizes;
    Network.Builder builder = Network.builder(sizes[0]);
    for (int l = 1; l < sizes.length; l++) {
      builder.dense(sizes[l], l == sizes.length - 1 ? Activation.IDENTITY : Activation.RELU);
    }
    network = builder.build(SEED);
  }

  public static Mlp parse(String text) {
    return new Mlp(Arrays.stream(text.split("-")).mapToInt(Integer::parseInt).toArray());
  }

  public int layers() {
    return sizes.length - 1;
  }

  /** Inputs of a layer, from 0; of the layer after the last, the outputs. */
  public int size(int layer) {
    return sizes[layer];
  }

  public int inputs() {
    return sizes[0];
  }

  public int outputs() {
    return sizes[layers()];
  }

  public Network network() {
    return network;
  }

  /** W of a layer, output by output: nOut rows of nIn. */
  public float[] weights(int layer) {
    int nIn = sizes[layer];
    int nOut = sizes[layer + 1];
    float[] w = new float[nOut * nIn];
    int from = network.weightOffset(layer);
    for (int i = 0; i < nOut; i++) {
      for (int p = 0; p < nIn; p++) {
        w[i * nIn + p] = network.parameters()[from + i + p * nOut];
      }
    }
    return w;
  }

  public float[] bias(int layer) {
    int from = network.biasOffset(layer);
    return Arrays.copyOfRange(network.parameters(), from, from + sizes[layer + 1]);
  }

  /** The examples that every peer answers. */
  public float[] examples(int batch) {
    float[] x = new float[batch * inputs()];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i * 2654435761L % 1000) / 1000f - 0.3f;
    }
    return x;
  }

  /**
   * That answers are right: Lanewise's to the bit, others' to float's precision, with sums in
   * double and a bound on what floats can lose.
   */
  public void check(String peer, int batch, float[] answers) {
    if (LatencyPeer.named(peer).kind() == Peer.Kind.LANEWISE) {
      Chain.same(peer + "'s answers", answers, chains(batch));
    }
    double[] a = widen(examples(batch));
    double[] magnitude = Arrays.stream(a).map(Math::abs).toArray();
    for (int l = 0; l < layers(); l++) {
      float[] w = weights(l);
      float[] b = bias(l);
      double[] z = new double[batch * sizes[l + 1]];
      double[] bound = new double[z.length];
      for (int e = 0; e < batch; e++) {
        for (int i = 0; i < sizes[l + 1]; i++) {
          double sum = b[i];
          double size = Math.abs(b[i]);
          for (int p = 0; p < sizes[l]; p++) {
            sum += w[i * sizes[l] + p] * a[e * sizes[l] + p];
            size += Math.abs(w[i * sizes[l] + p]) * magnitude[e * sizes[l] + p];
          }
          z[e * sizes[l + 1] + i] = l < layers() - 1 ? Math.max(sum, 0) : sum;
          bound[e * sizes[l + 1] + i] = size;
        }
      }
      a = z;
      magnitude = bound;
    }
    double unit = 0x1p-24 * IntStream.of(sizes).sum();
    for (int i = 0; i < a.length; i++) {
      if (!(Math.abs(answers[i] - a[i]) <= unit * magnitude[i])) {
        throw new IllegalStateException(
            peer + ": answer " + i + " is " + answers[i] + ", not " + a[i]);
      }
    }
  }

  /** The answers in plain Java, every chain from its bias on. */
  private float[] chains(int batch) {
    float[] a = examples(batch);
    for (int l = 0; l < layers(); l++) {
      float[] w = Chain.transposed(weights(l), sizes[l + 1], sizes[l]);
      a = layer(l, batch, a, w, bias(l));
    }
    return a;
  }

  /**
   * The A of a layer in plain Java.
   *
   * @param x examples, {@code batch × nIn}
   * @param w {@code nIn × nOut}, an input a line
   */
  public float[] layer(int layer, int batch, float[] x, float[] w, float[] b) {
    float[] z = new float[batch * b.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = b[i % b.length];
    }
    Chain.multiply(batch, b.length, sizes[layer], x, sizes[layer], 1, w, z);
    for (int i = 0; i < z.length && layer < layers() - 1; i++) {
      z[i] = Math.max(z[i], 0);
    }
    return z;
  }

  private static double[] widen(float[] x) {
    return IntStream.range(0, x.length).mapToDouble(i -> x[i]).toArray();
  }

  @Override
  public String toString() {
    return IntStream.of(sizes).mapToObj(String::valueOf).collect(Collectors.joining("-"));
  }
}
