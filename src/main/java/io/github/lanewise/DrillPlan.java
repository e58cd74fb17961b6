package io.github.lanewise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  private final String what;
  private final List<Drill> ways;
  private final List<Drill> little;
  private final List<Drill> whole;
  private final List<Drill> all;

  private DrillPlan(String what, List<Drill> ways, List<Drill> little, List<Drill> whole) {
    this.what = what;
    this.ways = ways;
    this.little = little;
    this.whole = whole;
    this.all = Stream.of(little, whole, ways).flatMap(List::stream).toList();
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
    return all;
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
      int[] rows = packed ? new int[0] : packedBatches(drill.outputs(), maxBatch);
      int[] tiles = IntStream.concat(Arrays.stream(few), Arrays.stream(rows)).toArray();
      little.add(
          new Drill(
              name + ": tiles",
              tiles.length + 1,
              KERNEL_CALLS * (tiles.length + 1),
              () -> drill.tiles(tiles)));
      ways.add(
          new Drill(
              name + ": a single row",
              SINGLE_ROW.length,
              TIER_4_CALLS,
              () -> drill.products(SINGLE_ROW)));
      if (rows.length > 0) {
        ways.add(
            new Drill(
                name + ": packed batches", rows.length, TIER_4_CALLS, () -> drill.products(rows)));
      }
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
    DrillProduct drill = new DrillProduct(a, b, c);
    return new DrillPlan(
        "product " + c.rows() + "×" + c.columns() + "×" + a.columns(),
        List.of(new Drill("calls", DrillProduct.CALLS, DrillProduct.LEAST, drill::calls)),
        List.of(new Drill("tiles", DrillProduct.TILES, DrillProduct.LEAST_OF_TILES, drill::tiles)),
        List.of(new Drill("the product", 2, 1, drill::whole)));
  }

  /**
   * All edges of tiles, and a single row before each: its kernels are its own, and some are called
   * once a product.
   */
  private static int[] few(int most) {
    return IntStream.range(0, 2 * FEW).map(i -> i % 2 == 0 ? 1 : 1 + i / 2 % most).toArray();
  }

  /** The first batches that are packed, if there may be any: all that their last rows can be. */
  private static int[] packedBatches(int outputs, int most) {
    int rows = Lanewise.kernels().packedRows(outputs);
    return IntStream.range(0, rows > most ? 0 : 2 * FEW)
        .map(i -> rows + i % (most - rows + 1))
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
