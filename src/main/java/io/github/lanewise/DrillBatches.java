package io.github.lanewise;

import io.github.lanewise.kernels.Kernels;
import io.github.lanewise.kernels.Thresholds;
import java.util.Arrays;

/** Which batches take which way through the products of a layer: some of each, to be drilled. */
final class DrillBatches {
  /** Whatever a tile has, up to 8 rows are all its edges. */
  static final int FEW = 8;

  /** Of each of the other kinds. */
  static final int MANY = 16;

  /** Those that are laid down are so far apart that their last strips have all widths. */
  private static final int LAID_DOWN_APART = 3;

  /** Of the panel that has the fewest; all of them where there is one panel. */
  final int fewestOutputs;

  /** They have all edges of tiles; in every pass. */
  final int[] few;

  /** They have B packed, few and many; none where all weights are, in whole panels. */
  final int[] packed;

  /** Their first rows pack B for the others. */
  final int[] packing;

  /** Their last column is computed by itself. */
  final int[] lastColumn;

  /** They have a narrow C laid down, but not a single column. */
  final int[] laidDown;

  /** Of up to {@code most} examples, for a layer whose weights are packed or not. */
  DrillBatches(PanelLayer layer, boolean inPanels, int most) {
    Kernels kernels = Lanewise.kernels();
    Thresholds thresholds = kernels.thresholds();
    few = few(most, 1);
    int fewest = layer.outputs();
    int least = Integer.MAX_VALUE;
    int[] packs = new int[0];
    for (int width : layer.lastWidths()) {
      fewest = Math.min(fewest, width);
      if (!inPanels || width != kernels.panelColumns()) {
        int rows = thresholds.packedRows(width);
        packs = concat(packs, from(rows, 1, most));
        least = Math.min(least, rows);
      }
    }
    fewestOutputs = fewest;
    packed = concat(packs, from(Math.max(least, thresholds.fewRows() + 1), 1, most));
    boolean whole = inPanels && fewestOutputs == kernels.panelColumns();
    int rows = whole ? Integer.MAX_VALUE : thresholds.packingRows(fewestOutputs);
    packing = rows < least ? from(rows, 1, most) : new int[0];
    lastColumn = inPanels ? new int[0] : from(thresholds.lastColumnRows(fewestOutputs), 1, most);
    boolean lies = fewestOutputs > 1 && 2 * fewestOutputs <= lanes();
    laidDown = lies ? from(thresholds.laidDownRows(), LAID_DOWN_APART, most) : new int[0];
  }

  /** Floats in a vector. */
  static int lanes() {
    return Lanewise.kernels().vectorBits() / Float.SIZE;
  }

  /**
   * All edges of tiles so many times, and a single row before each: its kernels are its own, and
   * some are called once a product.
   */
  static int[] few(int most, int times) {
    int[] batches = new int[2 * FEW * times];
    for (int i = 0; i < batches.length; i++) {
      batches[i] = i % 2 == 0 ? 1 : 1 + i / 2 % Math.min(most, FEW);
    }
    return batches;
  }

  /** All but those laid down. */
  int[] upright() {
    return concat(few, lastColumn, packing, packed);
  }

  /** The first of them, so far apart; none if there may be no such batch. */
  private static int[] from(int first, int apart, int most) {
    int[] batches = new int[first > most ? 0 : MANY];
    for (int i = 0; i < batches.length; i++) {
      batches[i] = first + i * apart % (most - first + 1);
    }
    return batches;
  }

  private static int[] concat(int[]... parts) {
    int[] all = new int[0];
    for (int[] part : parts) {
      int length = all.length;
      all = Arrays.copyOf(all, length + part.length);
      System.arraycopy(part, 0, all, length, part.length);
    }
    return all;
  }
}
