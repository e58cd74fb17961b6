package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.scalar.ScalarMath.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link io.github.lanewise.kernels.scalar.ScalarMath}, lane by lane: the same operations in the
 * same order, so the same bits. Read the two side by side; what a method means is said there.
 *
 * <p>A comparison with a blend is two instructions where min or max would be five (they order zeros
 * and pass NaN on), and lets NaN through as well. Every method is small enough for C2 to inline.
 */
public final class VectorMath {

  private VectorMath() {}

  // ---- Pieces
  // --------------------------------------------------------------------------------------

  private static FloatVector all(float c) {
    return FloatVector.broadcast(Lanes.SPECIES, c);
  }

  /** a·b + c. */
  private static FloatVector fma(FloatVector a, FloatVector b, FloatVector c) {
    return a.fma(b, c);
  }

  private static FloatVector fma(FloatVector a, FloatVector b, float c) {
    return a.fma(b, all(c));
  }

  private static FloatVector fma(FloatVector a, float b, FloatVector c) {
    return a.fma(all(b), c);
  }

  private static FloatVector fma(FloatVector a, float b, float c) {
    return a.fma(all(b), all(c));
  }

  private static FloatVector remainder(FloatVector y, FloatVector n) {
    return fma(n, -LN2_LO, fma(n, -LN2_HI, y));
  }

  private static FloatVector powerOfTwo(FloatVector t) {
    return t.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
  }

  private static FloatVector expm1Reduced(FloatVector r) {
    FloatVector q = fma(r, E7, E6);
    q = fma(q, r, E5);
    q = fma(q, r, E4);
    q = fma(q, r, E3);
    q = fma(q, r, E2);
    return fma(r.mul(r), q, r);
  }

  private static FloatVector logisticDenominator(FloatVector y) {
    FloatVector t = fma(y, LOG2_E, ROUND_LOWERED);
    FloatVector u = expm1Reduced(remainder(y, t.sub(ROUND_LOWERED)));
    FloatVector s = powerOfTwo(t);
    return fma(s, u, s.add(LOWERED_ONE));
  }

  private static FloatVector raisedGauss(FloatVector a) {
    FloatVector square = a.mul(a);
    FloatVector low = fma(a, a, square.neg());
    FloatVector t = fma(square, -0.5f * LOG2_E, ROUND_RAISED);
    FloatVector r = fma(low, -0.5f, remainder(square.mul(-0.5f), t.sub(ROUND_RAISED)));
    FloatVector s = powerOfTwo(t);
    return fma(s, expm1Reduced(r), s);
  }

  private static FloatVector tailNumerator(FloatVector a) {
    FloatVector p = fma(a, P4, P3);
    p = fma(p, a, P2);
    p = fma(p, a, P1);
    return fma(p, a, P0);
  }

  private static FloatVector tailDenominator(FloatVector a) {
    FloatVector q = fma(a, Q5, Q4);
    q = fma(q, a, Q3);
    q = fma(q, a, Q2);
    q = fma(q, a, Q1);
    return fma(q, a, Q0);
  }

  // ---- Functions
  // -----------------------------------------------------------------------------------

