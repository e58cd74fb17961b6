package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.KC;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;
import static io.github.lanewise.kernels.simd.Transpose.BIT_0;
import static io.github.lanewise.kernels.simd.Transpose.BIT_1;
import static io.github.lanewise.kernels.simd.Transpose.H;
import static io.github.lanewise.kernels.simd.Transpose.HIGH;
import static io.github.lanewise.kernels.simd.Transpose.LOW;
import static io.github.lanewise.kernels.simd.Transpose.PAIRS;
import static io.github.lanewise.kernels.simd.Transpose.UPPER;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * A batch of one with B by columns, W·x where W lies by rows: c = c + a·B for a single row, as VL
 * dot products side by side in the lanes.
 *
 * <pre>
 *   for p = 0 … k-1:   c[j] = fma(a[p], B[p, j], c[j])   for VL neighbours j at once
 * </pre>
 *
 * <p>What the lanes need of B is a block of {@link Transpose}, H steps of VL chains, which goes
 * from its registers into the chains and never to memory. A call takes blocks of KC steps at most
 * and says so, as every micro-kernel does ({@link RowKernel4x4v}).
 */
final class DotKernel {
  private DotKernel() {}

  // spotless:off
  /**
   * Continues n chains, VL or more, by k steps. Where the last VL overlap their neighbours, these have not gone on yet:
   * the last ones come first, in scratch, and only what no neighbour writes returns to c.
   */
  static void run(
      int n, int k,
      float[] a, int aOff,
      float[] b, int bOff, int csB,
      float[] c, int cOff,
      float[] scratch, int off) {
    int whole = n / VL * VL;
    int last = n - VL;
    if (whole < n) {
      System.arraycopy(c, cOff + last, scratch, off, VL);
      chains(k, a, aOff, b, bOff + last * csB, csB, scratch, off);
      System.arraycopy(scratch, off + whole - last, c, cOff + whole, n - whole);
    }
    for (int j = 0; j < whole; j += VL) {
      chains(k, a, aOff, b, bOff + j * csB, csB, c, cOff + j);
    }
  }

  private static void chains(
      int k, float[] a, int aOff, float[] b, int bOff, int csB, float[] c, int cOff) {
    int whole = H >= 2 && H <= 8 ? k / H * H : 0; // for other vectors there are no blocks
    for (int p = 0; p < whole; p += KC) {
      int blocks = Math.min(KC, whole - p) / H;
      switch (H) {
        case 2 -> two(blocks, a, aOff + p, b, bOff + p, csB, c, cOff);
        case 4 -> four(blocks, a, aOff + p, b, bOff + p, csB, c, cOff);
        default -> eight(blocks, a, aOff + p, b, bOff + p, csB, c, cOff);
      }
    }
    for (int p = whole; p < k; p++) {
      for (int j = 0; j < VL; j++) {
        c[cOff + j] = Math.fma(a[aOff + p], b[bOff + p + j * csB], c[cOff + j]);
      }
    }
  }

  /** Blocks of 2 steps by 4 chains. */
  private static void two(
      int blocks, float[] a, int aOff, float[] b, int bOff, int csB, float[] c, int cOff) {
    int most = Math.min(blocks, KC);
    FloatVector y = FloatVector.fromArray(SPECIES, c, cOff);
    for (int i = 0; i < most; i++) {
      int ap = aOff + 2 * i, bp = bOff + 2 * i, half = bp + 2 * csB - 2;
      IntVector x0 = FloatVector.fromArray(SPECIES, b, bp).blend(FloatVector.fromArray(SPECIES, b, half), UPPER).reinterpretAsInts();
      IntVector x1 = FloatVector.fromArray(SPECIES, b, bp + csB).blend(FloatVector.fromArray(SPECIES, b, half + csB), UPPER).reinterpretAsInts();
      y = FloatVector.broadcast(SPECIES, a[ap]).fma(LOW.selectFrom(x0, x1).reinterpretAsFloats(), y);
      y = FloatVector.broadcast(SPECIES, a[ap + 1]).fma(HIGH.selectFrom(x0, x1).reinterpretAsFloats(), y);
    }
    y.intoArray(c, cOff);
  }

  /**
   * Blocks of 4 steps by 8 chains. Neighbours are halves of a long and shifted, which AVX2 does twice a cycle and
   * beside the exchange of pairs (18 % faster; for {@link Transpose} 1 to 3 %, and half a second more until it is compiled).
   */
  private static void four(
      int blocks, float[] a, int aOff, float[] b, int bOff, int csB, float[] c, int cOff) {
    int most = Math.min(blocks, KC);
    FloatVector y = FloatVector.fromArray(SPECIES, c, cOff);
    for (int i = 0; i < most; i++) {
      int ap = aOff + 4 * i, bp = bOff + 4 * i, half = bp + 4 * csB - 4;
      IntVector x0 = FloatVector.fromArray(SPECIES, b, bp).blend(FloatVector.fromArray(SPECIES, b, half), UPPER).reinterpretAsInts();
      IntVector x1 = FloatVector.fromArray(SPECIES, b, bp + csB).blend(FloatVector.fromArray(SPECIES, b, half + csB), UPPER).reinterpretAsInts();
      IntVector x2 = FloatVector.fromArray(SPECIES, b, bp + 2 * csB).blend(FloatVector.fromArray(SPECIES, b, half + 2 * csB), UPPER).reinterpretAsInts();
      IntVector x3 = FloatVector.fromArray(SPECIES, b, bp + 3 * csB).blend(FloatVector.fromArray(SPECIES, b, half + 3 * csB), UPPER).reinterpretAsInts();
      IntVector z0 = x0.blend(PAIRS.selectFrom(x2), BIT_1), z2 = PAIRS.selectFrom(x0).blend(x2, BIT_1);
      IntVector z1 = x1.blend(PAIRS.selectFrom(x3), BIT_1), z3 = PAIRS.selectFrom(x1).blend(x3, BIT_1);
      y = FloatVector.broadcast(SPECIES, a[ap]).fma(z0.blend(z1.reinterpretAsLongs().lanewise(LSHL, Integer.SIZE).reinterpretAsInts(), BIT_0).reinterpretAsFloats(), y);
      y = FloatVector.broadcast(SPECIES, a[ap + 1]).fma(z0.reinterpretAsLongs().lanewise(LSHR, Integer.SIZE).reinterpretAsInts().blend(z1, BIT_0).reinterpretAsFloats(), y);
      y = FloatVector.broadcast(SPECIES, a[ap + 2]).fma(z2.blend(z3.reinterpretAsLongs().lanewise(LSHL, Integer.SIZE).reinterpretAsInts(), BIT_0).reinterpretAsFloats(), y);
      y = FloatVector.broadcast(SPECIES, a[ap + 3]).fma(z2.reinterpretAsLongs().lanewise(LSHR, Integer.SIZE).reinterpretAsInts().blend(z3, BIT_0).reinterpretAsFloats(), y);
    }
    y.intoArray(c, cOff);
  }

