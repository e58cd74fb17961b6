package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.Machine;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** The one place that names a species, and the tile that its registers allow. */
final class Lanes {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final VectorSpecies<Integer> INT_SPECIES = IntVector.SPECIES_PREFERRED;

  /** Floats in a vector. */
  static final int VL = SPECIES.length();

  static final int REGISTERS = Machine.vectorRegisters();

  /**
   * Rows of the micro-tile and its width in vectors. 6×4 accumulators, 4 vectors of B and a
   * broadcast fill 29 of 32 registers; 3×3, 3 and a broadcast fill 13 of 16. C2 keeps several
   * broadcasts alive at once, so a larger tile spills (4×3v in 16 registers: less than half the
   * speed).
   */
  static final int MR = REGISTERS >= 32 ? 6 : 3;

  static final int NV = REGISTERS >= 32 ? 4 : 3;

  /**
   * The tile for packed operands, whose kernels need fewer general registers: 12×2 accumulators and
   * 2 vectors of B leave 6 registers for broadcasts, 4×2 leave 6 of 16 (6×2 spills: C2 keeps
   * several broadcasts alive at once).
   */
  static final int PACKED_MR = REGISTERS >= 32 ? 12 : 4;

  static final int PACKED_NV = 2;

  /** Columns of the micro-tile. */
  static final int NR = NV * VL;

  /**
   * Distance between the rows of a packed block of A, and the longest chain that a packed product
   * advances by. A constant, so that the row's place is part of the instruction that reads it.
   */
  static final int KC = 256;

  private Lanes() {}
}
