package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;

import jdk.incubator.vector.FloatVector;

/**
 * A batch of one: a row of A times B, up to 8 vectors wide. An fma takes 4 cycles and two start in
 * each, so it takes 8 independent chains to keep the units busy. The contract is that of {@link
 * RowKernel4x4v}.
 */
final class MicroKernel1x8v {
  private MicroKernel1x8v() {}

  // spotless:off
  /** 1 row × 8 vectors: 8 accumulators. */
  static void run8v(
      int k,
      float[] a, int aOff, int csA,
      float[] b, int bOff, int rsB, int last,
      float[] init, int initOff,
      float[] c, int cOff) {
    int kc = Math.min(k, KC);
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + VL);
    FloatVector c02 = FloatVector.fromArray(SPECIES, init, initOff + 2 * VL);
    FloatVector c03 = FloatVector.fromArray(SPECIES, init, initOff + 3 * VL);
    FloatVector c04 = FloatVector.fromArray(SPECIES, init, initOff + 4 * VL);
    FloatVector c05 = FloatVector.fromArray(SPECIES, init, initOff + 5 * VL);
    FloatVector c06 = FloatVector.fromArray(SPECIES, init, initOff + 6 * VL);
    FloatVector c07 = FloatVector.fromArray(SPECIES, init, initOff + last);
    for (int p = 0, ap = aOff, bp = bOff; p < kc; p++, ap += csA, bp += rsB) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + VL);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bp + 2 * VL);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, bp + 3 * VL);
      FloatVector b4 = FloatVector.fromArray(SPECIES, b, bp + 4 * VL);
      FloatVector b5 = FloatVector.fromArray(SPECIES, b, bp + 5 * VL);
      FloatVector b6 = FloatVector.fromArray(SPECIES, b, bp + 6 * VL);
      FloatVector b7 = FloatVector.fromArray(SPECIES, b, bp + last);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[ap]);
      c00 = x0.fma(b0, c00); c01 = x0.fma(b1, c01); c02 = x0.fma(b2, c02); c03 = x0.fma(b3, c03); c04 = x0.fma(b4, c04); c05 = x0.fma(b5, c05); c06 = x0.fma(b6, c06); c07 = x0.fma(b7, c07);
    }
    c00.intoArray(c, cOff);
    c01.intoArray(c, cOff + VL);
    c02.intoArray(c, cOff + 2 * VL);
    c03.intoArray(c, cOff + 3 * VL);
    c04.intoArray(c, cOff + 4 * VL);
    c05.intoArray(c, cOff + 5 * VL);
    c06.intoArray(c, cOff + 6 * VL);
    c07.intoArray(c, cOff + last);
  }

  /** 1 row × 4 vectors: 4 accumulators. */
  static void run4v(
      int k,
      float[] a, int aOff, int csA,
      float[] b, int bOff, int rsB, int last,
      float[] init, int initOff,
      float[] c, int cOff) {
    int kc = Math.min(k, KC);
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + VL);
    FloatVector c02 = FloatVector.fromArray(SPECIES, init, initOff + 2 * VL);
    FloatVector c03 = FloatVector.fromArray(SPECIES, init, initOff + last);
    for (int p = 0, ap = aOff, bp = bOff; p < kc; p++, ap += csA, bp += rsB) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + VL);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bp + 2 * VL);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, bp + last);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[ap]);
      c00 = x0.fma(b0, c00); c01 = x0.fma(b1, c01); c02 = x0.fma(b2, c02); c03 = x0.fma(b3, c03);
    }
    c00.intoArray(c, cOff);
    c01.intoArray(c, cOff + VL);
    c02.intoArray(c, cOff + 2 * VL);
    c03.intoArray(c, cOff + last);
  }

  /** 1 row × 3 vectors: 3 accumulators. */
  static void run3v(
      int k,
      float[] a, int aOff, int csA,
      float[] b, int bOff, int rsB, int last,
      float[] init, int initOff,
      float[] c, int cOff) {
    int kc = Math.min(k, KC);
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + VL);
    FloatVector c02 = FloatVector.fromArray(SPECIES, init, initOff + last);
    for (int p = 0, ap = aOff, bp = bOff; p < kc; p++, ap += csA, bp += rsB) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + VL);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bp + last);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[ap]);
      c00 = x0.fma(b0, c00); c01 = x0.fma(b1, c01); c02 = x0.fma(b2, c02);
    }
    c00.intoArray(c, cOff);
    c01.intoArray(c, cOff + VL);
    c02.intoArray(c, cOff + last);
  }

  /** 1 row × 2 vectors: 2 accumulators. */
  static void run2v(
      int k,
      float[] a, int aOff, int csA,
      float[] b, int bOff, int rsB, int last,
      float[] init, int initOff,
      float[] c, int cOff) {
    int kc = Math.min(k, KC);
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff);
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initOff + last);
    for (int p = 0, ap = aOff, bp = bOff; p < kc; p++, ap += csA, bp += rsB) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bp + last);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[ap]);
      c00 = x0.fma(b0, c00); c01 = x0.fma(b1, c01);
    }
    c00.intoArray(c, cOff);
    c01.intoArray(c, cOff + last);
  }

  /** 1 row × 1 vector: 1 accumulators. */
  static void run1v(
      int k,
      float[] a, int aOff, int csA,
      float[] b, int bOff, int rsB,
      float[] init, int initOff,
      float[] c, int cOff) {
    int kc = Math.min(k, KC);
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initOff);
    for (int p = 0, ap = aOff, bp = bOff; p < kc; p++, ap += csA, bp += rsB) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[ap]);
      c00 = x0.fma(b0, c00);
    }
    c00.intoArray(c, cOff);
  }
  // spotless:on
}
