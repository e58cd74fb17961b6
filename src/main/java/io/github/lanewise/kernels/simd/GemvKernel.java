package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;

/**
 * A batch of one, wide: c = init + a·B for a single row, with every row of B read from end to end.
 *
 * <pre>
 *   c = init;   for p = 0 … k-1:   c[j] = fma(a[p], B[p, j], c[j])   for all j
 * </pre>
 *
 * <p>Each element of B is used once, so the speed is that of the memory it comes from, and long
 * runs are what memory is fastest at. c stays in L1; four rows at a time, so that it is loaded and
 * stored once for four of B.
 */
final class GemvKernel {
  private GemvKernel() {}

  // spotless:off
  /** Continues the chains in c by k steps. */
  static void run(
      int n, int k,
      float[] a, int aOff, int csA,
      float[] b, int bOff, int rsB,
      float[] c, int cOff) {
    int p = 0;
    for (; p <= k - 4; p += 4) {
      four(n, a, aOff + p * csA, csA, b, bOff + p * rsB, rsB, c, cOff);
    }
    for (; p < k; p++) {
      one(n, a[aOff + p * csA], b, bOff + p * rsB, c, cOff);
    }
  }

  private static void four(
      int n,
      float[] a, int aOff, int csA,
      float[] b, int b0, int rsB,
      float[] c, int cOff) {
    int b1 = b0 + rsB;
    int b2 = b1 + rsB;
    int b3 = b2 + rsB;
    float a0 = a[aOff];
    float a1 = a[aOff + csA];
    float a2 = a[aOff + 2 * csA];
    float a3 = a[aOff + 3 * csA];
    FloatVector x0 = FloatVector.broadcast(SPECIES, a0);
    FloatVector x1 = FloatVector.broadcast(SPECIES, a1);
    FloatVector x2 = FloatVector.broadcast(SPECIES, a2);
    FloatVector x3 = FloatVector.broadcast(SPECIES, a3);
    int j = 0;
    for (; j <= n - VL; j += VL) {
      FloatVector y = FloatVector.fromArray(SPECIES, c, cOff + j);
      y = x0.fma(FloatVector.fromArray(SPECIES, b, b0 + j), y);
      y = x1.fma(FloatVector.fromArray(SPECIES, b, b1 + j), y);
      y = x2.fma(FloatVector.fromArray(SPECIES, b, b2 + j), y);
      y = x3.fma(FloatVector.fromArray(SPECIES, b, b3 + j), y);
      y.intoArray(c, cOff + j);
    }
    for (; j < n; j++) {
      float y = c[cOff + j];
      y = Math.fma(a0, b[b0 + j], y);
      y = Math.fma(a1, b[b1 + j], y);
      y = Math.fma(a2, b[b2 + j], y);
      c[cOff + j] = Math.fma(a3, b[b3 + j], y);
    }
  }

  private static void one(int n, float a0, float[] b, int b0, float[] c, int cOff) {
    FloatVector x0 = FloatVector.broadcast(SPECIES, a0);
    int j = 0;
    for (; j <= n - VL; j += VL) {
      FloatVector y = FloatVector.fromArray(SPECIES, c, cOff + j);
      x0.fma(FloatVector.fromArray(SPECIES, b, b0 + j), y).intoArray(c, cOff + j);
    }
    for (; j < n; j++) {
      c[cOff + j] = Math.fma(a0, b[b0 + j], c[cOff + j]);
    }
  }
  // spotless:on
}
