package io.github.lanewise;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What a warm-up calls, in phases. Tier 4 comes after 600 calls of a method with 15,000 calls and
 * loop turns together, or 5,000 calls: products are cut to 32 inputs, with which a kernel gets
 * there soonest, and few outputs; their tiles, edges and kernels are the network's. Only then comes
 * the network itself, at every batch size, for the branches that depend on the inputs' number.
 */
final class DrillPlan {
  /** 600 calls of a kernel with 32 turns each are the 15,000. */
  private static final int SHORT_CHAIN = 32;

  /**
   * Calls after which HotSpot has asked C2 for a method that has no loop: 5,000 in tier 3, looked
   * at every 1,024, and some before.
   */
  static final int TIER_4_CALLS = 7000;

  /** Elements of a long sweep: whole vectors of any width and some more. */
  private static final int SWEEP = 512 + 7;

  /** Whatever a tile has, up to 8 rows are all its edges. */
  private static final int FEW = 8;

  /** Batches that are called each in every pass; of more, this many are picked. */
  private static final int MANY = 64;

  private final String what;
  private final List<List<Drill>> phases;

  private DrillPlan(String what, List<List<Drill>> phases) {
    this.what = what;
    this.phases = phases;
  }

  List<List<Drill>> phases() {
    return phases;
  }

  /** Phase by phase, both; the last phase, of whole networks, stays the last. */
  DrillPlan and(DrillPlan other) {
    List<List<Drill>> both = new ArrayList<>(phases.subList(0, phases.size() - 1));
    both.addAll(other.phases.subList(0, other.phases.size() - 1));
    List<Drill> whole = new ArrayList<>(phases.get(phases.size() - 1));
    whole.addAll(other.phases.get(other.phases.size() - 1));
    both.add(whole);
    return new DrillPlan(what + " and " + other.what, both);
  }

  List<Drill> whole() {
    return phases.get(phases.size() - 1);
  }

  @Override
  public String toString() {
    return what;
  }

  /** Everything that requests to a network can use. */
  static DrillPlan ofRequests(Inference inference, int maxBatch) {
    int[] few = batches(Math.min(maxBatch, FEW));
    int[] all = batches(maxBatch);
    Workspace workspace = Workspace.forInference(inference.sizes(), maxBatch);
    List<Drill> sweeps = new ArrayList<>();
    List<Drill> tiles = new ArrayList<>();
    List<Drill> batches = new ArrayList<>();
    PanelLayer[] layers = inference.layers();
    for (int l = 0; l < layers.length; l++) {
      PanelLayer layer = layers[l];
      String name = "layer " + l + ", " + layer.outputs() + "×" + layer.inputs();
      LayerDrill drill = new LayerDrill(layer, maxBatch, workspace.packing());
      tiles.add(
          new Drill(name + ": tiles", few.length, 600, Drill.QUIET, () -> drill.products(few)));
      sweeps.add(new Drill(name + ": " + layer.activation(), 1, 1_000, Drill.QUIET, drill::sweep));
      tiles.add(
          new Drill(
              name + ": " + layer.activation() + " at the edges",
              few.length,
              600,
              Drill.QUIET,
              () -> drill.activations(few)));
      batches.add(
          new Drill(
              name + ": batches",
              all.length,
              TIER_4_CALLS,
              Drill.QUIET,
              () -> {
                drill.longChains();
                drill.products(all);
              }));
    }
    Small small = new Small(layers);
    Drill little = new Drill("requests in little", Small.CALLS, Small.FIRST, 0, small::requests);
    sweeps.add(
        new Drill("requests in little, between", Small.CALLS, Small.BETWEEN, 0, small::requests));
    int requests = TIER_4_CALLS / Small.EACH * Small.CALLS;
    batches.add(
        new Drill(
            "requests in little, every way", Small.CALLS, requests, Drill.QUIET, small::requests));
    return new DrillPlan(
        inference.inputs() + " to " + inference.outputs() + ", batches up to " + maxBatch,
        List.of(
            List.of(little),
            sweeps,
            tiles,
            batches,
            List.of(whole(inference, all, workspace, maxBatch))));
  }

