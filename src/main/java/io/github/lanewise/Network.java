package io.github.lanewise;

import java.lang.foreign.MemorySegment;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * A stack of dense layers. All parameters lie in one flat array and all gradients in another of the
 * same layout, so that an {@link Optimizer} is one sweep: layer after layer W (nOut×nIn, column by
 * column), then b.
 *
 * <p>Batches are arrays of examples, one after another, from 1 to the workspace's maximum. The
 * answer to an example has the same bits whatever else is in its batch.
 *
 * <p>During a call the parameters are only read: any number of threads may share a network while
 * each has its own {@link Workspace} and nobody updates {@link #parameters()}.
 *
 * <p>(Long by its builder and the contracts of its calls.)
 */
public final class Network {
  /** The largest array that every virtual machine allows. */
  static final int MAX_FLOATS = Integer.MAX_VALUE - 8;

  private final float[] parameters;

  /** Asking it for an overlap allocates nothing, asking a segment for its array does. */
  private final MemorySegment parametersSegment;

  private final int[] sizes;
  private final int[] weightOffsets;
  private final int[] biasOffsets;
  private final List<DenseLayer> layers;
  private final Inference inference;

  private Network(int[] sizes, List<Activation> activations) {
    int count = activations.size();
    this.sizes = sizes;
    this.weightOffsets = new int[count];
    this.biasOffsets = new int[count];
    long end = 0;
    for (int l = 0; l < count; l++) {
      long weights = (long) sizes[l] * sizes[l + 1];
      if (end + weights + sizes[l + 1] > MAX_FLOATS) {
        throw Check.illegal(
            "layer %d of %d×%d makes more than 2³¹ parameters", l, sizes[l + 1], sizes[l]);
      }
      weightOffsets[l] = (int) end;
      biasOffsets[l] = (int) (end + weights);
      end += weights + sizes[l + 1];
    }
    this.parameters = new float[(int) end];
    this.parametersSegment = MemorySegment.ofArray(parameters);
    List<DenseLayer> list = new ArrayList<>();
    PanelLayer[] inPlace = new PanelLayer[count];
    for (int l = 0; l < count; l++) {
      int nIn = sizes[l];
      int nOut = sizes[l + 1];
      DenseLayer layer =
          new DenseLayer(
              FloatMatrix.columnMajor(parameters, weightOffsets[l], nOut, nIn, nOut),
              FloatMatrix.columnMajor(parameters, biasOffsets[l], nOut, 1, nOut),
              activations.get(l));
      list.add(layer);
      inPlace[l] = PanelLayer.inPlace(layer);
    }
    this.layers = List.copyOf(list);
    this.inference = new Inference(sizes, inPlace);
  }

  /**
   * Starts a network.
   *
   * @param inputs features of an example, 1 or more
   * @return where layers are added
   */
  public static Builder builder(int inputs) {
    return new Builder(Check.atLeast("inputs", inputs, 1));
  }

  /** Collects layers. */
  public static final class Builder {
    private final List<Integer> sizes = new ArrayList<>();
    private final List<Activation> activations = new ArrayList<>();

    private Builder(int inputs) {
      sizes.add(inputs);
    }

    /**
     * Adds a dense layer.
     *
     * @param outputs its neurons, 1 or more
     * @param g its activation
     * @return this builder
     */
    public Builder dense(int outputs, Activation g) {
      Objects.requireNonNull(g, "g");
      sizes.add(Check.atLeast("outputs", outputs, 1));
      activations.add(g);
      return this;
    }

    /**
     * The network with weights that suit each layer's activation: {@link Initializer#HE} for relu
     * and its kin, {@link Initializer#XAVIER} for the others; biases are 0.
     *
     * @param seed the same seed gives the same bits on every machine
     * @return the network
     * @throws IllegalStateException if no layer was added
     */
    public Network build(long seed) {
      Network network = zeros();
      SplittableRandom random = new SplittableRandom(seed);
      for (DenseLayer layer : network.layers) {
        Initializer.suiting(layer.activation()).fill(layer.weights(), random);
      }
      return network;
    }

    /**
     * The network with weights from one initializer for all layers; biases are 0.
     *
     * @param initializer distribution of the weights
     * @param seed the same seed gives the same bits on every machine
     * @return the network
     * @throws IllegalStateException if no layer was added
     */
    public Network build(Initializer initializer, long seed) {
      Objects.requireNonNull(initializer, "initializer");
      Network network = zeros();
      SplittableRandom random = new SplittableRandom(seed);
      for (DenseLayer layer : network.layers) {
        initializer.fill(layer.weights(), random);
      }
      return network;
    }

    /** The network with all parameters 0, to be filled by the caller. */
    Network zeros() {
      if (activations.isEmpty()) {
        throw new IllegalStateException("a network needs at least one layer");
      }
      int[] features = new int[sizes.size()];
      for (int l = 0; l < features.length; l++) {
        features[l] = sizes.get(l);
      }
      return new Network(features, activations);
    }
  }

  /** {@return features of an example} */
  public int inputs() {
    return sizes[0];
  }

  /** {@return features of an answer} */
  public int outputs() {
    return sizes[sizes.length - 1];
  }

  /** {@return the layers, first to last; views of {@link #parameters()}} */
  public List<DenseLayer> layers() {
    return layers;
  }

  /**
   * {@return all parameters, the array in use: what is written to it takes effect at the next call}
   */
  public float[] parameters() {
    return parameters;
  }

  /**
   * Where W of a layer starts in parameters and gradients.
   *
   * @param layer from 0
   * @return index of its first weight
   */
  public int weightOffset(int layer) {
    return weightOffsets[Objects.checkIndex(layer, layers.size())];
  }

  /**
   * Where b of a layer starts in parameters and gradients.
   *
   * @param layer from 0
   * @return index of its first bias
   */
  public int biasOffset(int layer) {
    return biasOffsets[Objects.checkIndex(layer, layers.size())];
  }

  /**
   * Drives everything that requests can use until it is compiled, here and now: {@link
   * Warmup#of(Network, int)}, where there is more to choose.
   *
   * @param maxBatch the largest batch that will come, 1 or more
   * @return what it came to
   */
  public Warmup.Report warmUp(int maxBatch) {
    return Warmup.now(Warmup.of(this, maxBatch));
  }

  Inference inference() {
    return inference;
  }

  /** Inputs, then the outputs of every layer; not to be written. */
  int[] sizes() {
    return sizes;
  }

  // spotless:off
  /**
   * Answers a batch: out = A of the last layer.
   *
   * @param in examples, {@code batch × inputs} floats from {@code inOffset}
   * @param inOffset start of the first example
   * @param batch number of examples, from 1 to the workspace's maximum
   * @param out answers, {@code batch × outputs} floats from {@code outOffset}, overwritten
   * @param outOffset start of the first answer
   * @param workspace made for inference or training with these layer sizes
   * @throws NullPointerException naming a null argument
   * @throws IllegalArgumentException naming an array that is too short or overlaps another, or a
   *     workspace that does not fit; nothing is written then
   */
  public void run(
      float[] in, int inOffset, int batch, float[] out, int outOffset, Workspace workspace) {
    Objects.requireNonNull(out, "out");
    if (out == parameters) {
      Check.apart(
          "out", out, outOffset, (long) batch * outputs(),
          "parameters", parameters, 0, parameters.length);
    }
    inference.run(in, inOffset, batch, out, outOffset, workspace);
  }

  /**
   * Answers a batch that lies in memory segments, on or off the heap, at any alignment. It is read whole
   * before anything is written: {@code out} may be {@code in}.
   *
   * @param in examples, {@code batch × inputs} floats in native byte order from {@code inOffset}
   * @param inOffset byte where the first example starts
   * @param batch number of examples, from 1 to the workspace's maximum
   * @param out answers, {@code batch × outputs} floats from {@code outOffset}, overwritten
   * @param outOffset byte where the first answer starts
   * @param workspace made for inference or training with these layer sizes
   * @throws NullPointerException naming a null argument
   * @throws IllegalArgumentException naming a segment that is too short, read-only or the parameters', or
   *     a workspace that does not fit; nothing is written then
   */
  public void run(
      MemorySegment in, long inOffset, int batch, MemorySegment out, long outOffset,
      Workspace workspace) {
    Objects.requireNonNull(out, "out");
    checkNotParameters(parametersSegment.asOverlappingSlice(out).isPresent());
    inference.run(in, inOffset, batch, out, outOffset, workspace);
  }

  /**
   * Answers a batch that lies in buffers, direct ones too, in their byte order. Offsets are indices as of
   * {@link FloatBuffer#get(int)}; positions are neither used nor changed. It is read whole before
   * anything is written: {@code out} may be {@code in}.
   *
   * @param in examples, {@code batch × inputs} floats from {@code inOffset}
   * @param inOffset index of the first example
   * @param batch number of examples, from 1 to the workspace's maximum
   * @param out answers, {@code batch × outputs} floats from {@code outOffset}, overwritten
   * @param outOffset index of the first answer
   * @param workspace made for inference or training with these layer sizes
   * @throws NullPointerException naming a null argument
   * @throws IllegalArgumentException naming a buffer that is too short, read-only or the parameters', or a
   *     workspace that does not fit; nothing is written then
   */
  public void run(
      FloatBuffer in, int inOffset, int batch, FloatBuffer out, int outOffset,
      Workspace workspace) {
    Objects.requireNonNull(out, "out");
    checkNotParameters(out.hasArray() && out.array() == parameters);
    inference.run(in, inOffset, batch, out, outOffset, workspace);
  }

  /** That what lies under out is another array. */
  private void checkNotParameters(boolean parametersLieThere) {
    if (parametersLieThere) {
      throw Check.illegal("out overlaps parameters, float[%d]", parameters.length);
    }
  }

  /**
   * The loss of a batch and its gradient with respect to every parameter: forward, loss, backward.
   *
   * @param x examples, {@code batch × inputs} floats from {@code xOffset}
   * @param xOffset start of the first example
   * @param batch number of examples, from 1 to the workspace's maximum
   * @param target what the loss compares with, {@code batch × outputs} floats from {@code targetOffset}
   * @param targetOffset start of the first target
   * @param loss the loss
   * @param gradients laid out as {@link #parameters()}
   * @param accumulate whether gradients are added to; otherwise they are overwritten
   * @param workspace made for training with these layer sizes
   * @return the loss, a mean over the batch
   * @throws NullPointerException naming a null argument
   * @throws IllegalArgumentException naming an array of the wrong length or that is the parameters', or
   *     a workspace that does not fit; nothing is written then
   */
  public double backpropagate(
      float[] x, int xOffset, int batch,
      float[] target, int targetOffset, Loss loss,
      float[] gradients, boolean accumulate, Workspace workspace) {
    checkTraining(x, xOffset, batch, target, targetOffset, loss, workspace);
    Objects.requireNonNull(gradients, "gradients");
    if (gradients.length != parameters.length) {
      throw Check.illegal(
          "gradients is float[%d], must be float[%d]", gradients.length, parameters.length);
    }
    if (gradients == parameters || gradients == x || gradients == target) {
      throw Check.illegal("gradients is the array of parameters, x or target");
    }

    return Backpropagation.gradients(
        this, x, xOffset, batch, target, targetOffset, loss, gradients, accumulate, workspace);
  }

  /**
   * A step of training: the loss of a batch, and every parameter moved by the optimizer. The same bits as
   * {@link #backpropagate}, overwriting, and {@link Optimizer#step}, but dW is made in strips, each of which moves its
   * part of W at once, so that no array of gradients is written or read.
   *
   * @param x examples, {@code batch × inputs} floats from {@code xOffset}
   * @param xOffset start of the first example
   * @param batch number of examples, from 1 to the workspace's maximum
   * @param target what the loss compares with, {@code batch × outputs} floats from {@code targetOffset}
   * @param targetOffset start of the first target
   * @param loss the loss
   * @param optimizer made for as many parameters as the network has
   * @param workspace made for training with these layer sizes
   * @return the loss before the step, a mean over the batch
   * @throws NullPointerException naming a null argument
   * @throws IllegalArgumentException naming an array of the wrong length or that is the parameters', or
   *     an optimizer or a workspace that does not fit; nothing is written then
   */
  public double train(
      float[] x, int xOffset, int batch,
      float[] target, int targetOffset, Loss loss,
      Optimizer optimizer, Workspace workspace) {
    checkTraining(x, xOffset, batch, target, targetOffset, loss, workspace);
    Objects.requireNonNull(optimizer, "optimizer");
    if (optimizer.parameters() != parameters.length) {
      throw Check.illegal(
          "optimizer is for %d parameters, the network has %d", optimizer.parameters(), parameters.length);
    }
    if (parameters == x || parameters == target) {
      throw Check.illegal("%s is the array of parameters", parameters == x ? "x" : "target");
    }

    return Backpropagation.step(
        this, x, xOffset, batch, target, targetOffset, loss, optimizer, workspace);
  }

  private void checkTraining(
      float[] x, int xOffset, int batch,
      float[] target, int targetOffset, Loss loss, Workspace workspace) {
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(workspace, "workspace").checkTraining(this, batch);
    Check.fits("x", x, xOffset, inputs(), batch, 1, inputs());
    Check.fits("target", target, targetOffset, outputs(), batch, 1, outputs());
  }
  // spotless:on

  /** The layer sizes and activations. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Network[").append(sizes[0]);
    for (DenseLayer layer : layers) {
      text.append(" -> ").append(layer.outputs()).append(' ').append(layer.activation());
    }
    return text.append(", ").append(parameters.length).append(" parameters]").toString();
  }
}
