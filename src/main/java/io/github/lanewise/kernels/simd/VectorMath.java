package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.scalar.ScalarMath.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link io.github.lanewise.kernels.scalar.ScalarMath}, lane by lane: the same operations in the
 * same order, so the same bits. Read the two side by side; what a method does is said there.
 *
 * <p>Two habits come from C2. A comparison with a blend is two instructions where min or max would
 * be five, as those order zeros and pass NaN on. And constants are broadcast where they are used: a
 * helper for that would be refused once the caller has grown past C2's NodeCountInliningCutoff, and
 * vectors would then be boxed, ten times slower. For the same reason the longest functions call
 * their pieces first and have the polynomial of the tail spelled out. Call one function in a loop,
 * not two. Pieces of at most 35 bytecodes are inlined even where C2 takes a call for rare, if they
 * were not compiled by themselves before; exp is made of such, as softmax calls it in short loops.
 * (As long as its twin.)
 */
public final class VectorMath {

  private VectorMath() {}

  // ---- Pieces -----------------------------------------------------------------------------------

  private static FloatVector remainder(FloatVector y, FloatVector n) {
    return n.fma(n.broadcast(-LN2_LO), n.fma(n.broadcast(-LN2_HI), y));
  }

  private static FloatVector powerOfTwo(FloatVector t) {
    return t.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
  }

  private static FloatVector expm1Reduced(FloatVector r) {
    FloatVector q = r.fma(E7, E6);
    q = q.fma(r, q.broadcast(E5));
    q = q.fma(r, q.broadcast(E4));
    q = q.fma(r, q.broadcast(E3));
    q = q.fma(r, q.broadcast(E2));
    return r.mul(r).fma(q, r);
  }

  /** expm1Reduced in small pieces. */
  private static FloatVector expm1InPieces(FloatVector r) {
    return r.mul(r).fma(expSeriesLow(expSeriesHigh(r), r), r);
  }

  private static FloatVector expSeriesHigh(FloatVector r) {
    FloatVector q = r.fma(E7, E6);
    q = q.fma(r, q.broadcast(E5));
    return q.fma(r, q.broadcast(E4));
  }

  private static FloatVector expSeriesLow(FloatVector high, FloatVector r) {
    FloatVector q = high.fma(r, high.broadcast(E3));
    return q.fma(r, q.broadcast(E2));
  }

  private static FloatVector logisticDenominator(FloatVector t, FloatVector r) {
    FloatVector u = expm1Reduced(r);
    FloatVector s = powerOfTwo(t);
    FloatVector c = s.add(LOWERED_ONE);
    FloatVector lost = c.broadcast(LOWERED_ONE).sub(c.sub(s));
    return s.fma(u, lost).add(c);
  }

  private static FloatVector geluTanhDenominator(FloatVector z) {
    FloatVector square = z.mul(z);
    FloatVector q = square.fma(W3, ROUND_FRACTION).sub(ROUND_FRACTION);
    FloatVector p = q.add(W1_HI);
    FloatVector low = square.fma(q.broadcast(W3), q.neg());
    low = z.fma(z, square.neg()).fma(q.broadcast(W3), low);
    low = square.fma(q.broadcast(W3_LO), low.add(W1_LO));
    FloatVector t = z.neg().mul(p).fma(LOG2_E, ROUND_LOWERED);
    FloatVector n = t.sub(ROUND_LOWERED);
    FloatVector r = z.neg().fma(p, n.mul(-LN2_HI));
    r = z.neg().fma(low, n.fma(n.broadcast(-LN2_LO), r));
    return logisticDenominator(t, r);
  }

  private static FloatVector raisedGauss(
      FloatVector square, FloatVector correction, FloatVector factor) {
    FloatVector t = square.fma(-0.5f * LOG2_E, ROUND_RAISED);
    FloatVector r = remainder(square.mul(-0.5f), t.sub(ROUND_RAISED)).add(correction);
    FloatVector s = powerOfTwo(t).mul(factor);
    return s.fma(expm1Reduced(r), s);
  }

