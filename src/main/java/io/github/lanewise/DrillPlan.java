package io.github.lanewise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a warm-up calls: everything in little, again and again until C2 has compiled it, and then
 * the same at its whole size, for the branches that only size decides.
 *
 * <p>Tier 4 comes after 600 calls of a method with 15,000 calls and loop turns together, or after
 * 5,000 calls; how long a call takes does not count. So products are cut to the shortest chains
 * that reach every kernel, and to few outputs; tiles, edges and kernels are those of the whole.
 */
final class DrillPlan {
  /** With chains of 16 a kernel has its 15,000 after 900 calls, with the least vectors made. */
  static final int SHORT_CHAIN = 16;

  /** Calls of a kernel with such chains. */
  private static final int KERNEL_CALLS = 900;

  /**
   * Calls after which HotSpot has asked C2 for a method that has no loop: 5,000 in tier 3, looked
   * at every 1,024, and before up to 2,048 in tier 2.
   */
  static final int TIER_4_CALLS = 8300;

  /** Batches of one in a pass: a single row's kernels are called once a product. */
  private static final int[] SINGLE_ROW = IntStream.generate(() -> 1).limit(16).toArray();

  /** Whatever a tile has, up to 8 rows are all its edges. */
  private static final int FEW = 8;

  /** Batches that are called each in every pass; of more, this many are picked. */
  private static final int MANY = 64;

  /**
   * With so many rows and columns kernels for 16 registers pack both operands, and B by eight
   * vectors and by two. Those for 32 pack only products far larger, as is seen at the whole size.
   */
  static final int PACKED = 96;

  /** A multiple of the rows of every tile. */
  private static final int ROWS = 24;

  /** Calls in a pass, so that the passes themselves stay too few for C2. */
  private static final int TIMES = 10;

  private final String what;
  private final List<Drill> ways;
  private final List<Drill> little;
  private final List<Drill> whole;

  private DrillPlan(String what, List<Drill> ways, List<Drill> little, List<Drill> whole) {
    this.what = what;
    this.ways = ways;
    this.little = little;
    this.whole = whole;
  }

  /** What has no loop that counts for it: called the most, and when all else is compiled. */
  List<Drill> ways() {
    return ways;
  }

  /** Everything in little. A pass shows all of it, so that no profile ever lacks a case. */
  List<Drill> little() {
    return little;
  }

  /** At its whole size. */
  List<Drill> whole() {
    return whole;
  }

  List<Drill> all() {
    return Stream.of(little, whole, ways).flatMap(List::stream).distinct().toList();
  }

  /** Both at once. */
  DrillPlan and(DrillPlan other) {
    return new DrillPlan(
        what + " and " + other.what,
        concat(ways, other.ways),
        concat(little, other.little),
        concat(whole, other.whole));
  }

  private static List<Drill> concat(List<Drill> one, List<Drill> other) {
    List<Drill> both = new ArrayList<>(one);
    both.addAll(other);
    return both;
  }

  @Override
  public String toString() {
    return what;
  }

  /** Everything that requests to a network can use; they come through the packed one, or not. */
  static DrillPlan ofRequests(Inference inference, boolean packed, int maxBatch) {
    int[] few = few(maxBatch);
    int[] all = batches(maxBatch);
    Workspace workspace = Workspace.forInference(inference.sizes(), maxBatch);
    List<Drill> little = new ArrayList<>();
    List<Drill> whole = new ArrayList<>();
    PanelLayer[] layers = inference.layers();
    DrillRequests requests = new DrillRequests(layers, packed);
    requests.scalar();
    little.add(
        new Drill("requests in little", DrillRequests.CALLS, DrillRequests.LEAST, requests::both));
    List<Drill> ways = new ArrayList<>();
    ways.add(
        new Drill("ways in and out", DrillRequests.CALLS, DrillRequests.LEAST, requests.byUsers()));
    for (int l = 0; l < layers.length; l++) {
      PanelLayer layer = layers[l];
      String name = "layer " + l + ", " + layer.outputs() + "×" + layer.inputs();
      String g = name + ": " + layer.activation();
      DrillLayer drill = new DrillLayer(layer, maxBatch, workspace.packing());
      little.add(new Drill(g, 1, KERNEL_CALLS, drill::sweep));
      little.add(
          new Drill(
              g + " at the edges",
              few.length,
              KERNEL_CALLS * few.length,
              () -> drill.activations(few)));
      int[] tiles = packed ? few : withPacked(few, drill.outputs(), maxBatch);
      little.add(
          new Drill(
              name + ": tiles",
              tiles.length,
              KERNEL_CALLS * tiles.length,
              () -> drill.products(tiles)));
      ways.add(
          new Drill(
              name + ": a single row",
              SINGLE_ROW.length,
              TIER_4_CALLS,
              () -> drill.products(SINGLE_ROW)));
      whole.add(
          new Drill(
              name + ": batches",
              all.length + 1,
              1,
              () -> {
                drill.longChains();
                drill.products(all);
              }));
    }
    whole.add(theNetwork(inference, all, workspace, maxBatch));
    return new DrillPlan(
        inference.inputs() + " to " + inference.outputs() + ", batches up to " + maxBatch,
        ways,
        little,
        whole);
  }

