package io.github.lanewise;

import java.util.ArrayList;
import java.util.List;

/**
 * What a warm-up calls: everything in little, again and again until C2 has compiled it, and then
 * the same at its whole size, for the branches that only size decides.
 *
 * <p>Tier 4 comes after 600 calls of a method with 15,000 calls and loop turns together, or after
 * 5,000 calls; how long a call takes does not count. So products are cut to the shortest chains
 * that reach every kernel, and to few outputs; tiles, edges and kernels are those of the whole.
 *
 * <p>Plain loops here and in all that a warm-up runs: a stream and its functions are classes made
 * while the compilers have better to do (src/docs/decisions/0021-warm-up.md).
 */
final class DrillPlan {
  /** With chains of 16 a kernel has its 15,000 after 900 calls, with the least vectors made. */
  static final int SHORT_CHAIN = 16;

  /** Calls of a kernel with such chains. */
  static final int KERNEL_CALLS = 900;

  /**
   * Calls after which HotSpot has asked C2 for a method that has no loop: 5,000 in tier 3, looked
   * at every 1,024, and before up to 2,048 in tier 2.
   */
  static final int TIER_4_CALLS = 8300;

  /** With so many rows and columns A is copied and B packed, by eight vectors and by two. */
  static final int PACKED = 96;

  /** Something that is driven; its drills are asked for once. */
  interface Part {
    /** What has no loop that counts for it: called the most, and when all else is compiled. */
    default List<Drill> ways() {
      return List.of();
    }

    /** Everything in little. A pass shows all of it, so that no profile ever lacks a case. */
    default List<Drill> little() {
      return List.of();
    }

    /** At its whole size. */
    default List<Drill> whole() {
      return List.of();
    }
  }

  private final String what;
  private final List<Drill> ways = new ArrayList<>();
  private final List<Drill> little = new ArrayList<>();
  private final List<Drill> whole = new ArrayList<>();

  private DrillPlan(String what) {
    this.what = what;
  }

  /** Rows, columns or steps that are cut as so many are: into the same tiles, packed or not. */
  static int few(int n, int tile, int least) {
    int most = (least + tile - 1) / tile * tile;
    return n < 2 * most ? n : most + n % tile;
  }

  private static DrillPlan of(String what, List<Part> parts) {
    DrillPlan plan = new DrillPlan(what);
    for (Part part : parts) {
      plan.ways.addAll(part.ways());
      plan.little.addAll(part.little());
      plan.whole.addAll(part.whole());
    }
    return plan;
  }

  /** Everything that requests to a network can use; they come through the packed one, or not. */
  static DrillPlan ofRequests(Inference inference, boolean packed, int maxBatch) {
    Workspace workspace = Workspace.forInference(inference.sizes(), maxBatch);
    PanelLayer[] layers = inference.layers();
    List<Part> parts = new ArrayList<>();
    parts.add(new DrillRequests(layers, packed));
    for (int l = 0; l < layers.length; l++) {
      parts.add(new DrillLayer("layer " + l, layers[l], packed, maxBatch, workspace.packing()));
    }
    parts.add(new DrillNetwork(inference, maxBatch, workspace));
    return of(
        inference.inputs() + " to " + inference.outputs() + ", batches up to " + maxBatch, parts);
  }

  /** One product, overwriting and accumulating. */
  static DrillPlan ofProduct(FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    DrillProduct drill = new DrillProduct(a, b, c);
    return of("product " + c.rows() + "×" + c.columns() + "×" + a.columns(), List.of(drill));
  }

  /** Both at once. */
  DrillPlan and(DrillPlan other) {
    DrillPlan both = new DrillPlan(what + " and " + other.what);
    for (DrillPlan plan : List.of(this, other)) {
      both.ways.addAll(plan.ways);
      both.little.addAll(plan.little);
      both.whole.addAll(plan.whole);
    }
    return both;
  }

  List<Drill> ways() {
    return ways;
  }

  List<Drill> little() {
    return little;
  }

  List<Drill> whole() {
    return whole;
  }

  List<Drill> all() {
    List<Drill> all = new ArrayList<>(little);
    all.addAll(whole);
    all.addAll(ways);
    return all;
  }

  @Override
  public String toString() {
    return what;
  }
}