  private static FloatVector tailMiss(FloatVector a, FloatVector v) {
    return v.neg().fma(a, v.fma(-TAIL_SHIFT, 1f)).mul(v.fma(TAIL_SLOPE, 1f));
  }

  // ---- Functions --------------------------------------------------------------------------------

  public static FloatVector exp(FloatVector x) {
    FloatVector y = atLeastExpMin(atMostExpMax(x));
    return expOfClamped(y, y.fma(LOG2_E, ROUND_HALVES));
  }

  private static FloatVector atMostExpMax(FloatVector x) {
    return x.blend(EXP_MAX, x.compare(VectorOperators.GT, EXP_MAX));
  }

  private static FloatVector atLeastExpMin(FloatVector x) {
    return x.blend(EXP_MIN, x.compare(VectorOperators.LT, EXP_MIN));
  }

  private static FloatVector expOfClamped(FloatVector y, FloatVector t) {
    FloatVector u = expm1InPieces(remainder(y, t.sub(ROUND_HALVES)));
    return timesPowerInHalves(u, t.reinterpretAsInts());
  }

  private static FloatVector timesPowerInHalves(FloatVector u, IntVector bits) {
    IntVector half = bits.lanewise(VectorOperators.ASHR, 1);
    return timesBoth(u, power(half), power(bits.sub(half)));
  }

  private static FloatVector power(IntVector exponent) {
    return exponent.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
  }

  private static FloatVector timesBoth(FloatVector u, FloatVector s, FloatVector other) {
    return s.fma(u, s).mul(other);
  }

  public static FloatVector expm1Negative(FloatVector x) {
    FloatVector y = x.blend(EXPM1_MIN, x.compare(VectorOperators.LT, EXPM1_MIN));
    FloatVector t = y.fma(LOG2_E, ROUND_UNIT);
    FloatVector u = expm1Reduced(remainder(y, t.sub(ROUND_UNIT)));
    FloatVector s = powerOfTwo(t);
    return s.fma(u, s.sub(1f));
  }

  public static FloatVector sigmoid(FloatVector x) {
    FloatVector y = x.neg().blend(LOGISTIC_MAX, x.compare(VectorOperators.LT, -LOGISTIC_MAX));
    y = y.blend(-LOGISTIC_ONE, y.compare(VectorOperators.LT, -LOGISTIC_ONE));
    FloatVector t = y.fma(LOG2_E, ROUND_LOWERED);
    FloatVector d = logisticDenominator(t, remainder(y, t.sub(ROUND_LOWERED)));
    return d.broadcast(LOWERED_ONE).div(d);
  }

  public static FloatVector tanh(FloatVector x) {
    FloatVector a = x.abs();
    a = a.blend(TANH_MAX, a.compare(VectorOperators.GT, TANH_MAX));
    FloatVector y = a.mul(-2f);
    FloatVector t = y.fma(LOG2_E, ROUND_NEGATED);
    FloatVector u = expm1Reduced(remainder(y, t.sub(ROUND_NEGATED)));
    FloatVector s = powerOfTwo(t);
    FloatVector m = s.fma(u, s.add(1f));
    FloatVector h = m.div(m.broadcast(2f).sub(m));
    FloatVector rest = h.fma(m, h.fma(h.broadcast(-2f), m));
    h = rest.fma(h.fma(0.5f, 0.5f), h);
    return h.reinterpretAsInts()
        .or(x.reinterpretAsInts().and(Integer.MIN_VALUE))
        .reinterpretAsFloats();
  }

