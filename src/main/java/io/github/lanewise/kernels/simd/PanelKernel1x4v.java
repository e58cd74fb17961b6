package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.NR;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;

/**
 * A single row beside B in whole panels: two panels at once, 4 chains, which is as fast as L2
 * delivers the weights.
 */
final class PanelKernel1x4v {
  private PanelKernel1x4v() {}

  // spotless:off
  /**
   * The row of C from so many panels of so many lines, of which k are used, kc in a run. Loop and kernel are one method,
   * too large for C2 to compile it into its callers as well.
   */
  static void run(
      int panels, int k, int kc,
      float[] a, int aOff,
      float[] b, int bOff, int lines,
      float[] init, int initOff,
      float[] c, int cOff) {
    int pairs = panels / 2;
    for (int s = 0; s < pairs; s++) {
      int cTile = cOff + 2 * s * NR;
      int pc = 0;
      do {
        int kb = Math.min(Math.min(kc, k - pc), KC);
        float[] from = pc == 0 ? init : c;
        int fromTile = pc == 0 ? initOff + 2 * s * NR : cTile;
        int first = bOff + (2 * s * lines + pc) * NR;
        int second = first + lines * NR;
        int aTile = aOff + pc;
        FloatVector c00 = FloatVector.fromArray(SPECIES, from, fromTile);
        FloatVector c01 = FloatVector.fromArray(SPECIES, from, fromTile + VL);
        FloatVector c02 = FloatVector.fromArray(SPECIES, from, fromTile + 2 * VL);
        FloatVector c03 = FloatVector.fromArray(SPECIES, from, fromTile + 3 * VL);
        for (int p = 0; p < kb; p++) {
          int bp = first + p * (2 * VL);
          int bq = second + p * (2 * VL);
          FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
          FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + VL);
          FloatVector b2 = FloatVector.fromArray(SPECIES, b, bq);
          FloatVector b3 = FloatVector.fromArray(SPECIES, b, bq + VL);
          FloatVector x0 = FloatVector.broadcast(SPECIES, a[aTile + p]);
          c00 = x0.fma(b0, c00); c01 = x0.fma(b1, c01); c02 = x0.fma(b2, c02); c03 = x0.fma(b3, c03);
        }
        c00.intoArray(c, cTile);
        c01.intoArray(c, cTile + VL);
        c02.intoArray(c, cTile + 2 * VL);
        c03.intoArray(c, cTile + 3 * VL);
        pc += kc;
      } while (pc < k);
    }
    if (2 * pairs < panels) {
      int j = 2 * pairs * NR;
      one(k, kc, a, aOff, b, bOff + j * lines, init, initOff + j, c, cOff + j);
    }
  }

  /** The last panel, where their number is odd. */
  private static void one(
      int k, int kc,
      float[] a, int aOff,
      float[] b, int bOff,
      float[] init, int initOff,
      float[] c, int cOff) {
    int pc = 0;
    do {
      int kb = Math.min(kc, k - pc);
      MicroKernel1x8v.run2v(
          kb, a, aOff + pc, 1, b, bOff + pc * NR, NR, VL, pc == 0 ? init : c, pc == 0 ? initOff : cOff, c, cOff);
      pc += kc;
    } while (pc < k);
  }
  // spotless:on
}