  /**
   * The change-over, rehearsed: requests to a twin of the network over the same layers that the
   * SIMD kernels answer already, through the very methods that requests come by. C2 compiles these
   * with everything below inlined, while it is the scalar kernels that answer.
   */
  private static Drill whole(
      Inference inference, int[] batches, Workspace workspace, int maxBatch) {
    float[] in = Specials.none(inference.inputs() * maxBatch);
    float[] out = new float[inference.outputs() * maxBatch];
    Inference twin = new Inference(inference.sizes(), inference.layers());
    return new Drill(
        "the network",
        batches.length,
        3 * batches.length,
        Drill.QUIET,
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
    int k = Math.min(a.columns(), SHORT_CHAIN);
    FloatMatrix shortX = x.subMatrix(0, 0, a.rows(), k);
    FloatMatrix shortY = y.subMatrix(0, 0, k, b.columns());
    return new DrillPlan(
        "product " + c.rows() + "×" + c.columns() + "×" + a.columns(),
        List.of(
            List.of(
                new Drill(
                    "tiles",
                    2,
                    TIER_4_CALLS,
                    Drill.QUIET,
                    () -> multiply(shortX, shortY, z, workspace))),
            List.of(
                new Drill("the product", 2, 6, Drill.QUIET, () -> multiply(x, y, z, workspace)))));
  }

  private static void multiply(FloatMatrix a, FloatMatrix b, FloatMatrix c, Workspace workspace) {
    Gemm.multiply(a, b, c, workspace);
    Gemm.multiplyAdd(a, b, c, workspace);
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

  /** Numbers that go through every branch of a scalar activation. */
  private static final class Specials {
    private static final float[] FLOATS = {
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

    static float[] none(int length) {
      float[] x = new float[length];
      for (int i = 0; i < length; i++) {
        x[i] = (i % 17 - 8) / 8f;
      }
      return x;
    }

    static float[] all(int length) {
      float[] x = none(length);
      for (int i = 0; i < length; i++) {
        x[i] = i % 3 == 0 ? x[i] : FLOATS[(i * 7 + i / 23) % FLOATS.length];
      }
      return x;
    }
  }

  /** One layer with chains of at most 32 and only as many outputs as have all its edges. */
  private static final class LayerDrill {
    private final PanelLayer layer;
    private final float[] scratch;
    private final float[] in;
    private final float[] z;
    private final float[] specials;
    private final float[] long1;
    private final float[] long2;
    private final float[] a;

    LayerDrill(PanelLayer layer, int maxBatch, float[] scratch) {
      this.layer = layer.inLittle(2 * Math.max(1, Lanewise.kernels().tileColumns()));
      this.scratch = scratch;
      this.in = Specials.none(layer.inputs() * maxBatch);
      this.z = new float[this.layer.outputs() * maxBatch];
      this.specials = Specials.all(z.length);
      this.a = new float[z.length];
      this.long1 = Specials.all(SWEEP);
      this.long2 = new float[SWEEP];
    }

    void products(int[] batches) {
      int k = Math.min(SHORT_CHAIN, layer.inputs());
      for (int m : batches) {
        layer.product(Lanewise.kernels(), m, k, in, 0, z, 0, scratch);
      }
    }

    /** What the number of inputs decides. */
    void longChains() {
      layer.product(Lanewise.kernels(), 1, layer.inputs(), in, 0, z, 0, scratch);
    }

    /**
     * Long enough for the activation's loop to reach C2 by its turns, whatever the layer's width.
     */
    void sweep() {
      layer.sweep(Lanewise.kernels(), long1, long2);
    }

    void activations(int[] batches) {
      for (int m : batches) {
        layer.activate(Lanewise.kernels(), m, specials, 0, a, 0);
      }
    }
  }

  /**
   * A network of the same activations and at most 16 features everywhere, to drive what lies around
   * the kernels: every way in and out, by both twins, so that the change-over is nothing new.
   */
  private static final class Small {
    private static final int WIDTH = 16;
    private static final int BATCH = 2;

    /** Calls of each method in a pass: two twins. */
    private static final int EACH = 2 * BATCH;

    /** Two networks, three ways in and out. */
    private static final int CALLS = 2 * 3 * EACH;

    /**
     * First of all, so that both twins are known before C2 compiles what calls them: the requests
     * that the scalar kernels answer meanwhile, its callers' methods among them. What had seen one
     * twin only would be thrown away at the change-over.
     */
    private static final int FIRST = 30 * CALLS;

    /**
     * And between the sweeps: C1 may have taken a method without a profile at first, and what it
     * then counts would be the sweeps' few ways only.
     */
    private static final int BETWEEN = 300 * CALLS;

    private final Network network;
    private final PackedNetwork packed;
    private final Workspace workspace;
    private final float[] in;
    private final float[] out;
    private final MemorySegment inSegment;
    private final MemorySegment outSegment;
    private final FloatBuffer inBuffer;
    private final FloatBuffer outBuffer;

    Small(PanelLayer[] layers) {
      Network.Builder builder = Network.builder(Math.min(WIDTH, layers[0].inputs()));
      for (PanelLayer layer : layers) {
        builder.dense(Math.min(WIDTH, layer.outputs()), layer.activation());
      }
      network = builder.zeros();
      packed = PackedNetwork.of(network);
      workspace = Workspace.forInference(network, BATCH);
      in = new float[network.inputs() * BATCH];
      out = new float[network.outputs() * BATCH];
      inBuffer = ByteBuffer.allocateDirect(in.length * Float.BYTES).asFloatBuffer();
      outBuffer = FloatBuffer.wrap(out);
      inSegment = MemorySegment.ofBuffer(inBuffer);
      outSegment = MemorySegment.ofArray(out);
    }

    void requests() {
      for (int twin = 0; twin < 2; twin++) {
        network.inference().scalarFirst(twin == 0);
        packed.inference().scalarFirst(twin == 0);
        for (int batch = 1; batch <= BATCH; batch++) {
          network.run(in, 0, batch, out, 0, workspace);
          network.run(inSegment, 0, batch, outSegment, 0, workspace);
          network.run(inBuffer, 0, batch, outBuffer, 0, workspace);
          packed.run(in, 0, batch, out, 0, workspace);
          packed.run(inSegment, 0, batch, outSegment, 0, workspace);
          packed.run(inBuffer, 0, batch, outBuffer, 0, workspace);
        }
      }
    }
  }
}