  public static FloatVector softplus(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector y = a.neg().blend(EXP_MIN, a.compare(VectorOperators.GT, -EXP_MIN));
    FloatVector t = y.fma(LOG2_E, ROUND_RAISED);
    FloatVector u = expm1Reduced(remainder(y, t.sub(ROUND_RAISED)));
    FloatVector s = powerOfTwo(t);
    FloatVector e = s.fma(u, s).mul(LOWER);
    FloatVector q = e.fma(L8, L7);
    q = q.fma(e, q.broadcast(L6));
    q = q.fma(e, q.broadcast(L5));
    q = q.fma(e, q.broadcast(L4));
    q = q.fma(e, q.broadcast(L3));
    q = q.fma(e, q.broadcast(L2));
    FloatVector far =
        e.mul(e).fma(q, e).add(x.broadcast(0f).blend(x, x.compare(VectorOperators.GT, 0f)));
    FloatVector z = x.mul(x);
    FloatVector c = z.fma(C5, C4);
    c = c.fma(z, c.broadcast(C3));
    c = c.fma(z, c.broadcast(C2));
    c = c.fma(z, c.broadcast(C1));
    FloatVector near = z.fma(c, x.mul(0.5f)).add(LN2);
    return far.blend(near, a.compare(VectorOperators.LT, 1f));
  }

  public static FloatVector gelu(FloatVector x) {
    FloatVector a = x.abs();
    a = a.blend(GELU_MAX, a.compare(VectorOperators.GT, GELU_MAX));
    FloatVector v = a.broadcast(1f).div(a.add(TAIL_SHIFT));
    FloatVector square = a.mul(a);
    FloatVector low = a.fma(a, square.neg());
    FloatVector g = raisedGauss(square, low.fma(low.broadcast(-0.5f), tailMiss(a, v)), a);
    FloatVector s = v.sub(TAIL_CENTRE);
    FloatVector q = s.fma(G9, G8);
    q = q.fma(s, q.broadcast(G7));
    q = q.fma(s, q.broadcast(G6));
    q = q.fma(s, q.broadcast(G5));
    q = q.fma(s, q.broadcast(G4));
    q = q.fma(s, q.broadcast(G3));
    q = q.fma(s, q.broadcast(G2));
    q = q.fma(s, q.broadcast(G1));
    q = q.fma(s, q.broadcast(G0));
    FloatVector base = x.blend(-0f, x.compare(VectorOperators.LT, 0f));
    return g.mul(v.mul(q)).fma(g.broadcast(-LOWER), base);
  }

  public static FloatVector geluTanh(FloatVector x) {
    FloatVector z = x.blend(-GELU_TANH_MAX, x.compare(VectorOperators.LT, -GELU_TANH_MAX));
    FloatVector h = z.div(geluTanhDenominator(z)).mul(LOWERED_ONE);
    return h.blend(x, x.compare(VectorOperators.GT, GELU_TANH_ONE));
  }

  public static FloatVector silu(FloatVector x) {
    FloatVector z = x.blend(-LOGISTIC_MAX, x.compare(VectorOperators.LT, -LOGISTIC_MAX));
    FloatVector t = z.fma(-LOG2_E, ROUND_LOWERED);
    FloatVector r = remainder(z.neg(), t.sub(ROUND_LOWERED));
    FloatVector h = z.div(logisticDenominator(t, r)).mul(LOWERED_ONE);
    return h.blend(x, x.compare(VectorOperators.GT, LOGISTIC_ONE));
  }

  public static FloatVector hardswish(FloatVector x) {
    FloatVector z = x.blend(-3f, x.compare(VectorOperators.LT, -3f));
    FloatVector c = z.add(3f);
    c = c.blend(6f, c.compare(VectorOperators.GT, 6f));
    return z.mul(c.mul(SIXTH));
  }

  public static FloatVector relu(FloatVector x) {
    return x.max(0f);
  }

  public static FloatVector leakyRelu(FloatVector x, float slope) {
    return x.blend(x.mul(slope), x.compare(VectorOperators.LT, 0f));
  }

  public static FloatVector elu(FloatVector x, float alpha) {
    FloatVector h = expm1Negative(x).mul(alpha);
    return x.blend(h, x.compare(VectorOperators.LT, 0f));
  }

  // ---- Derivatives ------------------------------------------------------------------------------

  public static FloatVector reluFromA(FloatVector a) {
    FloatVector d = a.broadcast(0f).blend(1f, a.compare(VectorOperators.GT, 0f));
    return d.blend(a, a.test(VectorOperators.IS_NAN));
  }