  /** Blocks of 8 steps by 16 chains. */
  private static void eight(
      int blocks, float[] a, int aOff, float[] b, int bOff, int csB, float[] c, int cOff) {
    int most = Math.min(blocks, KC);
    FloatVector y = FloatVector.fromArray(SPECIES, c, cOff);
    for (int i = 0; i < most; i++) {
      int ap = aOff + 8 * i, bp = bOff + 8 * i, half = bp + 8 * csB - 8;
      IntVector x0 = FloatVector.fromArray(SPECIES, b, bp).blend(FloatVector.fromArray(SPECIES, b, half), UPPER).reinterpretAsInts();
      IntVector x1 = FloatVector.fromArray(SPECIES, b, bp + csB).blend(FloatVector.fromArray(SPECIES, b, half + csB), UPPER).reinterpretAsInts();
      IntVector x2 = FloatVector.fromArray(SPECIES, b, bp + 2 * csB).blend(FloatVector.fromArray(SPECIES, b, half + 2 * csB), UPPER).reinterpretAsInts();
      IntVector x3 = FloatVector.fromArray(SPECIES, b, bp + 3 * csB).blend(FloatVector.fromArray(SPECIES, b, half + 3 * csB), UPPER).reinterpretAsInts();
      IntVector x4 = FloatVector.fromArray(SPECIES, b, bp + 4 * csB).blend(FloatVector.fromArray(SPECIES, b, half + 4 * csB), UPPER).reinterpretAsInts();
      IntVector x5 = FloatVector.fromArray(SPECIES, b, bp + 5 * csB).blend(FloatVector.fromArray(SPECIES, b, half + 5 * csB), UPPER).reinterpretAsInts();
      IntVector x6 = FloatVector.fromArray(SPECIES, b, bp + 6 * csB).blend(FloatVector.fromArray(SPECIES, b, half + 6 * csB), UPPER).reinterpretAsInts();
      IntVector x7 = FloatVector.fromArray(SPECIES, b, bp + 7 * csB).blend(FloatVector.fromArray(SPECIES, b, half + 7 * csB), UPPER).reinterpretAsInts();
      IntVector z0 = LOW.selectFrom(x0, x4), z1 = HIGH.selectFrom(x0, x4);
      IntVector z2 = LOW.selectFrom(x1, x5), z3 = HIGH.selectFrom(x1, x5);
      IntVector z4 = LOW.selectFrom(x2, x6), z5 = HIGH.selectFrom(x2, x6);
      IntVector z6 = LOW.selectFrom(x3, x7), z7 = HIGH.selectFrom(x3, x7);
      x0 = LOW.selectFrom(z0, z4);
      x1 = HIGH.selectFrom(z0, z4);
      x2 = LOW.selectFrom(z1, z5);
      x3 = HIGH.selectFrom(z1, z5);
      x4 = LOW.selectFrom(z2, z6);
      x5 = HIGH.selectFrom(z2, z6);
      x6 = LOW.selectFrom(z3, z7);
      x7 = HIGH.selectFrom(z3, z7);
      y = FloatVector.broadcast(SPECIES, a[ap]).fma(LOW.selectFrom(x0, x4).reinterpretAsFloats(), y);
      y = FloatVector.broadcast(SPECIES, a[ap + 1]).fma(HIGH.selectFrom(x0, x4).reinterpretAsFloats(), y);
      y = FloatVector.broadcast(SPECIES, a[ap + 2]).fma(LOW.selectFrom(x1, x5).reinterpretAsFloats(), y);
      y = FloatVector.broadcast(SPECIES, a[ap + 3]).fma(HIGH.selectFrom(x1, x5).reinterpretAsFloats(), y);
      y = FloatVector.broadcast(SPECIES, a[ap + 4]).fma(LOW.selectFrom(x2, x6).reinterpretAsFloats(), y);
      y = FloatVector.broadcast(SPECIES, a[ap + 5]).fma(HIGH.selectFrom(x2, x6).reinterpretAsFloats(), y);
      y = FloatVector.broadcast(SPECIES, a[ap + 6]).fma(LOW.selectFrom(x3, x7).reinterpretAsFloats(), y);
      y = FloatVector.broadcast(SPECIES, a[ap + 7]).fma(HIGH.selectFrom(x3, x7).reinterpretAsFloats(), y);
    }
    y.intoArray(c, cOff);
  }
  // spotless:on
}
