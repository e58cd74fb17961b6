package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.Machine;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The one place that names a species, and the tile that its registers allow. There is no second
 * species for floats: it would leave C2 with two classes in the profiles of the Vector API's own
 * methods, and vectors as objects in loops that it enters halfway (src/docs/decisions/0008).
 */
final class Lanes {
  private static final VectorShape SHAPE =
      VectorShape.forBitSize(Machine.vectorBits(VectorShape.preferredShape().vectorBitSize()));

  static final VectorSpecies<Float> SPECIES = SHAPE.withLanes(float.class);
  static final VectorSpecies<Integer> INT_SPECIES = SHAPE.withLanes(int.class);

  /** Floats in a vector. */
  static final int VL = SPECIES.length();

  static final int REGISTERS = Machine.vectorRegisters();

  /** Whether there are registers for a tile of 12 rows. */
  static final boolean TALL = REGISTERS >= 32;

  /** Columns of the micro-tile, two vectors. */
  static final int NR = 2 * VL;

  /**
   * Rows of the micro-tile, {@link PanelKernel12x2v} or {@link PanelKernel6x2v}. C2 fills as many
   * registers as the accumulators and the vectors of B take, 26 of 32 or 14 of 16, and then takes
   * one broadcast after the other: src/docs/decisions/0009 and 0013.
   */
  static final int MR = TALL ? 12 : 6;

  /**
   * Rows of what lies beside whole tiles, and of tiles in place. Their vectors of B, broadcasts and
   * accumulators all fit into the registers at once, whatever C2 schedules:
   * src/docs/decisions/0007.
   */
  static final int MR_OF_EDGE = 4;

  /** Rows of {@link PanelKernel5x2v}. */
  static final int MR_BY_COLUMNS = 5;

  /**
   * Rows of a tile that is one vector wide: an fma takes 4 cycles and up to two start in each, so 8
   * chains keep the units busy. {@link PanelKernel8x2v} has as many.
   */
  static final int MR_OF_ONE_VECTOR = 8;

  /** Rows of {@link RowKernel8x3v} or {@link RowKernel6x2v}. */
  static final int MR_IN_PLACE = TALL ? 8 : 6;

  /** Rows of {@link RowKernel6x4v}. */
  static final int MR_OF_SIX = 6;

  /**
   * Distance between the rows of a packed block of A, and the longest chain that a micro-kernel
   * advances by, just enough for 784 steps to be two chains and not three (2 to 3 % of 32×512×784).
   */
  static final int KC = 400;

  /** How many of the first k lines, ld apart, a vector can be read from before the array ends. */
  static int inside(int k, float[] lines, int off, int ld) {
    return Math.clamp(Math.floorDiv(lines.length - VL - off, ld) + 1L, 0, k);
  }

  private Lanes() {}
}