  /**
   * The change-over, rehearsed: requests to a twin of the network over the same layers that the
   * SIMD kernels answer already, through the very methods that requests come by. C2 compiles these
   * with everything below inlined, while it is the scalar kernels that answer.
   */
  private static Drill theNetwork(
      Inference inference, int[] batches, Workspace workspace, int maxBatch) {
    float[] in = DrillLayer.plain(inference.inputs() * maxBatch);
    float[] out = new float[inference.outputs() * maxBatch];
    Inference twin = new Inference(inference.sizes(), inference.layers());
    return new Drill(
        "the network",
        batches.length,
        1,
        () -> {
          for (int batch : batches) {
            twin.run(in, 0, batch, out, 0, workspace);
          }
        });
  }

  /** One product, overwriting and accumulating. */
  static DrillPlan ofProduct(FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    Objects.requireNonNull(a, "a");
    Objects.requireNonNull(b, "b");
    Objects.requireNonNull(c, "c");
    Workspace workspace = Workspace.forProducts();
    Gemm.check(a, b, c, workspace);
    FloatMatrix x = alike(a);
    FloatMatrix y = alike(b);
    FloatMatrix z = alike(c);
    int m = fewTiles(c.rows(), ROWS);
    int n = fewTiles(c.columns(), Math.max(1, Lanewise.kernels().tileColumns()));
    int k = Math.min(a.columns(), SHORT_CHAIN);
    FloatMatrix littleX = x.subMatrix(0, 0, m, k);
    FloatMatrix littleY = y.subMatrix(0, 0, k, n);
    FloatMatrix littleZ = z.subMatrix(0, 0, m, n);
    Drill little =
        new Drill(
            "tiles",
            2 * TIMES,
            2 * TIER_4_CALLS,
            () -> multiply(TIMES, littleX, littleY, littleZ, workspace));
    Drill whole = new Drill("the product", 2, 1, () -> multiply(1, x, y, z, workspace));
    return new DrillPlan(
        "product " + c.rows() + "×" + c.columns() + "×" + a.columns(),
        List.of(little),
        List.of(little),
        List.of(whole));
  }

  /** Rows or columns that are cut into the same kinds of tiles, and packed or not, as so many. */
  private static int fewTiles(int n, int tile) {
    int most = (PACKED + tile - 1) / tile * tile;
    return n < 2 * most ? n : most + n % tile;
  }

  private static void multiply(
      int times, FloatMatrix a, FloatMatrix b, FloatMatrix c, Workspace workspace) {
    for (int i = 0; i < times; i++) {
      Gemm.multiply(a, b, c, workspace);
      Gemm.multiplyAdd(a, b, c, workspace);
    }
  }

  /** A matrix of the same shape and strides in an array of its own. */
  private static FloatMatrix alike(FloatMatrix x) {
    int floats =
        x.rows() == 0 || x.columns() == 0
            ? 0
            : (x.rows() - 1) * x.rowStride() + (x.columns() - 1) * x.columnStride() + 1;
    return new FloatMatrix(
        new float[floats], 0, x.rows(), x.columns(), x.rowStride(), x.columnStride());
  }

  /**
   * All edges of tiles, and a single row before each: its kernels are its own, and some are called
   * once a product.
   */
  private static int[] few(int most) {
    return IntStream.range(0, 2 * FEW).map(i -> i % 2 == 0 ? 1 : 1 + i / 2 % most).toArray();
  }

  /**
   * And the first batches that are packed, if there may be any: all that their last rows can be,
   * and as often as takes packing itself to tier 4 by its calls.
   */
  private static int[] withPacked(int[] few, int outputs, int most) {
    int rows = Lanewise.kernels().packedRows(outputs);
    int times = rows > most ? 0 : (TIER_4_CALLS + KERNEL_CALLS - 1) / KERNEL_CALLS;
    return IntStream.concat(
            Arrays.stream(few), IntStream.range(0, times).map(i -> rows + i % (most - rows + 1)))
        .toArray();
  }

  /** 1 to the largest; where these are many, the first ones and some of the others. */
  private static int[] batches(int most) {
    return most <= MANY
        ? IntStream.rangeClosed(1, most).toArray()
        : IntStream.concat(
                IntStream.rangeClosed(1, MANY / 2),
                IntStream.rangeClosed(1, MANY / 2)
                    .map(i -> MANY / 2 + (int) ((long) i * (most - MANY / 2) / (MANY / 2))))
            .toArray();
  }
}
