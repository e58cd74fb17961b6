package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;

/**
 * A batch of one or few, wide: C = init + A·B for a few long rows, with every row of B read from
 * end to end.
 *
 * <pre>
 *   C = init;   for p = 0 … k-1:   C[i, j] = fma(A[i, p], B[p, j], C[i, j])   for all j
 * </pre>
 *
 * <p>Each element of B is used once by each row, so the speed is that of the memory it comes from,
 * and long runs are what memory is fastest at. C stays in L1; four rows of B at a time, so that it
 * is loaded and stored once for four of them, and two rows of C, so that B is loaded once for both:
 * 67 instructions for 32 fma, as all places move by constants.
 */
final class LongRowsKernel {
  private LongRowsKernel() {}

  // spotless:off
  /** Continues the chains in C by k steps. */
  static void run(
      int m, int n, int k,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB,
      float[] c, int cOff, int rsC) {
    int p = 0;
    for (; p <= k - 4; p += 4) {
      int aColumn = aOff + p * csA;
      int bRow = bOff + p * rsB;
      int i = 0;
      for (; Lanes.TALL && i <= m - 4; i += 4) {
        fourByFour(n, a, aColumn + i * rsA, rsA, csA, b, bRow, rsB, c, cOff + i * rsC, rsC);
      }
      for (; i <= m - 2; i += 2) {
        twoByFour(n, a, aColumn + i * rsA, rsA, csA, b, bRow, rsB, c, cOff + i * rsC, rsC);
      }
      if (i < m) {
        oneByFour(n, a, aColumn + i * rsA, csA, b, bRow, rsB, c, cOff + i * rsC);
      }
    }
    for (; p < k; p++) {
      for (int i = 0; i < m; i++) {
        one(n, a[aOff + i * rsA + p * csA], b, bOff + p * rsB, c, cOff + i * rsC);
      }
    }
  }

  private static void fourByFour(
      int n,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int b0, int rsB,
      float[] c, int c0, int rsC) {
    int b1 = b0 + rsB, b2 = b1 + rsB, b3 = b2 + rsB;
    int c1 = c0 + rsC, c2 = c1 + rsC, c3 = c2 + rsC;
    int a1 = aOff + rsA, a2 = a1 + rsA, a3 = a2 + rsA;
    float a00 = a[aOff], a01 = a[aOff + csA], a02 = a[aOff + 2 * csA], a03 = a[aOff + 3 * csA];
    float a10 = a[a1], a11 = a[a1 + csA], a12 = a[a1 + 2 * csA], a13 = a[a1 + 3 * csA];
    float a20 = a[a2], a21 = a[a2 + csA], a22 = a[a2 + 2 * csA], a23 = a[a2 + 3 * csA];
    float a30 = a[a3], a31 = a[a3 + csA], a32 = a[a3 + 2 * csA], a33 = a[a3 + 3 * csA];
    FloatVector x00 = FloatVector.broadcast(SPECIES, a00);
    FloatVector x01 = FloatVector.broadcast(SPECIES, a01);
    FloatVector x02 = FloatVector.broadcast(SPECIES, a02);
    FloatVector x03 = FloatVector.broadcast(SPECIES, a03);
    FloatVector x10 = FloatVector.broadcast(SPECIES, a10);
    FloatVector x11 = FloatVector.broadcast(SPECIES, a11);
    FloatVector x12 = FloatVector.broadcast(SPECIES, a12);
    FloatVector x13 = FloatVector.broadcast(SPECIES, a13);
    FloatVector x20 = FloatVector.broadcast(SPECIES, a20);
    FloatVector x21 = FloatVector.broadcast(SPECIES, a21);
    FloatVector x22 = FloatVector.broadcast(SPECIES, a22);
    FloatVector x23 = FloatVector.broadcast(SPECIES, a23);
    FloatVector x30 = FloatVector.broadcast(SPECIES, a30);
    FloatVector x31 = FloatVector.broadcast(SPECIES, a31);
    FloatVector x32 = FloatVector.broadcast(SPECIES, a32);
    FloatVector x33 = FloatVector.broadcast(SPECIES, a33);
    int j = 0;
    for (; j <= n - VL; j += VL) {
      FloatVector y0 = FloatVector.fromArray(SPECIES, c, c0 + j);
      FloatVector y1 = FloatVector.fromArray(SPECIES, c, c1 + j);
      FloatVector y2 = FloatVector.fromArray(SPECIES, c, c2 + j);
      FloatVector y3 = FloatVector.fromArray(SPECIES, c, c3 + j);
      FloatVector w0 = FloatVector.fromArray(SPECIES, b, b0 + j);
      y0 = x00.fma(w0, y0); y1 = x10.fma(w0, y1); y2 = x20.fma(w0, y2); y3 = x30.fma(w0, y3);
      FloatVector w1 = FloatVector.fromArray(SPECIES, b, b1 + j);
      y0 = x01.fma(w1, y0); y1 = x11.fma(w1, y1); y2 = x21.fma(w1, y2); y3 = x31.fma(w1, y3);
      FloatVector w2 = FloatVector.fromArray(SPECIES, b, b2 + j);
      y0 = x02.fma(w2, y0); y1 = x12.fma(w2, y1); y2 = x22.fma(w2, y2); y3 = x32.fma(w2, y3);
      FloatVector w3 = FloatVector.fromArray(SPECIES, b, b3 + j);
      y0 = x03.fma(w3, y0); y1 = x13.fma(w3, y1); y2 = x23.fma(w3, y2); y3 = x33.fma(w3, y3);
      y0.intoArray(c, c0 + j);
      y1.intoArray(c, c1 + j);
      y2.intoArray(c, c2 + j);
      y3.intoArray(c, c3 + j);
    }
    for (; j < n; j++) {
      float w0 = b[b0 + j], w1 = b[b1 + j], w2 = b[b2 + j], w3 = b[b3 + j];
      c[c0 + j] = Math.fma(a03, w3, Math.fma(a02, w2, Math.fma(a01, w1, Math.fma(a00, w0, c[c0 + j]))));
      c[c1 + j] = Math.fma(a13, w3, Math.fma(a12, w2, Math.fma(a11, w1, Math.fma(a10, w0, c[c1 + j]))));
      c[c2 + j] = Math.fma(a23, w3, Math.fma(a22, w2, Math.fma(a21, w1, Math.fma(a20, w0, c[c2 + j]))));
      c[c3 + j] = Math.fma(a33, w3, Math.fma(a32, w2, Math.fma(a31, w1, Math.fma(a30, w0, c[c3 + j]))));
    }
  }

