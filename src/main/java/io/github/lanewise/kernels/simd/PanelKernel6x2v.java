package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;

/** The tile of {@link PanelKernel12x2v} with 5 or 6 rows. */
final class PanelKernel6x2v {
  private PanelKernel6x2v() {}

  // spotless:off
  /** 6 rows × 2 vectors: 12 accumulators. */
  static void run2v(
      int rows, int k,
      float[] a, int aOff,
      float[] b, int bOff, int last,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int r5 = rows - 1;
    FloatVector u0 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector v0 = FloatVector.fromArray(SPECIES, init, initOff + last);
    FloatVector u1 = FloatVector.fromArray(SPECIES, init, initOff + rsInit);
    FloatVector v1 = FloatVector.fromArray(SPECIES, init, initOff + rsInit + last);
    FloatVector u2 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit);
    FloatVector v2 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit + last);
    FloatVector u3 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit);
    FloatVector v3 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit + last);
    FloatVector u4 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit);
    FloatVector v4 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit + last);
    FloatVector u5 = FloatVector.fromArray(SPECIES, init, initOff + r5 * rsInit);
    FloatVector v5 = FloatVector.fromArray(SPECIES, init, initOff + r5 * rsInit + last);
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
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[aOff + p + 4 * KC]);
      u4 = x4.fma(b0, u4); v4 = x4.fma(b1, v4);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[aOff + p + 5 * KC]);
      u5 = x5.fma(b0, u5); v5 = x5.fma(b1, v5);
    }
    u0.intoArray(c, cOff);
    v0.intoArray(c, cOff + last);
    u1.intoArray(c, cOff + rsC);
    v1.intoArray(c, cOff + rsC + last);
    u2.intoArray(c, cOff + 2 * rsC);
    v2.intoArray(c, cOff + 2 * rsC + last);
    u3.intoArray(c, cOff + 3 * rsC);
    v3.intoArray(c, cOff + 3 * rsC + last);
    u4.intoArray(c, cOff + 4 * rsC);
    v4.intoArray(c, cOff + 4 * rsC + last);
    u5.intoArray(c, cOff + r5 * rsC);
    v5.intoArray(c, cOff + r5 * rsC + last);
  }

  /** 6 rows × 1 vector: 6 accumulators. */
  static void run1v(
      int rows, int k,
      float[] a, int aOff,
      float[] b, int bOff,
      float[] init, int initOff, int rsInit,
      float[] c, int cOff, int rsC) {
    int r5 = rows - 1;
    FloatVector u0 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector u1 = FloatVector.fromArray(SPECIES, init, initOff + rsInit);
    FloatVector u2 = FloatVector.fromArray(SPECIES, init, initOff + 2 * rsInit);
    FloatVector u3 = FloatVector.fromArray(SPECIES, init, initOff + 3 * rsInit);
    FloatVector u4 = FloatVector.fromArray(SPECIES, init, initOff + 4 * rsInit);
    FloatVector u5 = FloatVector.fromArray(SPECIES, init, initOff + r5 * rsInit);
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
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[aOff + p + 4 * KC]);
      u4 = x4.fma(b0, u4);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[aOff + p + 5 * KC]);
      u5 = x5.fma(b0, u5);
    }
    u0.intoArray(c, cOff);
    u1.intoArray(c, cOff + rsC);
    u2.intoArray(c, cOff + 2 * rsC);
    u3.intoArray(c, cOff + 3 * rsC);
    u4.intoArray(c, cOff + 4 * rsC);
    u5.intoArray(c, cOff + r5 * rsC);
  }
  // spotless:on
}
