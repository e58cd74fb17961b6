package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;

/** The tile of {@link PanelKernel4x4v}, two vectors wide, for 16 registers. */
final class PanelKernel4x2v {
  private PanelKernel4x2v() {}

  // spotless:off
  /** 4 rows × 2 vectors: 8 accumulators. */
  static void run2v(
      int rows, int k,
      float[] a, int aOff,
      float[] b, int bOff, int last,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int r1 = Math.min(1, rows - 1);
    int r2 = Math.min(2, rows - 1);
    int r3 = Math.min(3, rows - 1);
    FloatVector u0 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector v0 = FloatVector.fromArray(SPECIES, init, initOff + last);
    FloatVector u1 = FloatVector.fromArray(SPECIES, init, initOff + r1 * rsInit);
    FloatVector v1 = FloatVector.fromArray(SPECIES, init, initOff + r1 * rsInit + last);
    FloatVector u2 = FloatVector.fromArray(SPECIES, init, initOff + r2 * rsInit);
    FloatVector v2 = FloatVector.fromArray(SPECIES, init, initOff + r2 * rsInit + last);
    FloatVector u3 = FloatVector.fromArray(SPECIES, init, initOff + r3 * rsInit);
    FloatVector v3 = FloatVector.fromArray(SPECIES, init, initOff + r3 * rsInit + last);
    for (int p = 0; p < k; p++) {
      int bp = bOff + p * (2 * VL);
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + VL);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOff + p]);
      u0 = x0.fma(b0, u0); v0 = x0.fma(b1, v0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[aOff + p + KC]);
      u1 = x1.fma(b0, u1); v1 = x1.fma(b1, v1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[aOff + p + 2 * KC]);
      u2 = x2.fma(b0, u2); v2 = x2.fma(b1, v2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[aOff + p + 3 * KC]);
      u3 = x3.fma(b0, u3); v3 = x3.fma(b1, v3);
    }
    u0.intoArray(c, cOff);
    v0.intoArray(c, cOff + last);
    u1.intoArray(c, cOff + r1 * rsC);
    v1.intoArray(c, cOff + r1 * rsC + last);
    u2.intoArray(c, cOff + r2 * rsC);
    v2.intoArray(c, cOff + r2 * rsC + last);
    u3.intoArray(c, cOff + r3 * rsC);
    v3.intoArray(c, cOff + r3 * rsC + last);
  }

  /** 4 rows × 1 vector: 4 accumulators. */
  static void run1v(
      int rows, int k,
      float[] a, int aOff,
      float[] b, int bOff,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int r1 = Math.min(1, rows - 1);
    int r2 = Math.min(2, rows - 1);
    int r3 = Math.min(3, rows - 1);
    FloatVector u0 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector u1 = FloatVector.fromArray(SPECIES, init, initOff + r1 * rsInit);
    FloatVector u2 = FloatVector.fromArray(SPECIES, init, initOff + r2 * rsInit);
    FloatVector u3 = FloatVector.fromArray(SPECIES, init, initOff + r3 * rsInit);
    for (int p = 0; p < k; p++) {
      int bp = bOff + p * VL;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOff + p]);
      u0 = x0.fma(b0, u0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[aOff + p + KC]);
      u1 = x1.fma(b0, u1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[aOff + p + 2 * KC]);
      u2 = x2.fma(b0, u2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[aOff + p + 3 * KC]);
      u3 = x3.fma(b0, u3);
    }
    u0.intoArray(c, cOff);
    u1.intoArray(c, cOff + r1 * rsC);
    u2.intoArray(c, cOff + r2 * rsC);
    u3.intoArray(c, cOff + r3 * rsC);
  }
  // spotless:on
}
