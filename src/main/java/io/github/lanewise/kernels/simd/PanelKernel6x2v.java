package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.NR;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;
import static io.github.lanewise.kernels.simd.Pack.LINE;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;

/**
 * Loops 2 and 0 with 16 registers, from packed operands: whole tiles, 6 rows by 2 vectors, one for
 * each of the panels of B, else the contract of {@link RowKernel4x4v}. The rows of A are KC apart,
 * or its columns LINE, and the lines of B as wide as the tile, so that p moves every index by a
 * constant and no place needs a register, an addition or a check.
 *
 * <p>12 accumulators and 2 vectors of B are as many registers as C2 fills before it looks at how
 * many there are; from then on it takes each broadcast when the one before is used up
 * (src/docs/decisions/0009).
 *
 * <p>Two steps at a time: 48 instructions for 24 fma. One step at a time is 27 for 12, whose loop
 * lies in three or in four lines of the cache as C2 places it, which beside a busy neighbour is a
 * fifth of the speed. The fence is no instruction on x86, but C2 does not load the second step's
 * operands before it, which would be more vectors than there are registers. An odd step is the
 * first, so that nothing it reads has to live through the loop.
 *
 * <p>Rows that all start from the same one, a bias or zeros, read it once: ten loads and their
 * checks less, 3 to 6 % with chains of 32 or 64, for a branch before the loop.
 *
 * <p>C2 takes the checks of a loop out of it, two for each place in the operands, 112 instructions
 * before a tile, and those of A's places out of the loop over the panels too. It would do the same
 * with a condition that is the same for all panels and has always come out one way; when that
 * changes, it compiles the method once more, for good with all its checks inside. So a condition
 * has a part that is each panel's own.
 */
final class PanelKernel6x2v {
  private PanelKernel6x2v() {}

  // spotless:off
  /** The rows of A are contiguous, csA 1, or its columns. */
  static void run(
      int panels, int k, int csA,
      float[] a, int aOff,
      float[] b, int bOff, int lines,
      float[] init, int initOff, int rsInit, int csInit,
      float[] c, int cOff, int rsC) {
    if (csA == 1) {
      rows(panels, k, a, aOff, b, bOff, lines, init, initOff, rsInit, csInit, c, cOff, rsC);
    } else {
      columns(panels, k, a, aOff, b, bOff, lines, init, initOff, rsInit, csInit, c, cOff, rsC);
    }
  }

