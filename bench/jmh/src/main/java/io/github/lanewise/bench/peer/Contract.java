package io.github.lanewise.bench.peer;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * What a product must be before its time counts for anything. For every peer
 *
 * <pre>
 *   |c_ij − Σ_p a_ip·b_pj| ≤ γ_k·Σ_p |a_ip|·|b_pj|      γ_k = k·u/(1 − k·u), u = 2⁻²⁴
 * </pre>
 *
 * which holds for the k terms in any order, with fma or without (Higham, "Accuracy and Stability of
 * Numerical Algorithms", 2nd ed., §3.1); and for an {@linkplain GemmPeer#exact exact} one the bits
 * of the chain of {@link Math#fma(float, float, float)} in ascending p. Whatever of C's array lies
 * outside of C must be as it was.
 */
public final class Contract {
  /** No result looks like this: a NaN with its own payload. */
  private static final float UNTOUCHED = Float.intBitsToFloat(0x7fc0beef);

  /** Elements of one operand. Dense in [-½, ½), so that nothing underflows. */
  private static final long SEED = 0x1a6e_5eed;

  /** Multiply-adds that a check may cost; beyond, some rows stand for all. */
  private static final double WORK = 1 << 26;

  private Contract() {}

  /** Random A and B, all copies of A alike, and a C that nobody has written to. */
  public static GemmPeer.Operands operands(GemmShape shape, int copies) {
    SplittableRandom random = new SplittableRandom(SEED);
    float[][] a = new float[copies][];
    a[0] = random(random, shape.lengthA());
    for (int copy = 1; copy < copies; copy++) {
      a[copy] = a[0].clone();
    }
    float[] b = random(random, shape.lengthB());
    float[] c = new float[shape.lengthC()];
    Arrays.fill(c, UNTOUCHED);
    return new GemmPeer.Operands(a, b, c);
  }

  private static float[] random(SplittableRandom random, int length) {
    float[] x = new float[length];
    for (int i = 0; i < length; i++) {
      x[i] = random.nextFloat() - 0.5f;
    }
    return x;
  }

  /**
   * Refuses a wrong C.
   *
   * @throws IllegalStateException naming the element, what it is and what it should be
   */
  public static void check(
      String who, GemmShape s, GemmPeer.Operands operands, float[] c, boolean exact) {
    float[] a = operands.a()[0];
    float[] b = operands.b();
    if (c.length != s.lengthC()) {
      throw wrong(who, s, "C's array has " + c.length + " elements, not " + s.lengthC());
    }
    for (int x = 0; x < c.length; x++) {
      int column = x < s.offset() ? s.n() : (x - s.offset()) % s.ldc();
      if ((Float.floatToRawIntBits(c[x]) == Float.floatToRawIntBits(UNTOUCHED))
          != (column >= s.n())) {
        throw wrong(who, s, "element " + x + " of C's array is " + c[x]);
      }
    }
    double u = 0x1p-24;
    double gamma = s.k() * u / (1 - s.k() * u) * (1 + 1e-6); // the sums below are double's own
    for (int i : rows(s)) {
      for (int j = 0; j < s.n(); j++) {
        double sum = 0;
        double size = 0;
        float chain = 0;
        for (int p = 0; p < s.k(); p++) {
          float x = a[s.indexA(i, p)];
          float y = b[s.indexB(p, j)];
          double xy = (double) x * y;
          sum += xy;
          size += Math.abs(xy);
          chain = Math.fma(x, y, chain);
        }
        float found = c[s.indexC(i, j)];
        boolean right =
            exact
                ? Float.floatToRawIntBits(found) == Float.floatToRawIntBits(chain)
                : Math.abs(found - sum) <= gamma * size;
        if (!right) {
          String limit = exact ? "is not " + chain : "is not " + sum + " ± " + gamma * size;
          throw wrong(who, s, "c(" + i + ", " + j + ") = " + found + " " + limit);
        }
      }
    }
  }

  /** All rows if there is time; else the first and the last eight and some in between. */
  private static Iterable<Integer> rows(GemmShape s) {
    int affordable = (int) Math.clamp(WORK / ((double) s.n() * s.k()), 24, s.m() + 24);
    TreeSet<Integer> rows = new TreeSet<>();
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < s.m(); i++) {
      if (affordable >= s.m()
          || i < 8
          || i >= s.m() - 8
          || random.nextInt(s.m()) < affordable - 16) {
        rows.add(i);
      }
    }
    return rows;
  }

  private static IllegalStateException wrong(String who, GemmShape shape, String what) {
    return new IllegalStateException(who + " is wrong at " + shape + ": " + what);
  }
}