  public static FloatVector exp(FloatVector x) {
    FloatVector y = x.blend(EXP_MAX, x.compare(VectorOperators.GT, EXP_MAX));
    y = y.blend(EXP_MIN, y.compare(VectorOperators.LT, EXP_MIN));
    FloatVector t = fma(y, LOG2_E, ROUND_HALVES);
    FloatVector u = expm1Reduced(remainder(y, t.sub(ROUND_HALVES)));
    IntVector bits = t.reinterpretAsInts();
    IntVector half = bits.lanewise(VectorOperators.ASHR, 1);
    FloatVector s = half.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    return fma(s, u, s)
        .mul(bits.sub(half).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
  }

  public static FloatVector expm1Negative(FloatVector x) {
    FloatVector y = x.blend(EXPM1_MIN, x.compare(VectorOperators.LT, EXPM1_MIN));
    FloatVector t = fma(y, LOG2_E, ROUND_UNIT);
    FloatVector u = expm1Reduced(remainder(y, t.sub(ROUND_UNIT)));
    FloatVector s = powerOfTwo(t);
    return fma(s, u, s.sub(1f));
  }

  public static FloatVector sigmoid(FloatVector x) {
    FloatVector y = x.neg().blend(LOGISTIC_MAX, x.compare(VectorOperators.LT, -LOGISTIC_MAX));
    y = y.blend(-LOGISTIC_ONE, y.compare(VectorOperators.LT, -LOGISTIC_ONE));
    return all(LOWERED_ONE).div(logisticDenominator(y));
  }

  public static FloatVector tanh(FloatVector x) {
    FloatVector a = x.abs();
    a = a.blend(TANH_MAX, a.compare(VectorOperators.GT, TANH_MAX));
    FloatVector y = a.mul(-2f);
    FloatVector t = fma(y, LOG2_E, ROUND_NEGATED);
    FloatVector u = expm1Reduced(remainder(y, t.sub(ROUND_NEGATED)));
    FloatVector s = powerOfTwo(t);
    FloatVector m = fma(s, u, s.add(1f));
    FloatVector h = m.div(all(2f).sub(m));
    return h.reinterpretAsInts()
        .or(x.reinterpretAsInts().and(Integer.MIN_VALUE))
        .reinterpretAsFloats();
  }

  public static FloatVector softplus(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector y = a.neg().blend(EXP_MIN, a.compare(VectorOperators.GT, -EXP_MIN));
    FloatVector t = fma(y, LOG2_E, ROUND_RAISED);
    FloatVector u = expm1Reduced(remainder(y, t.sub(ROUND_RAISED)));
    FloatVector s = powerOfTwo(t);
    FloatVector e = fma(s, u, s).mul(LOWER);
    FloatVector q = fma(e, L8, L7);
    q = fma(q, e, L6);
    q = fma(q, e, L5);
    q = fma(q, e, L4);
    q = fma(q, e, L3);
    q = fma(q, e, L2);
    FloatVector far = fma(e.mul(e), q, e).add(all(0f).blend(x, x.compare(VectorOperators.GT, 0f)));
    FloatVector z = x.mul(x);
    FloatVector c = fma(z, C5, C4);
    c = fma(c, z, C3);
    c = fma(c, z, C2);
    c = fma(c, z, C1);
    FloatVector near = fma(z, c, x.mul(0.5f)).add(LN2_HI);
    return far.blend(near, a.compare(VectorOperators.LT, 1f));
  }

  public static FloatVector gelu(FloatVector x) {
    FloatVector a = x.abs();
    a = a.blend(GELU_MAX, a.compare(VectorOperators.GT, GELU_MAX));
    FloatVector tail = raisedGauss(a).mul(a.mul(tailNumerator(a)).div(tailDenominator(a)));
    return fma(tail, -LOWER, x.blend(-0f, x.compare(VectorOperators.LT, 0f)));
  }

  public static FloatVector geluTanh(FloatVector x) {
    FloatVector z = x.blend(-GELU_TANH_MAX, x.compare(VectorOperators.LT, -GELU_TANH_MAX));
    FloatVector y = z.neg().mul(fma(z.mul(z), W3, W1));
    FloatVector h = z.div(logisticDenominator(y)).mul(LOWERED_ONE);
    return h.blend(x, x.compare(VectorOperators.GT, GELU_TANH_ONE));
  }

  public static FloatVector silu(FloatVector x) {
    FloatVector z = x.blend(-LOGISTIC_MAX, x.compare(VectorOperators.LT, -LOGISTIC_MAX));
    FloatVector h = z.div(logisticDenominator(z.neg())).mul(LOWERED_ONE);
    return h.blend(x, x.compare(VectorOperators.GT, LOGISTIC_ONE));
  }

  public static FloatVector hardswish(FloatVector x) {
    FloatVector z = x.blend(-3f, x.compare(VectorOperators.LT, -3f));
    FloatVector c = z.add(3f);
    c = c.blend(6f, c.compare(VectorOperators.GT, 6f));
    return z.mul(c.mul(SIXTH));
  }

  public static FloatVector relu(FloatVector x) {
    return x.blend(0f, x.compare(VectorOperators.LT, 0f));
  }

  public static FloatVector leakyRelu(FloatVector x, float slope) {
    return x.blend(x.mul(slope), x.compare(VectorOperators.LT, 0f));
  }

  public static FloatVector elu(FloatVector x, float alpha) {
    FloatVector h = expm1Negative(x).mul(alpha);
    return x.blend(h, x.compare(VectorOperators.LT, 0f));
  }

  // ---- Derivatives
  // ---------------------------------------------------------------------------------

  public static FloatVector reluFromA(FloatVector a) {
    FloatVector d = all(0f).blend(1f, a.compare(VectorOperators.GT, 0f));
    return d.blend(a, a.test(VectorOperators.IS_NAN));
  }

  public static FloatVector leakyReluFromA(FloatVector a, float slope) {
    FloatVector d = all(slope).blend(1f, a.compare(VectorOperators.GT, 0f));
    return d.blend(a, a.test(VectorOperators.IS_NAN));
  }

  public static FloatVector eluFromA(FloatVector a, float alpha) {
    FloatVector d = a.add(alpha);
    return d.blend(1f, a.compare(VectorOperators.GT, 0f));
  }

  public static FloatVector sigmoidFromA(FloatVector a) {
    return a.mul(all(1f).sub(a));
  }

  public static FloatVector tanhFromA(FloatVector a) {
    return fma(a.neg(), a, 1f);
  }

  public static FloatVector softplusFromA(FloatVector a) {
    return expm1Negative(a.neg()).neg();
  }

  public static FloatVector geluFromZ(FloatVector z) {
    FloatVector a = z.abs();
    a = a.blend(GELU_MAX, a.compare(VectorOperators.GT, GELU_MAX));
    FloatVector f = fma(a, -PHI_0, tailNumerator(a).div(tailDenominator(a)));
    FloatVector h = raisedGauss(a).mul(f).mul(LOWER);
    return h.blend(all(1f).sub(h), z.compare(VectorOperators.GT, 0f));
  }

  public static FloatVector geluTanhFromZ(FloatVector z) {
    FloatVector a = z.abs();
    a = a.blend(GELU_TANH_MAX, a.compare(VectorOperators.GT, GELU_TANH_MAX));
    FloatVector square = a.mul(a);
    FloatVector q = all(1f).div(logisticDenominator(a.mul(fma(square, W3, W1))));
    FloatVector c = fma(q, -LOWERED_ONE, 1f);
    FloatVector slope = a.mul(fma(square, W3_TIMES_3, W1));
    FloatVector h = q.mul(fma(slope.neg(), c, 1f)).mul(LOWERED_ONE);
    return h.blend(all(1f).sub(h), z.compare(VectorOperators.GT, 0f));
  }

  public static FloatVector siluFromZ(FloatVector z) {
    FloatVector a = z.abs();
    a = a.blend(LOGISTIC_MAX, a.compare(VectorOperators.GT, LOGISTIC_MAX));
    FloatVector q = all(1f).div(logisticDenominator(a));
    FloatVector c = fma(q, -LOWERED_ONE, 1f);
    FloatVector h = q.mul(fma(a.neg(), c, 1f)).mul(LOWERED_ONE);
    return h.blend(all(1f).sub(h), z.compare(VectorOperators.GT, 0f));
  }

  public static FloatVector hardswishFromZ(FloatVector z) {
    FloatVector d = z.add(z).add(3f).mul(SIXTH);
    d = d.blend(0f, z.compare(VectorOperators.LE, -3f));
    return d.blend(1f, z.compare(VectorOperators.GE, 3f));
  }
}
