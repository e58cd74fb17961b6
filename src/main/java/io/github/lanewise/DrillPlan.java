package io.github.lanewise;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
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
  static final int KERNEL_CALLS = 900;

  /**
   * Calls after which HotSpot has asked C2 for a method that has no loop: 5,000 in tier 3, looked
   * at every 1,024, and before up to 2,048 in tier 2.
   */
  static final int TIER_4_CALLS = 8300;

  /**
   * With so many rows and columns kernels for 16 registers pack both operands, and B by eight
   * vectors and by two. Those for 32 pack only products far larger, as is seen at the whole size.
   */
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

  private static DrillPlan of(String what, List<Part> parts) {
    return new DrillPlan(
        what,
        collect(parts, Part::ways),
        collect(parts, Part::little),
        collect(parts, Part::whole));
  }

  private static List<Drill> collect(List<Part> parts, Function<Part, List<Drill>> drills) {
    return parts.stream().map(drills).flatMap(Collection::stream).toList();
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
    return new DrillPlan(
        what + " and " + other.what,
        concat(ways, other.ways),
        concat(little, other.little),
        concat(whole, other.whole));
  }

  private static List<Drill> concat(List<Drill> one, List<Drill> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
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
    return all;
  }

  @Override
  public String toString() {
    return what;
  }
}
