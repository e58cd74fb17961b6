package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.NR;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;

/**
 * A single row with 16 registers and B in whole panels: two panels at once, 4 chains, which is as
 * fast as L2 delivers the weights.
 */
final class PanelKernel1x4v {
  private PanelKernel1x4v() {}

  // spotless:off
  /** The row of C from so many panels of so many lines, of which k are used. */
  static void run(
      int panels, int k,
      float[] a, int aOff,
      float[] b, int bOff, int lines,
      float[] init, int initOff,
      float[] c, int cOff) {
    for (int s = 0; s < panels; s += 2) {
      boolean pair = s + 1 < panels;
      int pc = 0;
      do {
        int kb = Math.min(KC, k - pc);
        int cTile = cOff + s * NR;
        float[] from = pc == 0 ? init : c;
        int fromTile = pc == 0 ? initOff + s * NR : cTile;
        int bTile = bOff + (s * lines + pc) * NR;
        if (pair) {
          two(kb, a, aOff + pc, b, bTile, lines * NR, from, fromTile, c, cTile);
        } else {
          MicroKernel1x8v.run2v(kb, a, aOff + pc, 1, b, bTile, NR, VL, from, fromTile, c, cTile);
        }
        pc += KC;
      } while (pc < k);
    }
  }

  /** 1 row × 2 panels of 2 vectors: 4 accumulators. */
  private static void two(
      int k,
      float[] a, int aOff,
      float[] b, int bOff, int next,
      float[] init, int initOff,
      float[] c, int cOff) {
    int kc = Math.min(k, KC);
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + VL);
    FloatVector c02 = FloatVector.fromArray(SPECIES, init, initOff + 2 * VL);
    FloatVector c03 = FloatVector.fromArray(SPECIES, init, initOff + 3 * VL);
    int second = bOff + next;
    for (int p = 0; p < kc; p++) {
      int bp = bOff + p * (2 * VL);
      int bq = second + p * (2 * VL);
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + VL);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bq);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, bq + VL);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOff + p]);
      c00 = x0.fma(b0, c00); c01 = x0.fma(b1, c01); c02 = x0.fma(b2, c02); c03 = x0.fma(b3, c03);
    }
    c00.intoArray(c, cOff);
    c01.intoArray(c, cOff + VL);
    c02.intoArray(c, cOff + 2 * VL);
    c03.intoArray(c, cOff + 3 * VL);
  }
  // spotless:on
}
