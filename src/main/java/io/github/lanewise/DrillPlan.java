package io.github.lanewise;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

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
  private static final int SHORT_CHAIN = 16;

  /** Calls of a kernel with such chains. */
  private static final int KERNEL_CALLS = 900;

  /**
   * Calls after which HotSpot has asked C2 for a method that has no loop: 5,000 in tier 3, looked
   * at every 1,024, and some before.
   */
  static final int TIER_4_CALLS = 7000;

  /** Elements of a long sweep: whole vectors of any width and some more. */
  private static final int SWEEP = 512 + 7;

  /** Whatever a tile has, up to 8 rows are all its edges; as many calls where batches are fewer. */
  private static final int FEW = 8;

  /** Batches that are called each in every pass; of more, this many are picked. */
  private static final int MANY = 64;

  /** From so many rows and columns on, kernels pack both operands at most. */
  private static final int PACKED = 96;

  /** A multiple of the rows of every tile. */
  private static final int ROWS = 12;

  /** Calls in a pass, so that the passes themselves stay too few for C2. */
  private static final int TIMES = 10;

  private final String what;
  private final List<Drill> little;
  private final List<Drill> whole;

  private DrillPlan(String what, List<Drill> little, List<Drill> whole) {
    this.what = what;
    this.little = little;
    this.whole = whole;
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
    return concat(little, whole);
  }

  /** Both at once. */
  DrillPlan and(DrillPlan other) {
    return new DrillPlan(
        what + " and " + other.what, concat(little, other.little), concat(whole, other.whole));
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
    int[] few = IntStream.range(0, FEW).map(i -> 1 + i % maxBatch).toArray();
    int[] all = batches(maxBatch);
    Workspace workspace = Workspace.forInference(inference.sizes(), maxBatch);
    List<Drill> little = new ArrayList<>();
    List<Drill> whole = new ArrayList<>();
    PanelLayer[] layers = inference.layers();
    Small small = new Small(layers, packed);
    small.scalarRequests();
    little.add(new Drill("requests in little", Small.CALLS, Small.LEAST, small::requests));
    for (int l = 0; l < layers.length; l++) {
      PanelLayer layer = layers[l];
      String name = "layer " + l + ", " + layer.outputs() + "×" + layer.inputs();
      String g = name + ": " + layer.activation();
      LayerDrill drill = new LayerDrill(layer, maxBatch, workspace.packing());
      little.add(new Drill(g, 1, KERNEL_CALLS, drill::sweep));
      little.add(
          new Drill(g + " at the edges", few.length, KERNEL_CALLS, () -> drill.activations(few)));
      little.add(new Drill(name + ": tiles", few.length, KERNEL_CALLS, () -> drill.products(few)));
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
    float[] in = Specials.none(inference.inputs() * maxBatch);
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
    Runnable little = () -> multiply(TIMES, littleX, littleY, littleZ, workspace);
    Runnable whole = () -> multiply(1, x, y, z, workspace);
    return new DrillPlan(
        "product " + c.rows() + "×" + c.columns() + "×" + a.columns(),
        List.of(new Drill("tiles", 2 * TIMES, 2 * TIER_4_CALLS, little)),
        List.of(new Drill("the product", 2, 1, whole)));
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
   * the kernels: every way in and out, by both twins, so that the change-over is nothing new to
   * what C2 compiles meanwhile, the methods of the requests' callers among them. The scalar twin
   * comes by seldom enough to stay out of C2's queue.
   */
  private static final class Small {
    private static final int WIDTH = 16;
    private static final int BATCH = 2;

    /** By the SIMD kernels, for one by the scalar ones. */
    private static final int TIMES = 7;

    /** A few milliseconds; products have four parts or more, so that 128 calls are soon reached. */
    private static final int SCALAR_TIMES = 12;

    /** Three ways in and out. */
    private static final int CALLS = 3 * BATCH * (TIMES + 1);

    /** For each of the three. */
    private static final int LEAST = 3 * TIER_4_CALLS;

    private final boolean packs;
    private final Network network;
    private final PackedNetwork packed;
    private final Inference inference;
    private final Workspace workspace;
    private final float[] in;
    private final float[] out;
    private final MemorySegment inSegment;
    private final MemorySegment outSegment;
    private final FloatBuffer inBuffer;
    private final FloatBuffer outBuffer;

    Small(PanelLayer[] layers, boolean packs) {
      this.packs = packs;
      Network.Builder builder = Network.builder(Math.min(WIDTH, layers[0].inputs()));
      for (PanelLayer layer : layers) {
        builder.dense(Math.min(WIDTH, layer.outputs()), layer.activation());
      }
      network = builder.zeros();
      packed = PackedNetwork.of(network);
      inference = packs ? packed.inference() : network.inference();
      workspace = Workspace.forInference(network, BATCH);
      in = new float[network.inputs() * BATCH];
      out = new float[network.outputs() * BATCH];
      inBuffer = ByteBuffer.allocateDirect(in.length * Float.BYTES).asFloatBuffer();
      outBuffer = FloatBuffer.wrap(out);
      inSegment = MemorySegment.ofBuffer(inBuffer);
      outSegment = MemorySegment.ofArray(out);
    }

    /** By both twins. */
    void requests() {
      for (int i = 0; i <= TIMES; i++) {
        requests(i == 0);
      }
    }

    /** By the scalar twin, until C1 has compiled it for the first request of all. */
    void scalarRequests() {
      for (int i = 0; i < SCALAR_TIMES; i++) {
        requests(true);
      }
    }

    private void requests(boolean scalar) {
      inference.scalarFirst(scalar);
      for (int batch = 1; batch <= BATCH; batch++) {
        if (packs) {
          packed.run(in, 0, batch, out, 0, workspace);
          packed.run(inSegment, 0, batch, outSegment, 0, workspace);
          packed.run(inBuffer, 0, batch, outBuffer, 0, workspace);
        } else {
          network.run(in, 0, batch, out, 0, workspace);
          network.run(inSegment, 0, batch, outSegment, 0, workspace);
          network.run(inBuffer, 0, batch, outBuffer, 0, workspace);
        }
      }
    }
  }
}
