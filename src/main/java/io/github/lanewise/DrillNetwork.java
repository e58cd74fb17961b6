package io.github.lanewise;

import java.util.Arrays;
import java.util.List;

/**
 * The change-over, rehearsed: requests of all batch sizes to a twin of the network over the same
 * layers that the SIMD kernels answer already, through the very methods that requests come by. C2
 * compiles these with everything below inlined, while it is the scalar kernels that answer.
 */
final class DrillNetwork implements DrillPlan.Part {
  /** Batches that are called each in every pass; of more, this many are picked. */
  private static final int MANY = 64;

  /**
   * Multiplications in a pass, some hundredths of a second. What comes after them is left out but
   * for the largest batch: tiles and edges of all are shown in little, blocks by that one.
   */
  private static final long WORK = 1L << 31;

  private final Inference twin;
  private final int[] batches;
  private final Workspace workspace;
  private final float[] in;
  private final float[] out;

  DrillNetwork(Inference inference, int maxBatch, Workspace workspace) {
    this.twin = new Inference(inference.sizes(), inference.layers());
    twin.rehearse();
    this.batches = affordable(batches(maxBatch), inference.layers());
    this.workspace = workspace;
    this.in = DrillLayer.plain(inference.inputs() * maxBatch);
    this.out = new float[inference.outputs() * maxBatch];
  }

  @Override
  public List<Drill> whole() {
    return List.of(new Drill("the network", batches.length, 1, this::requests));
  }

  private void requests() {
    for (int batch : batches) {
      twin.run(in, 0, batch, out, 0, workspace);
    }
  }

  /** Of these batches the first ones, and the last. */
  static int[] affordable(int[] batches, PanelLayer[] layers) {
    long weights = 0;
    for (PanelLayer layer : layers) {
      weights += (long) layer.inputs() * layer.outputs();
    }
    long work = 0;
    int count = 0;
    while (count < batches.length && work + batches[count] * weights <= WORK) {
      work += batches[count++] * weights;
    }
    int[] affordable = Arrays.copyOf(batches, Math.min(count + 1, batches.length));
    affordable[affordable.length - 1] = batches[batches.length - 1];
    return affordable;
  }

  /** 1 to the largest; where these are many, the first ones and some of the others. */
  static int[] batches(int most) {
    int half = MANY / 2;
    int[] batches = new int[Math.min(most, MANY)];
    for (int i = 0; i < batches.length; i++) {
      boolean picked = most > MANY && i >= half;
      batches[i] = picked ? half + (int) ((long) (i + 1 - half) * (most - half) / half) : i + 1;
    }
    return batches;
  }
}