  /** 6 rows × 2 vectors, 12 accumulators; row i of A begins i·KC after the first. */
  private static void rows(
      int panels, int k,
      float[] a, int aOff,
      float[] b, int bFirst, int lines,
      float[] init, int initFirst, int rsInit, int csInit,
      float[] c, int cFirst, int rsC) {
    int kc = Math.min(k, KC);
    int odd = kc & 1;
    int pairs = kc >> 1;
    for (int s = 0; s < panels; s++) { // Loop 2, within loop 1
      int bOff = bFirst + s * NR * lines;
      int initOff = initFirst + s * NR * csInit;
      int cOff = cFirst + s * NR;
      int never = bOff >>> 31; // 0, which C2 does not know
      FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff), c10 = c00, c20 = c00, c30 = c00, c40 = c00, c50 = c00;
      FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + VL), c11 = c01, c21 = c01, c31 = c01, c41 = c01, c51 = c01;
      if ((rsInit | never) != 0) {
        c10 = FloatVector.fromArray(SPECIES, init, initOff + rsInit);
        c11 = FloatVector.fromArray(SPECIES, init, initOff + rsInit + VL);
        c20 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit);
        c21 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit + VL);
        c30 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit);
        c31 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit + VL);
        c40 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit);
        c41 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit + VL);
        c50 = FloatVector.fromArray(SPECIES, init, initOff + 5 * rsInit);
        c51 = FloatVector.fromArray(SPECIES, init, initOff + 5 * rsInit + VL);
      }
      if ((odd | never) != 0) {
        FloatVector b0 = FloatVector.fromArray(SPECIES, b, bOff);
        FloatVector b1 = FloatVector.fromArray(SPECIES, b, bOff + VL);
        FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOff]);
        c00 = x0.fma(b0, c00); c01 = x0.fma(b1, c01);
        FloatVector x1 = FloatVector.broadcast(SPECIES, a[aOff + KC]);
        c10 = x1.fma(b0, c10); c11 = x1.fma(b1, c11);
        FloatVector x2 = FloatVector.broadcast(SPECIES, a[aOff + 2 * KC]);
        c20 = x2.fma(b0, c20); c21 = x2.fma(b1, c21);
        FloatVector x3 = FloatVector.broadcast(SPECIES, a[aOff + 3 * KC]);
        c30 = x3.fma(b0, c30); c31 = x3.fma(b1, c31);
        FloatVector x4 = FloatVector.broadcast(SPECIES, a[aOff + 4 * KC]);
        c40 = x4.fma(b0, c40); c41 = x4.fma(b1, c41);
        FloatVector x5 = FloatVector.broadcast(SPECIES, a[aOff + 5 * KC]);
        c50 = x5.fma(b0, c50); c51 = x5.fma(b1, c51);
      }
      for (int q = 0; q < pairs; q++) {
        int ap = aOff + odd + 2 * q;
        int bp = bOff + odd * (2 * VL) + q * (4 * VL);
        FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
        FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + VL);
        FloatVector x0 = FloatVector.broadcast(SPECIES, a[ap]);
        c00 = x0.fma(b0, c00); c01 = x0.fma(b1, c01);
        FloatVector x1 = FloatVector.broadcast(SPECIES, a[ap + KC]);
        c10 = x1.fma(b0, c10); c11 = x1.fma(b1, c11);
        FloatVector x2 = FloatVector.broadcast(SPECIES, a[ap + 2 * KC]);
        c20 = x2.fma(b0, c20); c21 = x2.fma(b1, c21);
        FloatVector x3 = FloatVector.broadcast(SPECIES, a[ap + 3 * KC]);
        c30 = x3.fma(b0, c30); c31 = x3.fma(b1, c31);
        FloatVector x4 = FloatVector.broadcast(SPECIES, a[ap + 4 * KC]);
        c40 = x4.fma(b0, c40); c41 = x4.fma(b1, c41);
        FloatVector x5 = FloatVector.broadcast(SPECIES, a[ap + 5 * KC]);
        c50 = x5.fma(b0, c50); c51 = x5.fma(b1, c51);
        VarHandle.acquireFence(); // C2 takes nothing of the second step before the first is done
        FloatVector b2 = FloatVector.fromArray(SPECIES, b, bp + 2 * VL);
        FloatVector b3 = FloatVector.fromArray(SPECIES, b, bp + 3 * VL);
        FloatVector y0 = FloatVector.broadcast(SPECIES, a[ap + 1]);
        c00 = y0.fma(b2, c00); c01 = y0.fma(b3, c01);
        FloatVector y1 = FloatVector.broadcast(SPECIES, a[ap + KC + 1]);
        c10 = y1.fma(b2, c10); c11 = y1.fma(b3, c11);
        FloatVector y2 = FloatVector.broadcast(SPECIES, a[ap + 2 * KC + 1]);
        c20 = y2.fma(b2, c20); c21 = y2.fma(b3, c21);
        FloatVector y3 = FloatVector.broadcast(SPECIES, a[ap + 3 * KC + 1]);
        c30 = y3.fma(b2, c30); c31 = y3.fma(b3, c31);
        FloatVector y4 = FloatVector.broadcast(SPECIES, a[ap + 4 * KC + 1]);
        c40 = y4.fma(b2, c40); c41 = y4.fma(b3, c41);
        FloatVector y5 = FloatVector.broadcast(SPECIES, a[ap + 5 * KC + 1]);
        c50 = y5.fma(b2, c50); c51 = y5.fma(b3, c51);
      }
      c00.intoArray(c, cOff);
      c01.intoArray(c, cOff + VL);
      c10.intoArray(c, cOff + rsC);
      c11.intoArray(c, cOff + rsC + VL);
      c20.intoArray(c, cOff + 2 * rsC);
      c21.intoArray(c, cOff + 2 * rsC + VL);
      c30.intoArray(c, cOff + 3 * rsC);
      c31.intoArray(c, cOff + 3 * rsC + VL);
      c40.intoArray(c, cOff + 4 * rsC);
      c41.intoArray(c, cOff + 4 * rsC + VL);
      c50.intoArray(c, cOff + 5 * rsC);
      c51.intoArray(c, cOff + 5 * rsC + VL);
    }
  }

  /** 6 rows × 2 vectors, 12 accumulators; column p of A begins p·LINE after the first. */
  private static void columns(
      int panels, int k,
      float[] a, int aOff,
      float[] b, int bFirst, int lines,
      float[] init, int initFirst, int rsInit, int csInit,
      float[] c, int cFirst, int rsC) {
    int kc = Math.min(k, KC);
    int odd = kc & 1;
    int pairs = kc >> 1;
    for (int s = 0; s < panels; s++) { // Loop 2, within loop 1
      int bOff = bFirst + s * NR * lines;
      int initOff = initFirst + s * NR * csInit;
      int cOff = cFirst + s * NR;
      int never = bOff >>> 31; // 0, which C2 does not know
      FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff), c10 = c00, c20 = c00, c30 = c00, c40 = c00, c50 = c00;
      FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + VL), c11 = c01, c21 = c01, c31 = c01, c41 = c01, c51 = c01;
      if ((rsInit | never) != 0) {
        c10 = FloatVector.fromArray(SPECIES, init, initOff + rsInit);
        c11 = FloatVector.fromArray(SPECIES, init, initOff + rsInit + VL);
        c20 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit);
        c21 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit + VL);
        c30 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit);
        c31 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit + VL);
        c40 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit);
        c41 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit + VL);
        c50 = FloatVector.fromArray(SPECIES, init, initOff + 5 * rsInit);
        c51 = FloatVector.fromArray(SPECIES, init, initOff + 5 * rsInit + VL);
      }
      if ((odd | never) != 0) {
        FloatVector b0 = FloatVector.fromArray(SPECIES, b, bOff);
        FloatVector b1 = FloatVector.fromArray(SPECIES, b, bOff + VL);
        FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOff]);
        c00 = x0.fma(b0, c00); c01 = x0.fma(b1, c01);
        FloatVector x1 = FloatVector.broadcast(SPECIES, a[aOff + 1]);
        c10 = x1.fma(b0, c10); c11 = x1.fma(b1, c11);
        FloatVector x2 = FloatVector.broadcast(SPECIES, a[aOff + 2]);
        c20 = x2.fma(b0, c20); c21 = x2.fma(b1, c21);
        FloatVector x3 = FloatVector.broadcast(SPECIES, a[aOff + 3]);
        c30 = x3.fma(b0, c30); c31 = x3.fma(b1, c31);
        FloatVector x4 = FloatVector.broadcast(SPECIES, a[aOff + 4]);
        c40 = x4.fma(b0, c40); c41 = x4.fma(b1, c41);
        FloatVector x5 = FloatVector.broadcast(SPECIES, a[aOff + 5]);
        c50 = x5.fma(b0, c50); c51 = x5.fma(b1, c51);
      }
      for (int q = 0; q < pairs; q++) {
        int ap = aOff + odd * LINE + q * (2 * LINE);
        int bp = bOff + odd * (2 * VL) + q * (4 * VL);
        FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
        FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + VL);
        FloatVector x0 = FloatVector.broadcast(SPECIES, a[ap]);
        c00 = x0.fma(b0, c00); c01 = x0.fma(b1, c01);
        FloatVector x1 = FloatVector.broadcast(SPECIES, a[ap + 1]);
        c10 = x1.fma(b0, c10); c11 = x1.fma(b1, c11);
        FloatVector x2 = FloatVector.broadcast(SPECIES, a[ap + 2]);
        c20 = x2.fma(b0, c20); c21 = x2.fma(b1, c21);
        FloatVector x3 = FloatVector.broadcast(SPECIES, a[ap + 3]);
        c30 = x3.fma(b0, c30); c31 = x3.fma(b1, c31);
        FloatVector x4 = FloatVector.broadcast(SPECIES, a[ap + 4]);
        c40 = x4.fma(b0, c40); c41 = x4.fma(b1, c41);
        FloatVector x5 = FloatVector.broadcast(SPECIES, a[ap + 5]);
        c50 = x5.fma(b0, c50); c51 = x5.fma(b1, c51);
        VarHandle.acquireFence(); // C2 takes nothing of the second step before the first is done
        FloatVector b2 = FloatVector.fromArray(SPECIES, b, bp + 2 * VL);
        FloatVector b3 = FloatVector.fromArray(SPECIES, b, bp + 3 * VL);
        FloatVector y0 = FloatVector.broadcast(SPECIES, a[ap + LINE]);
        c00 = y0.fma(b2, c00); c01 = y0.fma(b3, c01);
        FloatVector y1 = FloatVector.broadcast(SPECIES, a[ap + LINE + 1]);
        c10 = y1.fma(b2, c10); c11 = y1.fma(b3, c11);
        FloatVector y2 = FloatVector.broadcast(SPECIES, a[ap + LINE + 2]);
        c20 = y2.fma(b2, c20); c21 = y2.fma(b3, c21);
        FloatVector y3 = FloatVector.broadcast(SPECIES, a[ap + LINE + 3]);
        c30 = y3.fma(b2, c30); c31 = y3.fma(b3, c31);
        FloatVector y4 = FloatVector.broadcast(SPECIES, a[ap + LINE + 4]);
        c40 = y4.fma(b2, c40); c41 = y4.fma(b3, c41);
        FloatVector y5 = FloatVector.broadcast(SPECIES, a[ap + LINE + 5]);
        c50 = y5.fma(b2, c50); c51 = y5.fma(b3, c51);
      }
      c00.intoArray(c, cOff);
      c01.intoArray(c, cOff + VL);
      c10.intoArray(c, cOff + rsC);
      c11.intoArray(c, cOff + rsC + VL);
      c20.intoArray(c, cOff + 2 * rsC);
      c21.intoArray(c, cOff + 2 * rsC + VL);
      c30.intoArray(c, cOff + 3 * rsC);
      c31.intoArray(c, cOff + 3 * rsC + VL);
      c40.intoArray(c, cOff + 4 * rsC);
      c41.intoArray(c, cOff + 4 * rsC + VL);
      c50.intoArray(c, cOff + 5 * rsC);
      c51.intoArray(c, cOff + 5 * rsC + VL);
    }
  }
  // spotless:on
}
