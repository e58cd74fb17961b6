package io.github.lanewise;

import io.github.lanewise.kernels.Kernels;
import io.github.lanewise.kernels.Thresholds;
import java.util.ArrayList;
import java.util.List;

/** One layer with short chains and only as many outputs as have all its edges. */
final class DrillLayer implements DrillPlan.Part {
  /** Elements of a long sweep: whole vectors of any width and some more. */
  private static final int SWEEP = 512 + 7;

  /** What kernels take several steps at once of, they take so many, or half or a quarter. */
  private static final int STEPS = 8;

  /** Columns in panels that have a batch copied. */
  private static final int COPIED = 96;

  /** Batches that are one block of those in little, and two. */
  private static final int[] BLOCKS = {24, 48};

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

  private final Kernels inLittle;
  private final String name;
  private final PanelLayer layer;
  private final int maxBatch;
  private final DrillBatches batches;

  /** Steps that have everything called, but for what is laid down. */
  private final int chain;

  /** Steps that have a narrow C laid down. */
  private final int chainLaidDown;

  private final int[] all;
  private final float[] scratch;
  private final float[] in;
  private final float[] z;
  private final float[] specials;
  private final float[] long1;
  private final float[] long2;
  private final float[] a;

  DrillLayer(String name, PanelLayer layer, boolean packed, int maxBatch, float[] scratch) {
    this.name = name + ", " + layer.outputs() + "×" + layer.inputs() + ": ";
    this.layer = layer.inLittle(allTiles(), allPanels());
    this.maxBatch = maxBatch;
    this.batches = new DrillBatches(this.layer, packed, maxBatch);
    Thresholds thresholds = Lanewise.kernels().thresholds();
    boolean narrow = batches.fewestOutputs < DrillBatches.lanes();
    int k = layer.inputs();
    // each panel is a product of its own
    int n = packed ? Lanewise.kernels().panelColumns() : layer.outputs();
    this.inLittle = Lanewise.kernels().inLittle(n, k);
    this.chain =
        narrow
            ? DrillPlan.few(k, DrillPlan.SHORT_CHAIN, thresholds.smallSteps() + 1)
            : DrillPlan.few(k, STEPS, DrillPlan.SHORT_CHAIN);
    this.chainLaidDown = DrillPlan.few(k, DrillPlan.SHORT_CHAIN, thresholds.laidDownSteps());
    this.all = DrillNetwork.batches(maxBatch);
    this.scratch = scratch;
    this.in = plain(layer.inputs() * maxBatch);
    this.z = new float[this.layer.outputs() * maxBatch];
    this.specials = special(z.length);
    this.a = new float[z.length];
    this.long1 = special(SWEEP);
    this.long2 = new float[SWEEP];
  }

  @Override
  public List<Drill> ways() {
    List<Drill> ways = new ArrayList<>();
    ways.add(
        products(
            "few rows", DrillBatches.FEW, chain, DrillBatches.few(maxBatch, DrillBatches.FEW)));
    if (batches.packed.length > 0) {
      int kinds = batches.packed.length / DrillBatches.MANY;
      ways.add(products("packed batches", kinds, chain, batches.packed));
    }
    if (batches.packing.length > 0) {
      ways.add(products("packing batches", 1, chain, batches.packing));
    }
    if (batches.lastColumn.length > 0) {
      ways.add(products("batches with a last column", 2, chain, batches.lastColumn));
    }
    if (batches.laidDown.length > 0) {
      ways.add(products("batches laid down", 1, chainLaidDown, batches.laidDown));
    }
    return ways;
  }

  /** As often as has what is called once a product compiled, if so many kinds of them call it. */
  private Drill products(String what, int kinds, int k, int[] rows) {
    int calls = kinds * DrillPlan.TIER_4_CALLS;
    return new Drill(name + what, rows.length, calls, () -> products(k, rows));
  }

  @Override
  public List<Drill> little() {
    int[] upright = batches.upright();
    int tiles = upright.length + batches.laidDown.length + BLOCKS.length;
    return List.of(
        kernels(layer.activation().toString(), 1, this::sweep),
        kernels(layer.activation() + " at the edges", batches.few.length, this::activations),
        kernels("tiles", tiles, () -> tiles(upright)));
  }

  private Drill kernels(String what, int calls, Runnable pass) {
    return new Drill(name + what, calls, DrillPlan.KERNEL_CALLS * calls, pass);
  }

  @Override
  public List<Drill> whole() {
    return List.of(new Drill(name + "batches", all.length + 1, 1, this::everyBatch));
  }

  /**
   * So many outputs have tiles of every width: whole ones, and a row's, 8 vectors, and some more;
   * and a batch that is packed with them is packed with more. A multiple of the widest tile, so
   * that what is left over is left over here too.
   */
  private static int allTiles() {
    Kernels kernels = Lanewise.kernels();
    int widest = 2 * Math.max(1, kernels.tileColumns());
    int most = Math.max(9 * kernels.vectorBits() / Float.SIZE, DrillPlan.PACKED);
    return Math.max(2, (most + widest - 1) / widest) * widest;
  }

  /** So many panels have a batch copied beside them, and two more for the edges. */
  private static int allPanels() {
    return COPIED / Lanewise.kernels().panelColumns() + 2;
  }

  /** Every tile and edge of these batches, and every loop over blocks. */
  private void tiles(int[] upright) {
    products(chain, upright);
    products(chainLaidDown, batches.laidDown);
    int k = Math.min(Math.max(chain, 2 * DrillPlan.SHORT_CHAIN), layer.inputs());
    for (int m : BLOCKS) {
      layer.product(inLittle, Math.min(maxBatch, m), k, in, 0, z, 0, scratch);
    }
  }

  private void products(int k, int[] rows) {
    for (int m : rows) {
      layer.product(inLittle, m, k, in, 0, z, 0, scratch);
    }
  }

  /** What the number of inputs decides, and then every batch. */
  private void everyBatch() {
    layer.product(Lanewise.kernels(), 1, layer.inputs(), in, 0, z, 0, scratch);
    products(chain, all);
  }

  /** Long enough for the activation's loop to reach C2 by its turns, whatever the layer's width. */
  private void sweep() {
    Activation g = layer.activation();
    Lanewise.kernels()
        .activate(g.kind(), g.parameter(), 1, SWEEP, long1, 0, SWEEP, long2, 0, SWEEP);
  }

  private void activations() {
    for (int m : batches.few) {
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
