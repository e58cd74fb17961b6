package io.github.lanewise;

import io.github.lanewise.kernels.Kernels;
import java.util.List;
import java.util.Objects;

/** One product: in few tiles with short chains, by the way its users call it, and whole. */
final class DrillProduct implements DrillPlan.Part {
  /** A multiple of the rows of every tile. */
  private static final int ROWS = 24;

  /** Where A's columns are contiguous, so many have B packed; or a narrow C is laid down. */
  private static final int ROWS_OF_COLUMNS = 72;

  /** And where they are, so many have eight micropanels packed at once. */
  private static final int LEAST_ROWS_OF_COLUMNS = 120;

  /**
   * Products in a pass over the tiles: in little blocks or those of the usual size, each by both
   * ways.
   */
  private static final int TILES = 4;

  /** The driver's loops have their 15,000 turns long before; this is for what it calls once. */
  private static final int LEAST_OF_TILES = 1200;

  /** Overwriting, and as many accumulating. */
  private static final int TIMES = 10;

  /**
   * One in so many passes over the tiles has no scratch, as calls without a workspace; few enough
   * to be settled, for it allocates.
   */
  private static final int PASSES_OF_ALLOCATION = 32;

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
  private final FloatMatrix shortC;
  private int passes;

  DrillProduct(FloatMatrix likeA, FloatMatrix likeB, FloatMatrix likeC) {
    Objects.requireNonNull(likeA, "a");
    Objects.requireNonNull(likeB, "b");
    Objects.requireNonNull(likeC, "c");
    Gemm.check(likeA, likeB, likeC, workspace);
    a = alike(likeA);
    b = alike(likeB);
    c = alike(likeC);
    int tile = Math.max(1, 2 * kernels.tileColumns()); // in place a tile may be as wide as that
    int n =
        DrillPlan.few(
            c.columns(), tile, Math.max(DrillPlan.PACKED, 12 * kernels.vectorBits() / Float.SIZE));
    int nShort = DrillPlan.few(c.columns(), tile, DrillPlan.PACKED);
    boolean columns = a.rowStride() == 1;
    boolean narrow = c.columns() <= kernels.vectorBits() / Float.SIZE;
    int least =
        columns || narrow ? ROWS_OF_COLUMNS : Math.min(ROWS_OF_COLUMNS, kernels.packedRows(nShort));
    int blocks = columns ? LEAST_ROWS_OF_COLUMNS : 4 * kernels.tileRows(); // of those in little
    int m = DrillPlan.few(c.rows(), ROWS, Math.max(least, blocks));
    int mShort = DrillPlan.few(c.rows(), ROWS, least);
    boolean transposes = columns || b.rowStride() == 1;
    int chain = DrillPlan.SHORT_CHAIN;
    int k = DrillPlan.few(a.columns(), chain, narrow ? DrillPlan.CHAIN_OF_NARROW : 2 * chain);
    int kShort =
        narrow ? k : transposes ? DrillPlan.few(a.columns(), chain, chain) : Math.min(k, 1);
    littleA = a.subMatrix(0, 0, m, k);
    littleB = b.subMatrix(0, 0, k, n);
    littleC = c.subMatrix(0, 0, m, n);
    shortA = a.subMatrix(0, 0, mShort, kShort);
    shortB = b.subMatrix(0, 0, kShort, nShort);
    shortC = c.subMatrix(0, 0, mShort, nShort);
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

  @Override
  public List<Drill> ways() {
    return List.of(new Drill("calls", 2 * TIMES, 2 * DrillPlan.TIER_4_CALLS, this::calls));
  }

  @Override
  public List<Drill> little() {
    return List.of(new Drill("tiles", TILES, LEAST_OF_TILES, this::tiles));
  }

  @Override
  public List<Drill> whole() {
    return List.of(new Drill("the product", 2, 1, this::products));
  }

  /** Every tile and edge, every loop over blocks, and every choice between them. */
  private void tiles() {
    boolean allocates = passes++ % PASSES_OF_ALLOCATION == 0;
    float[] scratch = (allocates ? Workspace.NONE : workspace).packing();
    for (int i = 0; i < TILES; i++) {
      Gemm.multiply(i < 2 ? kernels : inLittle, littleA, littleB, littleC, i % 2 == 0, scratch);
    }
  }

  /**
   * With chains of one step, or as many as have an operand transposed: what lies around the kernels
   * is called the most.
   */
  private void calls() {
    for (int i = 0; i < TIMES; i++) {
      Gemm.multiply(shortA, shortB, shortC, workspace);
      Gemm.multiplyAdd(shortA, shortB, shortC, workspace);
    }
  }

  private void products() {
    Gemm.multiply(a, b, c, workspace);
    Gemm.multiplyAdd(a, b, c, workspace);
  }
}