  private static void twoByFour(
      int n,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int b0, int rsB,
      float[] c, int c0, int rsC) {
    int b1 = b0 + rsB;
    int b2 = b1 + rsB;
    int b3 = b2 + rsB;
    int c1 = c0 + rsC;
    int a1 = aOff + rsA;
    float a00 = a[aOff], a01 = a[aOff + csA], a02 = a[aOff + 2 * csA], a03 = a[aOff + 3 * csA];
    float a10 = a[a1], a11 = a[a1 + csA], a12 = a[a1 + 2 * csA], a13 = a[a1 + 3 * csA];
    FloatVector x00 = FloatVector.broadcast(SPECIES, a00);
    FloatVector x01 = FloatVector.broadcast(SPECIES, a01);
    FloatVector x02 = FloatVector.broadcast(SPECIES, a02);
    FloatVector x03 = FloatVector.broadcast(SPECIES, a03);
    FloatVector x10 = FloatVector.broadcast(SPECIES, a10);
    FloatVector x11 = FloatVector.broadcast(SPECIES, a11);
    FloatVector x12 = FloatVector.broadcast(SPECIES, a12);
    FloatVector x13 = FloatVector.broadcast(SPECIES, a13);
    int j = 0;
    for (; j <= n - VL; j += VL) {
      FloatVector y0 = FloatVector.fromArray(SPECIES, c, c0 + j);
      FloatVector y1 = FloatVector.fromArray(SPECIES, c, c1 + j);
      FloatVector w0 = FloatVector.fromArray(SPECIES, b, b0 + j);
      y0 = x00.fma(w0, y0); y1 = x10.fma(w0, y1);
      FloatVector w1 = FloatVector.fromArray(SPECIES, b, b1 + j);
      y0 = x01.fma(w1, y0); y1 = x11.fma(w1, y1);
      FloatVector w2 = FloatVector.fromArray(SPECIES, b, b2 + j);
      y0 = x02.fma(w2, y0); y1 = x12.fma(w2, y1);
      FloatVector w3 = FloatVector.fromArray(SPECIES, b, b3 + j);
      y0 = x03.fma(w3, y0); y1 = x13.fma(w3, y1);
      y0.intoArray(c, c0 + j);
      y1.intoArray(c, c1 + j);
    }
    for (; j < n; j++) {
      float w0 = b[b0 + j], w1 = b[b1 + j], w2 = b[b2 + j], w3 = b[b3 + j];
      c[c0 + j] = Math.fma(a03, w3, Math.fma(a02, w2, Math.fma(a01, w1, Math.fma(a00, w0, c[c0 + j]))));
      c[c1 + j] = Math.fma(a13, w3, Math.fma(a12, w2, Math.fma(a11, w1, Math.fma(a10, w0, c[c1 + j]))));
    }
  }

  private static void oneByFour(
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
