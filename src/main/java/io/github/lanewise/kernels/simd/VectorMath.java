package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.scalar.ScalarMath.*;
import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.UMIN;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * {@link io.github.lanewise.kernels.scalar.ScalarMath} over arrays: the same operations in the same
 * order, so the same bits. Read the two side by side; what a method does is said there. A function
 * is y_j = g(x_j), a derivative the product dz_j = da_j·g'(saved_j); {@code out} may be {@code in},
 * and dZ one of the operands. The length is a multiple of {@link Lanes#VL}.
 *
 * <p>Every loop is written out whole, with the reduction and the polynomial of e^r - 1 in each, and
 * calls nothing but the Vector API: no method of ours takes or returns a vector. C2 inlines a
 * method of ours only where it pleases it; where not, vectors cross the call as objects, for good
 * (src/docs/decisions/0021-warm-up.md). The Vector API's own methods it has to inline.
 *
 * <p>A comparison with a blend is two instructions where min or max would be five, as those order
 * zeros and pass NaN on. (As long as its twin, for the loops written out.)
 */
public final class VectorMath {
  /**
   * As integers, floats from 0 on keep their order, and the negative ones are less; as unsigned
   * ones, the negative ones follow, away from 0.
   */
  private static final int LOGISTIC_ONE_BITS = Float.floatToRawIntBits(LOGISTIC_ONE);

  private static final int MINUS_LOGISTIC_MAX_BITS = Float.floatToRawIntBits(-LOGISTIC_MAX);

  private VectorMath() {}

  // spotless:off
  // ---- Functions --------------------------------------------------------------------------------

  /** e^x. */
  public static void exp(
      int length, float[] in, int inOff, float[] out, int outOff) {
    for (int j = 0; j < length; j += VL) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, inOff + j);
      FloatVector y = x.blend(EXP_MAX, x.compare(GT, EXP_MAX));
      y = y.blend(EXP_MIN, y.compare(LT, EXP_MIN));
      FloatVector t = y.fma(LOG2_E, ROUND_HALVES);
      FloatVector n = t.sub(ROUND_HALVES);
      FloatVector r = n.fma(n.broadcast(-LN2_LO), n.fma(n.broadcast(-LN2_HI), y));
      FloatVector u = r.fma(E7, E6);
      u = u.fma(r, u.broadcast(E5));
      u = u.fma(r, u.broadcast(E4));
      u = u.fma(r, u.broadcast(E3));
      u = u.fma(r, u.broadcast(E2));
      u = r.mul(r).fma(u, r);
      IntVector bits = t.reinterpretAsInts();
      IntVector half = bits.lanewise(ASHR, 1);
      FloatVector s = half.lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector other = bits.sub(half).lanewise(LSHL, 23).reinterpretAsFloats();
      s.fma(u, s).mul(other).intoArray(out, outOff + j);
    }
  }

  /**
   * σ(x). The clamps work on the bits, where NaN is a large number and comes back at the end: integer
   * minima have four ports on a Zen 4, comparisons only the two that fma and division need.
   */
  public static void sigmoid(
      int length, float[] in, int inOff, float[] out, int outOff) {
    for (int j = 0; j < length; j += VL) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, inOff + j);
      IntVector clamped = x.reinterpretAsInts().lanewise(MIN, LOGISTIC_ONE_BITS);
      FloatVector z = clamped.lanewise(UMIN, MINUS_LOGISTIC_MAX_BITS).reinterpretAsFloats();
      FloatVector t = z.fma(-LOG2_E, ROUND_LOWERED);
      FloatVector n = t.sub(ROUND_LOWERED);
      FloatVector r = n.fma(n.broadcast(LN2_LO), n.fma(n.broadcast(LN2_HI), z));
      FloatVector u = r.fma(E7, -E6);
      u = u.fma(r, u.broadcast(E5));
      u = u.fma(r, u.broadcast(-E4));
      u = u.fma(r, u.broadcast(E3));
      u = u.fma(r, u.broadcast(-E2));
      u = r.mul(r).fma(u, r);
      FloatVector s = t.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector c = s.broadcast(LOWERED_ONE).sub(s);
      FloatVector lost = c.broadcast(LOWERED_ONE).sub(c.add(s));
      FloatVector d = s.fma(u, lost).add(c);
      d.broadcast(LOWERED_ONE).div(d).blend(x, x.compare(NE, x)).intoArray(out, outOff + j);
    }
  }

  /** tanh x. */
  public static void tanh(
      int length, float[] in, int inOff, float[] out, int outOff) {
    for (int j = 0; j < length; j += VL) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, inOff + j);
      FloatVector a = x.abs();
      a = a.blend(TANH_MAX, a.compare(GT, TANH_MAX));
      FloatVector y = a.mul(-2f);
      FloatVector t = y.fma(LOG2_E, ROUND_NEGATED);
      FloatVector n = t.sub(ROUND_NEGATED);
      FloatVector r = n.fma(n.broadcast(-LN2_LO), n.fma(n.broadcast(-LN2_HI), y));
      FloatVector u = r.fma(E7, E6);
      u = u.fma(r, u.broadcast(E5));
      u = u.fma(r, u.broadcast(E4));
      u = u.fma(r, u.broadcast(E3));
      u = u.fma(r, u.broadcast(E2));
      u = r.mul(r).fma(u, r);
      FloatVector s = t.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector m = s.fma(u, s.add(1f));
      FloatVector h = m.div(m.broadcast(2f).sub(m));
      FloatVector rest = h.fma(m, h.fma(h.broadcast(-2f), m));
      h = rest.fma(h.fma(0.5f, 0.5f), h);
      IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
      h.reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(out, outOff + j);
    }
  }

  /** log(1 + e^x). */
  public static void softplus(
      int length, float[] in, int inOff, float[] out, int outOff) {
    for (int j = 0; j < length; j += VL) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, inOff + j);
      FloatVector a = x.abs();
      FloatVector y = a.neg().blend(EXP_MIN, a.compare(GT, -EXP_MIN));
      FloatVector t = y.fma(LOG2_E, ROUND_RAISED);
      FloatVector n = t.sub(ROUND_RAISED);
      FloatVector r = n.fma(n.broadcast(-LN2_LO), n.fma(n.broadcast(-LN2_HI), y));
      FloatVector u = r.fma(E7, E6);
      u = u.fma(r, u.broadcast(E5));
      u = u.fma(r, u.broadcast(E4));
      u = u.fma(r, u.broadcast(E3));
      u = u.fma(r, u.broadcast(E2));
      u = r.mul(r).fma(u, r);
      FloatVector s = t.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector e = s.fma(u, s).mul(LOWER);
      FloatVector q = e.fma(L8, L7);
      q = q.fma(e, q.broadcast(L6));
      q = q.fma(e, q.broadcast(L5));
      q = q.fma(e, q.broadcast(L4));
      q = q.fma(e, q.broadcast(L3));
      q = q.fma(e, q.broadcast(L2));
      FloatVector positive = x.broadcast(0f).blend(x, x.compare(GT, 0f));
      FloatVector far = e.mul(e).fma(q, e).add(positive);
      FloatVector z = x.mul(x);
      FloatVector c = z.fma(C5, C4);
      c = c.fma(z, c.broadcast(C3));
      c = c.fma(z, c.broadcast(C2));
      c = c.fma(z, c.broadcast(C1));
      FloatVector near = z.fma(c, x.mul(0.5f)).add(LN2);
      far.blend(near, a.compare(LT, 1f)).intoArray(out, outOff + j);
    }
  }

  /** x·Φ(x). */
  public static void gelu(
      int length, float[] in, int inOff, float[] out, int outOff) {
    for (int j = 0; j < length; j += VL) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, inOff + j);
      FloatVector a = x.abs();
      a = a.blend(GELU_MAX, a.compare(GT, GELU_MAX));
      FloatVector v = a.broadcast(1f).div(a.add(TAIL_SHIFT));
      FloatVector square = a.mul(a);
      FloatVector low = a.fma(a, square.neg());
      FloatVector miss = v.neg().fma(a, v.fma(-TAIL_SHIFT, 1f)).mul(v.fma(TAIL_SLOPE, 1f));
      FloatVector t = square.fma(-0.5f * LOG2_E, ROUND_RAISED);
      FloatVector n = t.sub(ROUND_RAISED);
      FloatVector r = n.fma(n.broadcast(-LN2_LO), n.fma(n.broadcast(-LN2_HI), square.mul(-0.5f)));
      r = r.add(low.fma(low.broadcast(-0.5f), miss));
      FloatVector u = r.fma(E7, E6);
      u = u.fma(r, u.broadcast(E5));
      u = u.fma(r, u.broadcast(E4));
      u = u.fma(r, u.broadcast(E3));
      u = u.fma(r, u.broadcast(E2));
      u = r.mul(r).fma(u, r);
      FloatVector s = t.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats().mul(a);
      FloatVector g = s.fma(u, s);
      FloatVector w = v.sub(TAIL_CENTRE);
      FloatVector q = w.fma(G9, G8);
      q = q.fma(w, q.broadcast(G7));
      q = q.fma(w, q.broadcast(G6));
      q = q.fma(w, q.broadcast(G5));
      q = q.fma(w, q.broadcast(G4));
      q = q.fma(w, q.broadcast(G3));
      q = q.fma(w, q.broadcast(G2));
      q = q.fma(w, q.broadcast(G1));
      q = q.fma(w, q.broadcast(G0));
      FloatVector base = x.blend(-0f, x.compare(LT, 0f));
      g.mul(v.mul(q)).fma(g.broadcast(-LOWER), base).intoArray(out, outOff + j);
    }
  }

  /** x·σ(2w), w = √(2/π)·(x + 0.044715 x³). */
  public static void geluTanh(
      int length, float[] in, int inOff, float[] out, int outOff) {
    for (int j = 0; j < length; j += VL) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, inOff + j);
      FloatVector z = x.blend(-GELU_TANH_MAX, x.compare(LT, -GELU_TANH_MAX));
      FloatVector square = z.mul(z);
      FloatVector q = square.fma(W3, ROUND_FRACTION).sub(ROUND_FRACTION);
      FloatVector p = q.add(W1_HI);
      FloatVector low = square.fma(q.broadcast(W3), q.neg());
      low = z.fma(z, square.neg()).fma(q.broadcast(W3), low);
      low = square.fma(q.broadcast(W3_LO), low.add(W1_LO));
      FloatVector t = z.mul(p).fma(-LOG2_E, ROUND_LOWERED);
      FloatVector n = t.sub(ROUND_LOWERED);
      FloatVector r = z.fma(p, n.mul(LN2_HI));
      r = z.fma(low, n.fma(n.broadcast(LN2_LO), r));
      FloatVector u = r.fma(E7, -E6);
      u = u.fma(r, u.broadcast(E5));
      u = u.fma(r, u.broadcast(-E4));
      u = u.fma(r, u.broadcast(E3));
      u = u.fma(r, u.broadcast(-E2));
      u = r.mul(r).fma(u, r);
      FloatVector s = t.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector c = s.broadcast(LOWERED_ONE).sub(s);
      FloatVector lost = c.broadcast(LOWERED_ONE).sub(c.add(s));
      FloatVector d = s.fma(u, lost).add(c);
      FloatVector h = z.div(d).mul(LOWERED_ONE);
      h.blend(x, x.compare(GT, GELU_TANH_ONE)).intoArray(out, outOff + j);
    }
  }

  /** x·σ(x). */
  public static void silu(
      int length, float[] in, int inOff, float[] out, int outOff) {
    for (int j = 0; j < length; j += VL) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, inOff + j);
      FloatVector z = x.blend(-LOGISTIC_MAX, x.compare(LT, -LOGISTIC_MAX));
      FloatVector t = z.fma(-LOG2_E, ROUND_LOWERED);
      FloatVector n = t.sub(ROUND_LOWERED);
      FloatVector r = n.fma(n.broadcast(LN2_LO), n.fma(n.broadcast(LN2_HI), z));
      FloatVector u = r.fma(E7, -E6);
      u = u.fma(r, u.broadcast(E5));
      u = u.fma(r, u.broadcast(-E4));
      u = u.fma(r, u.broadcast(E3));
      u = u.fma(r, u.broadcast(-E2));
      u = r.mul(r).fma(u, r);
      FloatVector s = t.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector c = s.broadcast(LOWERED_ONE).sub(s);
      FloatVector lost = c.broadcast(LOWERED_ONE).sub(c.add(s));
      FloatVector d = s.fma(u, lost).add(c);
      FloatVector h = z.div(d).mul(LOWERED_ONE);
      h.blend(x, x.compare(GT, LOGISTIC_ONE)).intoArray(out, outOff + j);
    }
  }

  /** x·clamp(x + 3, 0, 6)/6. */
  public static void hardswish(
      int length, float[] in, int inOff, float[] out, int outOff) {
    for (int j = 0; j < length; j += VL) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, inOff + j);
      FloatVector z = x.blend(-3f, x.compare(LT, -3f));
      FloatVector c = z.add(3f);
      c = c.blend(6f, c.compare(GT, 6f));
      z.mul(c.mul(SIXTH)).intoArray(out, outOff + j);
    }
  }

  /** max(x, 0). */
  public static void relu(
      int length, float[] in, int inOff, float[] out, int outOff) {
    for (int j = 0; j < length; j += VL) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, inOff + j);
      x.blend(0f, x.compare(LE, 0f)).intoArray(out, outOff + j);
    }
  }

  /** x, or slope·x below 0. */
  public static void leakyRelu(
      float slope, int length, float[] in, int inOff, float[] out, int outOff) {
    for (int j = 0; j < length; j += VL) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, inOff + j);
      x.blend(x.mul(slope), x.compare(LT, 0f)).intoArray(out, outOff + j);
    }
  }

  /** x, or alpha·(e^x - 1) below 0. */
  public static void elu(
      float alpha, int length, float[] in, int inOff, float[] out, int outOff) {
    for (int j = 0; j < length; j += VL) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, inOff + j);
      FloatVector y = x.blend(EXPM1_MIN, x.compare(LT, EXPM1_MIN));
      FloatVector t = y.fma(LOG2_E, ROUND_UNIT);
      FloatVector n = t.sub(ROUND_UNIT);
      FloatVector r = n.fma(n.broadcast(-LN2_LO), n.fma(n.broadcast(-LN2_HI), y));
      FloatVector u = r.fma(E7, E6);
      u = u.fma(r, u.broadcast(E5));
      u = u.fma(r, u.broadcast(E4));
      u = u.fma(r, u.broadcast(E3));
      u = u.fma(r, u.broadcast(E2));
      u = r.mul(r).fma(u, r);
      FloatVector s = t.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector h = s.fma(u, s.sub(1f)).mul(alpha);
      x.blend(h, x.compare(LT, 0f)).intoArray(out, outOff + j);
    }
  }

  // ---- Derivatives: dz = da·g'(saved) -----------------------------------------------------------

  public static void reluFromA(
      int length, float[] dA, int dAOff, float[] saved, int savedOff, float[] dZ, int dZOff) {
    for (int j = 0; j < length; j += VL) {
      FloatVector a = FloatVector.fromArray(SPECIES, saved, savedOff + j);
      FloatVector d = a.broadcast(0f).blend(1f, a.compare(GT, 0f));
      d = d.blend(a, a.compare(NE, a));
      FloatVector.fromArray(SPECIES, dA, dAOff + j).mul(d).intoArray(dZ, dZOff + j);
    }
  }

  public static void leakyReluFromA(
      float slope, int length, float[] dA, int dAOff, float[] saved, int savedOff, float[] dZ, int dZOff) {
    for (int j = 0; j < length; j += VL) {
      FloatVector a = FloatVector.fromArray(SPECIES, saved, savedOff + j);
      FloatVector d = a.broadcast(slope).blend(1f, a.compare(GT, 0f));
      d = d.blend(a, a.compare(NE, a));
      FloatVector.fromArray(SPECIES, dA, dAOff + j).mul(d).intoArray(dZ, dZOff + j);
    }
  }

  public static void eluFromA(
      float alpha, int length, float[] dA, int dAOff, float[] saved, int savedOff, float[] dZ, int dZOff) {
    for (int j = 0; j < length; j += VL) {
      FloatVector a = FloatVector.fromArray(SPECIES, saved, savedOff + j);
      FloatVector d = a.add(alpha);
      d = d.blend(1f, a.compare(GT, 0f));
      FloatVector.fromArray(SPECIES, dA, dAOff + j).mul(d).intoArray(dZ, dZOff + j);
    }
  }

  /** a·(1 - a). */
  public static void sigmoidFromA(
      int length, float[] dA, int dAOff, float[] saved, int savedOff, float[] dZ, int dZOff) {
    for (int j = 0; j < length; j += VL) {
      FloatVector a = FloatVector.fromArray(SPECIES, saved, savedOff + j);
      FloatVector d = a.mul(a.broadcast(1f).sub(a));
      FloatVector.fromArray(SPECIES, dA, dAOff + j).mul(d).intoArray(dZ, dZOff + j);
    }
  }

  /** 1 - a². */
  public static void tanhFromA(
      int length, float[] dA, int dAOff, float[] saved, int savedOff, float[] dZ, int dZOff) {
    for (int j = 0; j < length; j += VL) {
      FloatVector a = FloatVector.fromArray(SPECIES, saved, savedOff + j);
      FloatVector d = a.neg().fma(a, a.broadcast(1f));
      FloatVector.fromArray(SPECIES, dA, dAOff + j).mul(d).intoArray(dZ, dZOff + j);
    }
  }

  /** 1 - e^-a. */
  public static void softplusFromA(
      int length, float[] dA, int dAOff, float[] saved, int savedOff, float[] dZ, int dZOff) {
    for (int j = 0; j < length; j += VL) {
      FloatVector a = FloatVector.fromArray(SPECIES, saved, savedOff + j);
      FloatVector x = a.neg();
      FloatVector y = x.blend(EXPM1_MIN, x.compare(LT, EXPM1_MIN));
      FloatVector t = y.fma(LOG2_E, ROUND_UNIT);
      FloatVector n = t.sub(ROUND_UNIT);
      FloatVector r = n.fma(n.broadcast(-LN2_LO), n.fma(n.broadcast(-LN2_HI), y));
      FloatVector u = r.fma(E7, E6);
      u = u.fma(r, u.broadcast(E5));
      u = u.fma(r, u.broadcast(E4));
      u = u.fma(r, u.broadcast(E3));
      u = u.fma(r, u.broadcast(E2));
      u = r.mul(r).fma(u, r);
      FloatVector s = t.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector d = s.broadcast(0f).sub(s.fma(u, s.sub(1f)));
      FloatVector.fromArray(SPECIES, dA, dAOff + j).mul(d).intoArray(dZ, dZOff + j);
    }
  }

  /** Φ(z) + z·φ(z). */
  public static void geluFromZ(
      int length, float[] dA, int dAOff, float[] saved, int savedOff, float[] dZ, int dZOff) {
    for (int j = 0; j < length; j += VL) {
      FloatVector z = FloatVector.fromArray(SPECIES, saved, savedOff + j);
      FloatVector a = z.abs();
      a = a.blend(GELU_MAX, a.compare(GT, GELU_MAX));
      FloatVector v = a.broadcast(1f).div(a.add(TAIL_SHIFT));
      FloatVector square = a.mul(a);
      FloatVector low = a.fma(a, square.neg());
      FloatVector miss = v.neg().fma(a, v.fma(-TAIL_SHIFT, 1f)).mul(v.fma(TAIL_SLOPE, 1f));
      FloatVector t = square.fma(-0.5f * LOG2_E, ROUND_RAISED);
      FloatVector n = t.sub(ROUND_RAISED);
      FloatVector r = n.fma(n.broadcast(-LN2_LO), n.fma(n.broadcast(-LN2_HI), square.mul(-0.5f)));
      r = r.add(low.mul(-0.5f));
      FloatVector u = r.fma(E7, E6);
      u = u.fma(r, u.broadcast(E5));
      u = u.fma(r, u.broadcast(E4));
      u = u.fma(r, u.broadcast(E3));
      u = u.fma(r, u.broadcast(E2));
      u = r.mul(r).fma(u, r);
      FloatVector s = t.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector g = s.fma(u, s);
      FloatVector w = v.sub(TAIL_CENTRE);
      FloatVector q = w.fma(G9, G8);
      q = q.fma(w, q.broadcast(G7));
      q = q.fma(w, q.broadcast(G6));
      q = q.fma(w, q.broadcast(G5));
      q = q.fma(w, q.broadcast(G4));
      q = q.fma(w, q.broadcast(G3));
      q = q.fma(w, q.broadcast(G2));
      q = q.fma(w, q.broadcast(G1));
      q = q.fma(w, q.broadcast(G0));
      FloatVector tail = v.mul(q);
      FloatVector h = g.mul(a.fma(a.broadcast(-PHI_0), tail.fma(miss, tail))).mul(LOWER);
      h = h.blend(h.broadcast(1f).sub(h), z.compare(GT, 0f));
      FloatVector.fromArray(SPECIES, dA, dAOff + j).mul(h).intoArray(dZ, dZOff + j);
    }
  }

  /** σ(v)·(1 + z·v'·(1 - σ(v))), v = 2w. */
  public static void geluTanhFromZ(
      int length, float[] dA, int dAOff, float[] saved, int savedOff, float[] dZ, int dZOff) {
    for (int j = 0; j < length; j += VL) {
      FloatVector z = FloatVector.fromArray(SPECIES, saved, savedOff + j);
      FloatVector y = z.reinterpretAsInts().or(Integer.MIN_VALUE).reinterpretAsFloats();
      y = y.blend(-GELU_TANH_MAX, y.compare(LT, -GELU_TANH_MAX));
      FloatVector square = y.mul(y);
      FloatVector q = square.fma(W3, ROUND_FRACTION).sub(ROUND_FRACTION);
      FloatVector p = q.add(W1_HI);
      FloatVector low = square.fma(q.broadcast(W3), q.neg());
      low = y.fma(y, square.neg()).fma(q.broadcast(W3), low);
      low = square.fma(q.broadcast(W3_LO), low.add(W1_LO));
      FloatVector t = y.mul(p).fma(-LOG2_E, ROUND_LOWERED);
      FloatVector n = t.sub(ROUND_LOWERED);
      FloatVector r = y.fma(p, n.mul(LN2_HI));
      r = y.fma(low, n.fma(n.broadcast(LN2_LO), r));
      FloatVector u = r.fma(E7, -E6);
      u = u.fma(r, u.broadcast(E5));
      u = u.fma(r, u.broadcast(-E4));
      u = u.fma(r, u.broadcast(E3));
      u = u.fma(r, u.broadcast(-E2));
      u = r.mul(r).fma(u, r);
      FloatVector s = t.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector c = s.broadcast(LOWERED_ONE).sub(s);
      FloatVector lost = c.broadcast(LOWERED_ONE).sub(c.add(s));
      FloatVector d = s.fma(u, lost).add(c);
      FloatVector sigma = d.broadcast(1f).div(d);
      FloatVector rest = sigma.fma(-LOWERED_ONE, 1f);
      FloatVector slope = y.mul(square.fma(W3_TIMES_3, W1));
      FloatVector h = sigma.mul(slope.fma(rest, slope.broadcast(1f))).mul(LOWERED_ONE);
      h = h.blend(h.broadcast(1f).sub(h), z.compare(GT, 0f));
      FloatVector.fromArray(SPECIES, dA, dAOff + j).mul(h).intoArray(dZ, dZOff + j);
    }
  }

  /** σ(z)·(1 + z·(1 - σ(z))). */
  public static void siluFromZ(
      int length, float[] dA, int dAOff, float[] saved, int savedOff, float[] dZ, int dZOff) {
    for (int j = 0; j < length; j += VL) {
      FloatVector z = FloatVector.fromArray(SPECIES, saved, savedOff + j);
      FloatVector y = z.reinterpretAsInts().or(Integer.MIN_VALUE).reinterpretAsFloats();
      y = y.blend(-LOGISTIC_MAX, y.compare(LT, -LOGISTIC_MAX));
      FloatVector t = y.fma(-LOG2_E, ROUND_LOWERED);
      FloatVector n = t.sub(ROUND_LOWERED);
      FloatVector r = n.fma(n.broadcast(LN2_LO), n.fma(n.broadcast(LN2_HI), y));
      FloatVector u = r.fma(E7, -E6);
      u = u.fma(r, u.broadcast(E5));
      u = u.fma(r, u.broadcast(-E4));
      u = u.fma(r, u.broadcast(E3));
      u = u.fma(r, u.broadcast(-E2));
      u = r.mul(r).fma(u, r);
      FloatVector s = t.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector c = s.broadcast(LOWERED_ONE).sub(s);
      FloatVector lost = c.broadcast(LOWERED_ONE).sub(c.add(s));
      FloatVector d = s.fma(u, lost).add(c);
      FloatVector sigma = d.broadcast(1f).div(d);
      FloatVector rest = sigma.fma(-LOWERED_ONE, 1f);
      FloatVector h = sigma.mul(y.fma(rest, y.broadcast(1f))).mul(LOWERED_ONE);
      h = h.blend(h.broadcast(1f).sub(h), z.compare(GT, 0f));
      FloatVector.fromArray(SPECIES, dA, dAOff + j).mul(h).intoArray(dZ, dZOff + j);
    }
  }

  public static void hardswishFromZ(
      int length, float[] dA, int dAOff, float[] saved, int savedOff, float[] dZ, int dZOff) {
    for (int j = 0; j < length; j += VL) {
      FloatVector z = FloatVector.fromArray(SPECIES, saved, savedOff + j);
      FloatVector d = z.add(z).add(3f).mul(SIXTH);
      d = d.blend(0f, z.compare(LE, -3f));
      d = d.blend(1f, z.compare(GE, 3f));
      FloatVector.fromArray(SPECIES, dA, dAOff + j).mul(d).intoArray(dZ, dZOff + j);
    }
  }
  // spotless:on
}
