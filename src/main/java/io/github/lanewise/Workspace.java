package io.github.lanewise;

import io.github.lanewise.kernels.Lines;
import java.util.Arrays;
import java.util.Objects;

/**
 * All scratch of a call, sized once and owned by the caller: one per thread, for any number of
 * calls and any batch up to its maximum. It holds no parameters and no results.
 */
public final class Workspace {
  /** No room at all: what needs scratch then allocates it. */
  static final Workspace NONE = new Workspace(new int[0], 0, 0, 0, 0, 0, 0);

  /** Floats of a strip: 256 KiB, which stay in L2 beside what a product packs. */
  static final int STRIP = 64 * 1024;

  private final int[] sizes;
  private final int maxBatch;

  /**
   * Room for packed operands, and behind it, unless for inference, for a strip: as one array they
   * are large enough for G1 to let both begin with a line of the cache ({@link Lines}).
   */
  private final float[] packing;

  /** Where the strip begins; the array's end if there is none. */
  private final int strip;

  /** A of every layer; for inference two arrays that the layers take in turn. */
  private final float[][] a;

  /** Z of the layers whose g' needs it; elsewhere that layer's A, in which Z was made. */
  private final float[][] z;

  /** dA and then dZ of a layer, while dAprev is written to the other one. */
  private final float[][] delta;

  /** db of a layer that is being trained. */
  private final float[] db;

  private Workspace(int[] sizes, int maxBatch, int packing, int strip, int as, int zs, int deltas) {
    this.sizes = sizes;
    this.maxBatch = maxBatch;
    this.strip = (int) Lines.whole(packing) + (strip == 0 ? 0 : Lines.FIRST);
    this.packing = new float[this.strip + strip];
    this.a = new float[as][];
    this.z = new float[zs][];
    this.delta = new float[deltas][];
    this.db = new float[deltas == 0 ? 0 : widest(sizes)];
  }

  /**
   * For {@link Gemm} and single {@link DenseLayer}s: room for the packed operands of any product.
   *
   * @return a workspace without a maximum batch
   */
  public static Workspace forProducts() {
    return new Workspace(new int[0], 0, maxScratch(), STRIP, 0, 0, 0);
  }

  /**
   * For {@link Network#run}: the activations of two layers and room for packing.
   *
   * @param network any network with these layer sizes can use it
   * @param maxBatch the largest batch, 1 or more
   * @return the workspace
   */
  public static Workspace forInference(Network network, int maxBatch) {
    return forInference(Objects.requireNonNull(network, "network").sizes(), maxBatch);
  }

  /**
   * For {@link PackedNetwork#run}: the same as for the network that it was made from.
   *
   * @param network any network with these layer sizes can use it
   * @param maxBatch the largest batch, 1 or more
   * @return the workspace
   */
  public static Workspace forInference(PackedNetwork network, int maxBatch) {
    return forInference(Objects.requireNonNull(network, "network").sizes(), maxBatch);
  }

  static Workspace forInference(int[] sizes, int maxBatch) {
    Workspace workspace = forSizes(sizes, maxBatch, 2, 0, 0);
    int widest = widest(workspace.sizes) * maxBatch;
    for (int i = 0; i < 2; i++) {
      workspace.a[i] = new float[widest];
    }
    return workspace;
  }

  /**
   * For {@link Network#train}, {@link Network#backpropagate} and everything else: what the backward
   * pass needs of every layer, two gradients and room for packing.
   *
   * @param network any network with these layer sizes and activations can use it
   * @param maxBatch the largest batch, 1 or more
   * @return the workspace
   */
  public static Workspace forTraining(Network network, int maxBatch) {
    int layers = Objects.requireNonNull(network, "network").layers().size();
    Workspace workspace = forSizes(network.sizes(), maxBatch, layers, layers, 2);
    for (int l = 0; l < layers; l++) {
      DenseLayer layer = network.layers().get(l);
      workspace.a[l] = new float[layer.outputs() * maxBatch];
      workspace.z[l] =
          layer.activation().derivativeFromA()
              ? workspace.a[l]
              : new float[layer.outputs() * maxBatch];
    }
    int widest = widest(workspace.sizes) * maxBatch;
    for (int i = 0; i < 2; i++) {
      workspace.delta[i] = new float[widest];
    }
    return workspace;
  }

  /** {@return bytes of all arrays in this workspace} */
  public long bytes() {
    long floats = (long) packing.length + db.length;
    for (int l = 0; l < a.length; l++) {
      floats += a[l].length;
    }
    for (int l = 0; l < z.length; l++) {
      floats += z[l] == a[l] ? 0 : z[l].length;
    }
    for (float[] d : delta) {
      floats += d.length;
    }
    return floats * Float.BYTES;
  }

  /** {@return the largest batch; 0 when made {@link #forProducts()}} */
  public int maxBatch() {
    return maxBatch;
  }

  float[] packing() {
    return packing;
  }

  /** Where a strip of {@link #STRIP} floats begins in {@link #packing()}, if there is one. */
  int strip() {
    return strip;
  }

  /**
   * The width of strips, a multiple of {@code step}: as few of them as are at most so wide, and
   * none much narrower than the others.
   */
  static int stripWidth(int n, int most, int step) {
    int strips = (n + most - 1) / most;
    int even = (n + strips - 1) / strips;
    return (even + step - 1) / step * step;
  }

  boolean hasStrip() {
    return packing.length >= strip + STRIP;
  }

  float[] a(int layer) {
    return a[layer % a.length];
  }

  float[] z(int layer) {
    return z[layer];
  }

  /** Where a batch is copied that is not in an array: what the first layer does not write to. */
  float[] input() {
    return delta.length > 0 ? delta[0] : a[1];
  }

  float[] delta(int i) {
    return delta[i & 1];
  }

  float[] db() {
    return db;
  }

  /** Refuses a batch or layer sizes that this workspace was not made for. */
  void check(int[] networkSizes, int batch) {
    if (!Arrays.equals(sizes, networkSizes)) {
      throw Check.illegal(
          "workspace is for layer sizes %s, the network has %s",
          Arrays.toString(sizes), Arrays.toString(networkSizes));
    }
    if (batch < 1 || batch > maxBatch) {
      throw Check.illegal("batch is %d, must be from 1 to the workspace's %d", batch, maxBatch);
    }
  }

  /** Refuses a batch or a network whose training this workspace was not made for. */
  void checkTraining(Network network, int batch) {
    check(network.sizes(), batch);
    if (z.length == 0) {
      throw Check.illegal("workspace is for inference, must be made by forTraining");
    }
    for (int l = 0; l < z.length; l++) {
      if ((z[l] == a[l]) != network.layers().get(l).activation().derivativeFromA()) {
        throw Check.illegal(
            "workspace is for a layer %d with another activation than %s",
            l, network.layers().get(l).activation());
      }
    }
  }

  private static Workspace forSizes(int[] sizes, int maxBatch, int as, int zs, int deltas) {
    Check.atLeast("maxBatch", maxBatch, 1);
    if ((long) widest(sizes) * maxBatch > Network.MAX_FLOATS) {
      throw Check.illegal(
          "maxBatch is %d, too large for layers of %s", maxBatch, Arrays.toString(sizes));
    }
    return new Workspace(sizes, maxBatch, maxScratch(), deltas == 0 ? 0 : STRIP, as, zs, deltas);
  }

  private static int maxScratch() {
    return Lanewise.kernels().maxScratch();
  }

  private static int widest(int[] sizes) {
    return Arrays.stream(sizes).max().orElse(0);
  }
}
