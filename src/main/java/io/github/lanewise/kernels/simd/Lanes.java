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

  /**
   * Rows of the micro-tile and its width in vectors, at most. C2 likes to keep all operands of a
   * step alive at once: 4×4 accumulators, 4 vectors of B and 4 broadcasts are 24 of 32 registers;
   * 4×2, 2 and 4 are 14 of 16. A tile that counts on fewer (6×4v, 12×2v) is spilled or not by luck:
   * src/docs/decisions/0007; that 6×2v is not, and why, is in 0009.
   */
  static final int MR = 4;

  /**
   * Rows of a tile that is one vector wide: an fma takes 4 cycles and up to two start in each, so 8
   * chains keep the units busy.
   */
  static final int MR_OF_ONE_VECTOR = 8;

  /** The same where B is in place: with 16 registers 8 rows would break the rule above. */
  static final int MR_IN_PLACE_OF_ONE_VECTOR = REGISTERS >= 32 ? MR_OF_ONE_VECTOR : MR;

  /** Rows of {@link PanelKernel5x2v}. */
  static final int MR_BY_COLUMNS = 5;

  /** Rows of {@link PanelKernel6x2v}. */
  static final int MR_OF_PANELS = 6;

  static final int NV = REGISTERS >= 32 ? 4 : 2;

  /** Columns of the micro-tile. */
  static final int NR = NV * VL;

  /**
   * Distance between the rows of a packed block of A, and the longest chain that a micro-kernel
   * advances by. With 16 registers just enough for 784 steps to be two chains and not three (2 to 3
   * % of 32×512×784).
   */
  static final int KC = REGISTERS >= 32 ? 384 : 400;

  private Lanes() {}
}
