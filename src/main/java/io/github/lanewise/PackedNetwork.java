package io.github.lanewise;

import io.github.lanewise.kernels.Kernels;
import io.github.lanewise.kernels.Lines;
import java.lang.foreign.MemorySegment;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Objects;

/**
 * A network for answering only. Its weights were copied once, into panels as wide as the tile of
 * this machine's kernels: each tile reads one contiguous run of memory, and no distance between
 * rows is a multiple of 4 KiB. The answers have the bits of {@link Network#run}.
 *
 * <p>The weights are in one array. Under G1, the default collector, it is made to take a region of
 * the heap for itself (1 MiB up to heaps of 2 GiB, 4 MiB at 6 GiB) where they fill a sixteenth of
 * one: so they begin with a line of the cache and never move, which is up to 1.5 times as fast.
 *
 * <p>It never changes: any number of threads may share it without locks, each with its own {@link
 * Workspace}. To exchange it under load, keep it in an {@code AtomicReference}, read that once per
 * request, and set it to the next one when that is packed; answers are the old one's or the new
 * one's, never a mixture.
 */
public final class PackedNetwork {
  private final Inference inference;

  private PackedNetwork(Inference inference) {
    this.inference = inference;
  }

  /**
   * Copies a network as it is now; what is written to its parameters later has no effect here.
   *
   * @param network the network, which nobody writes to meanwhile
   * @return the copy
   * @throws NullPointerException if {@code network} is null
   * @throws IllegalArgumentException if the weights are too many to be packed into one array
   */
  public static PackedNetwork of(Network network) {
    List<DenseLayer> layers = Objects.requireNonNull(network, "network").layers();
    Kernels kernels = Lanewise.kernels();
    PanelLayer[] packed = new PanelLayer[layers.size()];
    long[] starts = new long[packed.length];
    long end = Lines.FIRST;
    for (int l = 0; l < packed.length; l++) {
      starts[l] = end;
      end += PanelLayer.floats(layers.get(l), kernels);
    }
    if (end > Network.MAX_FLOATS) {
      throw Check.illegal("network makes %d packed weights, more than 2³¹", end);
    }
    float[] panels = Lines.array((int) end);
    for (int l = 0; l < packed.length; l++) {
      packed[l] = PanelLayer.packed(layers.get(l), kernels, panels, (int) starts[l]);
    }
    return new PackedNetwork(new Inference(network.sizes(), packed));
  }

  /** {@return features of an example} */
  public int inputs() {
    return inference.inputs();
  }

  /** {@return features of an answer} */
  public int outputs() {
    return inference.outputs();
  }

  int[] sizes() {
    return inference.sizes();
  }

  Inference inference() {
    return inference;
  }

  /**
   * Drives everything that requests can use until it is compiled, here and now: {@link
   * Warmup#of(PackedNetwork, int)}, where there is more to choose.
   *
   * @param maxBatch the largest batch that will come, 1 or more
   * @return what it came to
   */
  public Warmup.Report warmUp(int maxBatch) {
    return Warmup.now(Warmup.of(this, maxBatch));
  }

  // spotless:off
  /**
   * Answers a batch: {@link Network#run(float[], int, int, float[], int, Workspace)}.
   *
   * @param in examples, {@code batch × inputs} floats from {@code inOffset}
   * @param inOffset start of the first example
   * @param batch number of examples, from 1 to the workspace's maximum
   * @param out answers, {@code batch × outputs} floats from {@code outOffset}, overwritten
   * @param outOffset start of the first answer
   * @param workspace made for inference or training with these layer sizes
   * @throws NullPointerException naming a null argument
   * @throws IllegalArgumentException naming an array that is too short or overlaps the other, or a
   *     workspace that does not fit; nothing is written then
   */
  public void run(
      float[] in, int inOffset, int batch, float[] out, int outOffset, Workspace workspace) {
    inference.run(in, inOffset, batch, out, outOffset, workspace);
  }

  /**
   * Answers a batch in segments: {@link Network#run(MemorySegment, long, int, MemorySegment, long,
   * Workspace)}.
   *
   * @param in examples, {@code batch × inputs} floats in native byte order from {@code inOffset}
   * @param inOffset byte where the first example starts
   * @param batch number of examples, from 1 to the workspace's maximum
   * @param out answers, {@code batch × outputs} floats from {@code outOffset}, overwritten
   * @param outOffset byte where the first answer starts
   * @param workspace made for inference or training with these layer sizes
   * @throws NullPointerException naming a null argument
   * @throws IllegalArgumentException naming a segment that is too short or read-only, or a workspace that
   *     does not fit; nothing is written then
   */
  public void run(
      MemorySegment in, long inOffset, int batch, MemorySegment out, long outOffset,
      Workspace workspace) {
    inference.run(in, inOffset, batch, out, outOffset, workspace);
  }

  /**
   * Answers a batch in buffers: {@link Network#run(FloatBuffer, int, int, FloatBuffer, int, Workspace)}.
   *
   * @param in examples, {@code batch × inputs} floats from {@code inOffset}
   * @param inOffset index of the first example
   * @param batch number of examples, from 1 to the workspace's maximum
   * @param out answers, {@code batch × outputs} floats from {@code outOffset}, overwritten
   * @param outOffset index of the first answer
   * @param workspace made for inference or training with these layer sizes
   * @throws NullPointerException naming a null argument
   * @throws IllegalArgumentException naming a buffer that is too short or read-only, or a workspace that
   *     does not fit; nothing is written then
   */
  public void run(
      FloatBuffer in, int inOffset, int batch, FloatBuffer out, int outOffset,
      Workspace workspace) {
    inference.run(in, inOffset, batch, out, outOffset, workspace);
  }
  // spotless:on

  /** The layer sizes and activations. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("PackedNetwork[").append(inputs());
    for (PanelLayer layer : inference.layers()) {
      text.append(" -> ").append(layer.outputs()).append(' ').append(layer.activation());
    }
    return text.append(']').toString();
  }
}
