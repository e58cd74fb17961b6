package io.github.lanewise;

import io.github.lanewise.kernels.Kernels;
import java.util.Objects;

/** One product: in few tiles with short chains, by the way its users call it, and whole. */
final class DrillProduct {
  /** A multiple of the rows of every tile. */
  private static final int ROWS = 24;

  /** Products in a pass over the tiles, one of them in blocks of the usual size. */
  static final int TILES = 10;

  /** The driver's loops have their 15,000 turns long before; this is for what it calls once. */
  static final int LEAST_OF_TILES = 1200;

  /** Overwriting and accumulating. */
  private static final int TIMES = 10;

  static final int CALLS = 2 * TIMES;

  static final int LEAST = 2 * DrillPlan.TIER_4_CALLS;

  private final Kernels kernels = Lanewise.kernels();
  private final Kernels inLittle = kernels.inLittle();
  private final Workspace workspace = Workspace.forProducts();
  private final FloatMatrix a;
  private final FloatMatrix b;
  private final FloatMatrix c;
  private final FloatMatrix littleA;
  private final FloatMatrix littleB;
  private final FloatMatrix shortA;
  private final FloatMatrix shortB;
  private final FloatMatrix littleC;

  DrillProduct(FloatMatrix likeA, FloatMatrix likeB, FloatMatrix likeC) {
    Objects.requireNonNull(likeA, "a");
    Objects.requireNonNull(likeB, "b");
    Objects.requireNonNull(likeC, "c");
    Gemm.check(likeA, likeB, likeC, workspace);
    a = alike(likeA);
    b = alike(likeB);
    c = alike(likeC);
    int lanes = kernels.vectorBits() / Float.SIZE;
    int m = few(c.rows(), ROWS, ROWS);
    int n =
        few(
            c.columns(),
            Math.max(1, kernels.tileColumns()),
            Math.max(DrillPlan.PACKED, 12 * lanes));
    int k = Math.min(a.columns(), 2 * DrillPlan.SHORT_CHAIN);
    littleA = a.subMatrix(0, 0, m, k);
    littleB = b.subMatrix(0, 0, k, n);
    littleC = c.subMatrix(0, 0, m, n);
    shortA = a.subMatrix(0, 0, m, Math.min(k, 1));
    shortB = b.subMatrix(0, 0, Math.min(k, 1), n);
  }

  /** Rows or columns that are cut into the same kinds of tiles, and packed or not, as so many. */
  private static int few(int n, int tile, int least) {
    int most = (least + tile - 1) / tile * tile;
    return n < 2 * most ? n : most + n % tile;
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

  /** Every tile and edge, every loop over blocks, and every choice between them. */
  void tiles() {
    for (int i = 0; i < TILES; i++) {
      Gemm.multiply(
          i == 0 ? kernels : inLittle, littleA, littleB, littleC, i % 2 == 0, workspace.packing());
    }
  }

  /** With chains of one step: what lies around the kernels is called the most. */
  void calls() {
    for (int i = 0; i < TIMES; i++) {
      Gemm.multiply(shortA, shortB, littleC, workspace);
      Gemm.multiplyAdd(shortA, shortB, littleC, workspace);
    }
  }

  void whole() {
    Gemm.multiply(a, b, c, workspace);
    Gemm.multiplyAdd(a, b, c, workspace);
  }
}
