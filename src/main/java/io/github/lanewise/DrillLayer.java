package io.github.lanewise;

import io.github.lanewise.kernels.Kernels;

/** One layer with short chains and only as many outputs as have all its edges. */
final class DrillLayer {
  /** Elements of a long sweep: whole vectors of any width and some more. */
  private static final int SWEEP = 512 + 7;

  /** A batch that is several blocks of those in little. */
  private static final int BLOCKS = 32;

  /** Numbers that go through every branch of a scalar activation. */
  private static final float[] SPECIALS = {
    0,
    -0f,
    1,
    -1,
    0.3f,
    -0.3f,
    3,
    -3,
    12,
    -12,
    60,
    -60,
    1e-30f,
    -1e-30f,
    1e-42f,
    -1e-42f,
    200,
    -200,
    1e30f,
    -1e30f,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN
  };

  private final Kernels inLittle = Lanewise.kernels().inLittle();
  private final PanelLayer layer;
  private final int maxBatch;
  private final float[] scratch;
  private final float[] in;
  private final float[] z;
  private final float[] specials;
  private final float[] long1;
  private final float[] long2;
  private final float[] a;

  DrillLayer(PanelLayer layer, int maxBatch, float[] scratch) {
    this.layer = layer.inLittle(allTiles());
    this.maxBatch = maxBatch;
    this.scratch = scratch;
    this.in = plain(layer.inputs() * maxBatch);
    this.z = new float[this.layer.outputs() * maxBatch];
    this.specials = special(z.length);
    this.a = new float[z.length];
    this.long1 = special(SWEEP);
    this.long2 = new float[SWEEP];
  }

  /**
   * So many outputs have tiles of every width: whole ones, and a row's, 8 vectors, and some more;
   * and a batch that is packed with them is packed with more.
   */
  private static int allTiles() {
    Kernels kernels = Lanewise.kernels();
    int tiles =
        Math.max(2 * Math.max(1, kernels.tileColumns()), 9 * kernels.vectorBits() / Float.SIZE);
    boolean packs = kernels.packedRows(DrillPlan.PACKED) < Integer.MAX_VALUE;
    return packs ? Math.max(tiles, DrillPlan.PACKED) : tiles;
  }

  int outputs() {
    return layer.outputs();
  }

  /** Every tile and edge of these batches, and every loop over blocks. */
  void tiles(int[] batches) {
    products(batches);
    int k = Math.min(2 * DrillPlan.SHORT_CHAIN, layer.inputs());
    layer.product(inLittle, Math.min(maxBatch, BLOCKS), k, in, 0, z, 0, scratch);
  }

  void products(int[] batches) {
    int k = Math.min(DrillPlan.SHORT_CHAIN, layer.inputs());
    for (int m : batches) {
      layer.product(Lanewise.kernels(), m, k, in, 0, z, 0, scratch);
    }
  }

  /** What the number of inputs decides. */
  void longChains() {
    layer.product(Lanewise.kernels(), 1, layer.inputs(), in, 0, z, 0, scratch);
  }

  /** Long enough for the activation's loop to reach C2 by its turns, whatever the layer's width. */
  void sweep() {
    Activation g = layer.activation();
    Lanewise.kernels()
        .activate(g.kind(), g.parameter(), 1, SWEEP, long1, 0, SWEEP, long2, 0, SWEEP);
  }

  void activations(int[] batches) {
    for (int m : batches) {
      layer.activate(Lanewise.kernels(), m, specials, 0, a, 0);
    }
  }

  static float[] plain(int length) {
    float[] x = new float[length];
    for (int i = 0; i < length; i++) {
      x[i] = (i % 17 - 8) / 8f;
    }
    return x;
  }

  private static float[] special(int length) {
    float[] x = plain(length);
    for (int i = 0; i < length; i++) {
      x[i] = i % 3 == 0 ? x[i] : SPECIALS[(i * 7 + i / 23) % SPECIALS.length];
    }
    return x;
  }
}