  public static FloatVector leakyReluFromA(FloatVector a, float slope) {
    FloatVector d = a.broadcast(slope).blend(1f, a.compare(VectorOperators.GT, 0f));
    return d.blend(a, a.test(VectorOperators.IS_NAN));
  }

  public static FloatVector eluFromA(FloatVector a, float alpha) {
    FloatVector d = a.add(alpha);
    return d.blend(1f, a.compare(VectorOperators.GT, 0f));
  }

  public static FloatVector sigmoidFromA(FloatVector a) {
    return a.mul(a.broadcast(1f).sub(a));
  }

  public static FloatVector tanhFromA(FloatVector a) {
    return a.neg().fma(a, a.broadcast(1f));
  }

  public static FloatVector softplusFromA(FloatVector a) {
    return a.broadcast(0f).sub(expm1Negative(a.neg()));
  }

  public static FloatVector geluFromZ(FloatVector z) {
    FloatVector a = z.abs();
    a = a.blend(GELU_MAX, a.compare(VectorOperators.GT, GELU_MAX));
    FloatVector v = a.broadcast(1f).div(a.add(TAIL_SHIFT));
    FloatVector miss = tailMiss(a, v);
    FloatVector square = a.mul(a);
    FloatVector low = a.fma(a, square.neg());
    FloatVector g = raisedGauss(square, low.mul(-0.5f), a.broadcast(1f));
    FloatVector s = v.sub(TAIL_CENTRE);
    FloatVector q = s.fma(G9, G8);
    q = q.fma(s, q.broadcast(G7));
    q = q.fma(s, q.broadcast(G6));
    q = q.fma(s, q.broadcast(G5));
    q = q.fma(s, q.broadcast(G4));
    q = q.fma(s, q.broadcast(G3));
    q = q.fma(s, q.broadcast(G2));
    q = q.fma(s, q.broadcast(G1));
    q = q.fma(s, q.broadcast(G0));
    FloatVector tail = v.mul(q);
    FloatVector h = g.mul(a.fma(a.broadcast(-PHI_0), tail.fma(miss, tail))).mul(LOWER);
    return h.blend(h.broadcast(1f).sub(h), z.compare(VectorOperators.GT, 0f));
  }

  public static FloatVector geluTanhFromZ(FloatVector z) {
    FloatVector a = z.abs();
    a = a.blend(GELU_TANH_MAX, a.compare(VectorOperators.GT, GELU_TANH_MAX));
    FloatVector q = a.broadcast(1f).div(geluTanhDenominator(a.neg()));
    FloatVector c = q.fma(LOWERED_ONE, -1f);
    FloatVector slope = a.mul(a.mul(a).fma(W3_TIMES_3, W1));
    FloatVector h = q.mul(slope.fma(c, slope.broadcast(1f))).mul(LOWERED_ONE);
    return h.blend(h.broadcast(1f).sub(h), z.compare(VectorOperators.GT, 0f));
  }

  public static FloatVector siluFromZ(FloatVector z) {
    FloatVector a = z.abs();
    a = a.blend(LOGISTIC_MAX, a.compare(VectorOperators.GT, LOGISTIC_MAX));
    FloatVector t = a.fma(LOG2_E, ROUND_LOWERED);
    FloatVector d = logisticDenominator(t, remainder(a, t.sub(ROUND_LOWERED)));
    FloatVector q = d.broadcast(1f).div(d);
    FloatVector c = q.fma(LOWERED_ONE, -1f);
    FloatVector h = q.mul(a.fma(c, a.broadcast(1f))).mul(LOWERED_ONE);
    return h.blend(h.broadcast(1f).sub(h), z.compare(VectorOperators.GT, 0f));
  }

  public static FloatVector hardswishFromZ(FloatVector z) {
    FloatVector d = z.add(z).add(3f).mul(SIXTH);
    d = d.blend(0f, z.compare(VectorOperators.LE, -3f));
    return d.blend(1f, z.compare(VectorOperators.GE, 3f));
  }
}
