package io.github.lanewise;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A network of the same activations with few features, in whole panels and one that is not, to
 * drive what lies around the kernels: every way in and out, by both twins, so that the change-over
 * is nothing new to what C2 compiles meanwhile, the methods of the requests' callers among them.
 * The scalar twin comes by seldom enough to be late in C2's queue, and often enough to have been
 * there when all is done.
 */
final class DrillRequests implements DrillPlan.Part {
  private static final int WIDTH = 16;
  private static final int BATCH = 2;

  /** In a pass, in some passes the first by the scalar kernels. */
  private static final int TIMES = 4;

  private static final int PASSES_OF_SCALAR = 4;

  /** A few milliseconds; products have four parts or more, so that 128 calls are soon reached. */
  private static final int SCALAR_TIMES = 12;

  /** Three ways in and out. */
  private static final int CALLS = 3 * BATCH * TIMES;

  /** For each of the three. */
  private static final int LEAST = 3 * DrillPlan.TIER_4_CALLS;

  private final Network network;
  private final PackedNetwork packed;
  private final boolean packs;
  private final Inference inference;

  /** Made for this network, and for another one of the same sizes, as one serves all of them. */
  private final Workspace[] workspaces;

  private int passes;
  private final float[] in;
  private final float[] out;
  private final MemorySegment inSegment;
  private final MemorySegment outSegment;
  private final FloatBuffer inBuffer;
  private final FloatBuffer outBuffer;

  DrillRequests(PanelLayer[] layers, boolean packs) {
    this.packs = packs;
    int small = Lanewise.kernels().thresholds().smallSteps();
    int inputs = Math.max(WIDTH, small + 1); // a layer with more has none of the small kernel
    Network.Builder builder = Network.builder(Math.min(inputs, layers[0].inputs()));
    int outputs = WIDTH + 2 * Lanewise.kernels().panelColumns(); // whole panels, and another one
    for (PanelLayer layer : layers) {
      builder.dense(Math.min(outputs, layer.outputs()), layer.activation());
    }
    network = builder.zeros();
    packed = PackedNetwork.of(network);
    inference = packs ? packed.inference() : network.inference();
    inference.rehearse();
    workspaces =
        new Workspace[] {
          Workspace.forInference(network, BATCH),
          Workspace.forInference(inference.sizes().clone(), BATCH)
        };
    in = new float[network.inputs() * BATCH];
    out = new float[network.outputs() * BATCH];
    inBuffer = ByteBuffer.allocateDirect(in.length * Float.BYTES).asFloatBuffer();
    outBuffer = FloatBuffer.wrap(out);
    inSegment = MemorySegment.ofBuffer(inBuffer);
    outSegment = MemorySegment.ofArray(out);
    scalar();
  }

  @Override
  public List<Drill> ways() {
    return List.of(new Drill("ways in and out", CALLS, LEAST, byUsers()));
  }

  @Override
  public List<Drill> little() {
    return List.of(new Drill("requests in little", CALLS, LEAST, this::both));
  }

  /** By both twins. */
  private void both() {
    boolean scalar = passes++ % PASSES_OF_SCALAR == 0;
    for (int i = 0; i < TIMES; i++) {
      requests(scalar && i == 0);
    }
  }

  /** By the scalar twin, until C1 has compiled it for the first request of all. */
  private void scalar() {
    for (int i = 0; i < SCALAR_TIMES; i++) {
      requests(true);
    }
  }

  private void requests(boolean scalar) {
    inference.scalarFirst(scalar);
    for (int batch = 1; batch <= BATCH; batch++) {
      Workspace workspace = workspaces[batch - 1];
      inference.run(in, 0, batch, out, 0, workspace);
      inference.run(inSegment, 0, batch, outSegment, 0, workspace);
      inference.run(inBuffer, 0, batch, outBuffer, 0, workspace);
    }
  }

  /**
   * By the methods that users call. Late, and each kind of network by a loop of its own: what C2
   * has inlined into a loop counts its calls no more and would never be compiled by itself.
   */
  private Runnable byUsers() {
    return packs ? this::byUsersOfPacked : this::byUsersOfNetwork;
  }

  private void byUsersOfPacked() {
    boolean scalar = passes++ % PASSES_OF_SCALAR == 0;
    for (int i = 0; i < TIMES; i++) {
      inference.scalarFirst(scalar && i == 0);
      for (int batch = 1; batch <= BATCH; batch++) {
        packed.run(in, 0, batch, out, 0, workspaces[batch - 1]);
        packed.run(inSegment, 0, batch, outSegment, 0, workspaces[batch - 1]);
        packed.run(inBuffer, 0, batch, outBuffer, 0, workspaces[batch - 1]);
      }
    }
  }

  private void byUsersOfNetwork() {
    boolean scalar = passes++ % PASSES_OF_SCALAR == 0;
    for (int i = 0; i < TIMES; i++) {
      inference.scalarFirst(scalar && i == 0);
      for (int batch = 1; batch <= BATCH; batch++) {
        network.run(in, 0, batch, out, 0, workspaces[batch - 1]);
        network.run(inSegment, 0, batch, outSegment, 0, workspaces[batch - 1]);
        network.run(inBuffer, 0, batch, outBuffer, 0, workspaces[batch - 1]);
      }
    }
  }
}
