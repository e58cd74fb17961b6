package io.github.lanewise;

import io.github.lanewise.kernels.Kernels;
import io.github.lanewise.kernels.Thresholds;
import java.util.List;
import java.util.Objects;

/** One product: in few tiles with short chains, by the way its users call it, and whole. */
final class DrillProduct implements DrillPlan.Part {
  /** A multiple of the rows of every tile. */
  private static final int ROWS = 24;

  /** Where A's columns are contiguous, so many have B packed, or a narrow C laid down. */
  private static final int ROWS_OF_COLUMNS = 72;

  /** And where they are, so many have eight micropanels packed at once. */
  private static final int LEAST_ROWS_OF_COLUMNS = 120;

  /** So many are more than one block of those in little. */
  private static final int TWO_BLOCKS = 48;

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
  private final Kernels inLittle;
  private final Workspace workspace = Workspace.forProducts();
  private final Product whole;
  private final Product little;

  /** With one step less, for what kernels do with a step left over. */
  private final Product uneven;

  private final Product shortest;
  private int passes;

  /** What is multiplied, and where to. */
  private record Product(FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    /** Fewer rows, columns and steps of it, turned round or not. */
    Product cut(boolean turned, int m, int n, int k) {
      int rows = turned ? n : m;
      int columns = turned ? m : n;
      return new Product(
          a.subMatrix(0, 0, rows, k),
          b.subMatrix(0, 0, k, columns),
          c.subMatrix(0, 0, rows, columns));
    }
  }

  DrillProduct(FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    Objects.requireNonNull(a, "a");
    Objects.requireNonNull(b, "b");
    Objects.requireNonNull(c, "c");
    Gemm.check(a, b, c, workspace);
    whole = new Product(alike(a), alike(b), alike(c));
    boolean turned = Kernels.turned(c.rows(), c.columns(), c.rowStride(), c.columnStride());
    int rows = turned ? c.columns() : c.rows();
    int columns = turned ? c.rows() : c.columns();
    boolean byColumns = (turned ? b.columnStride() : a.rowStride()) == 1;
    boolean transposes = byColumns || (turned ? a.columnStride() : b.rowStride()) == 1;
    Thresholds thresholds = kernels.thresholds();
    boolean narrow = columns <= kernels.vectorBits() / Float.SIZE;
    int tile = Math.max(1, 2 * kernels.tileColumns()); // in place a tile may be as wide as that
    int nShort = DrillPlan.few(columns, tile, DrillPlan.PACKED);
    int least = Math.min(ROWS_OF_COLUMNS, thresholds.packedRows(nShort));
    if (byColumns) {
      least = ROWS_OF_COLUMNS;
    } else if (narrow) {
      least = thresholds.laidDownRows();
    } else if (rows > thresholds.fewRows()) {
      least = Math.max(least, thresholds.fewRows() + 1);
    }
    int blocks = byColumns ? LEAST_ROWS_OF_COLUMNS : TWO_BLOCKS;
    int chain = DrillPlan.SHORT_CHAIN;
    int k = DrillPlan.few(a.columns(), chain, narrow ? thresholds.laidDownSteps() : 2 * chain);
    int kShort = Math.min(k, 1);
    if (narrow) {
      kShort = k;
    } else if (transposes) {
      kShort = DrillPlan.few(a.columns(), chain, chain);
    }
    int m = DrillPlan.few(rows, ROWS, Math.max(least, blocks));
    int n =
        DrillPlan.few(
            columns, tile, Math.max(DrillPlan.PACKED, 12 * kernels.vectorBits() / Float.SIZE));
    inLittle = kernels.inLittle(columns, a.columns());
    little = whole.cut(turned, m, n, k);
    uneven = whole.cut(turned, m, n, Math.max(k - 1, Math.min(k, 1)));
    shortest = whole.cut(turned, DrillPlan.few(rows, ROWS, least), nShort, kShort);
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
    return List.of(new Drill("calls", 3 * TIMES, 3 * DrillPlan.TIER_4_CALLS, this::calls));
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
      Product product = i < 2 ? little : uneven;
      Kernels blocks = i < 2 ? kernels : inLittle;
      Gemm.multiply(blocks, product.a, product.b, product.c, i % 2 == 0, scratch);
    }
  }

  /**
   * With chains of one step, or as many as have an operand transposed: what lies around the kernels
   * is called the most. And, for so short a product is near whatever the whole one is, as the whole
   * one chooses.
   */
  private void calls() {
    for (int i = 0; i < TIMES; i++) {
      Gemm.multiply(shortest.a, shortest.b, shortest.c, workspace);
      Gemm.multiplyAdd(shortest.a, shortest.b, shortest.c, workspace);
      Gemm.multiply(inLittle, shortest.a, shortest.b, shortest.c, i % 2 == 0, workspace.packing());
    }
  }

  private void products() {
    Gemm.multiply(whole.a, whole.b, whole.c, workspace);
    Gemm.multiplyAdd(whole.a, whole.b, whole.c, workspace);
  }
}
