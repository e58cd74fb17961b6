package io.github.lanewise.kernels.scalar;

import static io.github.lanewise.kernels.scalar.Fma.fma;

/**
 * The elementary functions of dense layers, one float at a time: the specification. {@code
 * VectorMath} performs the very same operations lane by lane, method by method in the same order,
 * and so returns the same bits on every machine, at every vector width, in every tier of the JIT.
 *
 * <p>For that, nothing is used but +, -, ×, ÷, fma, comparisons, and shifts of the bits of a float:
 * operations that IEEE 754 or the Java language define to the last bit. Signs and payloads of NaN
 * are the one exception. Accuracy, special values and worst inputs are tabled in {@code
 * src/docs/numerics.md}.
 *
 * <p>All exponentials share one reduction: y = n·ln 2 + r with n an integer and |r| ≤ ½ ln 2, then
 * e^y = 2^n (1 + u) where u = e^r - 1. The power 2^n is never applied before it must be: functions
 * built on e^y fold it into an fma with u, which spares them a rounding.
 */
public final class ScalarMath {

  private ScalarMath() {}

  // ---- Reduction -------------------------------------------------------------------------------

  public static final float LOG2_E = 0x1.715476p+0f;

  /** ln 2 to 24 bits, all multiples of 2^-24: fma(n, -LN2_HI, y) is exact once |y| ≥ ½. */
  public static final float LN2_HI = 0x1.62e430p-1f;

  /** ln 2 - LN2_HI. */
  public static final float LN2_LO = -0x1.05c610p-29f;

  /**
   * 1.5 · 2^23. A sum with it has no bits below the units: fma(y, LOG2_E, ROUND + k) rounds y·log2
   * e to the nearest integer n and leaves n + k in the low bits, whence {@link #powerOfTwo} makes
   * 2^(n + k - 127). Each function adds the exponent bias and the scale it works at as its own k.
   */
  private static final float ROUND = 0x1.8p23f;

  /** k for 2^n = 2^(h + h') in two halves, each with the bias 127. */
  public static final float ROUND_HALVES = ROUND + 254;

  /** k for 2^n. */
  public static final float ROUND_UNIT = ROUND + 127;

  /** k for -2^n: 256 is one place above the exponent, where the sign is. */
  public static final float ROUND_NEGATED = ROUND + 127 + 256;

  /** k for 2^(n + 64), when n is at most 0 and the result may be subnormal. */
  public static final float ROUND_RAISED = ROUND + 127 + 64;

  /**
   * Takes the scale of {@link #ROUND_RAISED} back, with the only rounding of a subnormal result.
   */
  public static final float LOWER = 0x1p-64f;

  /** k for 2^(n - 32), when n reaches 157 and D = 1 + e^y would overflow. */
  public static final float ROUND_LOWERED = ROUND + 127 - 32;

  /** The scale of {@link #ROUND_LOWERED}: it stands for 1. */
  public static final float LOWERED_ONE = 0x1p-32f;

  // ---- u = e^r - 1 on |r| ≤ ½ ln 2: r + r²·(E2 + E3 r + … + E7 r^5)
  // ------------------------------
  // Remez exchange on (e^r - 1 - r)/r², weighted for the relative error of u, then a search among
  // the neighbouring floats: |error| ≤ 2^-30.2 |u|.

  public static final float E2 = 0x1.000000p-1f;
  public static final float E3 = 0x1.555554p-3f;
  public static final float E4 = 0x1.5554d0p-5f;
  public static final float E5 = 0x1.11122ap-7f;
  public static final float E6 = 0x1.6d7204p-10f;
  public static final float E7 = 0x1.a0351ap-13f;

  // ---- Where results have become exact: arguments are clamped there, infinities with them
  // ---------

  /** e^89 overflows to infinity. */
  public static final float EXP_MAX = 89f;

  /** e^-104 rounds to 0. */
  public static final float EXP_MIN = -104f;

  /** 1 - e^-20 rounds to 1. */
  public static final float EXPM1_MIN = -20f;

  /** tanh 10 rounds to 1. */
  public static final float TANH_MAX = 10f;

  /** σ(-109) and 109 σ(-109) round to 0. */
  public static final float LOGISTIC_MAX = 109f;

  /** σ(40) rounds to 1. */
  public static final float LOGISTIC_ONE = 40f;

  /** The cubic of geluTanh puts -11 beyond LOGISTIC_MAX: the result rounds to 0. */
  public static final float GELU_TANH_MAX = 10.85f;

  /** geluTanh(7) rounds to 7. */
  public static final float GELU_TANH_ONE = 7f;

  /** 15 Φ(-15) and 15 φ(15) round to 0. */
  public static final float GELU_MAX = 14.75f;

  // ---- log(1 + e) on 0 ≤ e ≤ 1/e: e + e²·(L2 + L3 e + … + L8 e^6)
  // --------------------------------
  // Remez exchange weighted for relative error: 2^-31.1.

  public static final float L2 = -0x1.fffffap-2f;
  public static final float L3 = 0x1.5553b2p-2f;
  public static final float L4 = -0x1.ffb1cap-3f;
  public static final float L5 = 0x1.96164cp-3f;
  public static final float L6 = -0x1.3f2010p-3f;
  public static final float L7 = 0x1.a63002p-4f;
  public static final float L8 = -0x1.3fedecp-5f;

  // ---- log(2 cosh(x/2)) on |x| ≤ 1, the even part of softplus: ln 2 + x²·(C1 + C2 x² + … + C5
  // x^8) -
  // Remez exchange weighted for the relative error of softplus: 2^-31.4.

  public static final float C1 = 0x1.fffffep-4f;
  public static final float C2 = -0x1.5553dcp-8f;
  public static final float C3 = 0x1.6bb98ap-12f;
  public static final float C4 = -0x1.afc9b6p-16f;
  public static final float C5 = 0x1.b33c80p-20f;

  // ---- Φ(-a) e^(a²/2) on 0 ≤ a ≤ 14.8: (P0 + … + P4 a^4) / (Q0 + … + Q5 a^5)
  // ------------------------
  // Rational Remez exchange for relative error, points spread by (a - 3)/(a + 3) as in Shepherd and
  // Laframboise, Math. Comp. 36 (1981); then a search over common factors and neighbouring floats:
  // 2^-26.6. All coefficients are positive, so nothing cancels.

  public static final float P0 = 0x1.18d6b2p-1f;
  public static final float P1 = 0x1.ed0874p-2f;
  public static final float P2 = 0x1.9cac94p-3f;
  public static final float P3 = 0x1.6e8310p-5f;
  public static final float P4 = 0x1.298bacp-8f;
  public static final float Q0 = 0x1.18d6b2p+0f;
  public static final float Q1 = 0x1.d697ecp+0f;
  public static final float Q2 = 0x1.523a22p+0f;
  public static final float Q3 = 0x1.08598cp-1f;
  public static final float Q4 = 0x1.cb61f8p-4f;
  public static final float Q5 = 0x1.74e9fap-7f;

  /** φ(0) = 1/√(2π). */
  public static final float PHI_0 = 0x1.988454p-2f;

  // ---- 2·√(2/π)·(x + 0.044715 x³), the argument of geluTanh's logistic function
  // ---------------------

  public static final float W1 = 0x1.988454p+0f;
  public static final float W3 = 0x1.2444f2p-4f;
  public static final float W3_TIMES_3 = 0x1.b6676cp-3f;

  public static final float SIXTH = 1f / 6f;

  // ---- Pieces
  // --------------------------------------------------------------------------------------

  /** r = y - n·ln 2. */
  private static float remainder(float y, float n) {
    return fma(n, -LN2_LO, fma(n, -LN2_HI, y));
  }

  /** 2^(low bits of t - 127), t a sum with one of the ROUND constants. */
  private static float powerOfTwo(float t) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(t) << 23);
  }

  /** u = e^r - 1 for |r| ≤ ½ ln 2. */
  private static float expm1Reduced(float r) {
    float q = fma(E7, r, E6);
    q = fma(q, r, E5);
    q = fma(q, r, E4);
    q = fma(q, r, E3);
    q = fma(q, r, E2);
    return fma(r * r, q, r);
  }

  /** 2^-32·(1 + e^y) for -60 ≤ y ≤ 109; the 1 joins before u does, so only one rounding counts. */
  private static float logisticDenominator(float y) {
    float t = fma(y, LOG2_E, ROUND_LOWERED);
    float u = expm1Reduced(remainder(y, t - ROUND_LOWERED));
    float s = powerOfTwo(t);
    return fma(s, u, s + LOWERED_ONE);
  }

  /** 2^64·e^(-a²/2) for 0 ≤ a ≤ 14.75; the low half of a² goes into the remainder. */
  private static float raisedGauss(float a) {
    float square = a * a;
    float low = fma(a, a, -square);
    float t = fma(square, -0.5f * LOG2_E, ROUND_RAISED);
    float r = fma(low, -0.5f, remainder(square * -0.5f, t - ROUND_RAISED));
    float s = powerOfTwo(t);
    return fma(s, expm1Reduced(r), s);
  }

  /** Numerator of Φ(-a)·e^(a²/2). */
  private static float tailNumerator(float a) {
    float p = fma(P4, a, P3);
    p = fma(p, a, P2);
    p = fma(p, a, P1);
    return fma(p, a, P0);
  }

  /** Denominator of Φ(-a)·e^(a²/2). */
  private static float tailDenominator(float a) {
    float q = fma(Q5, a, Q4);
    q = fma(q, a, Q3);
    q = fma(q, a, Q2);
    q = fma(q, a, Q1);
    return fma(q, a, Q0);
  }

  // ---- Functions
  // -----------------------------------------------------------------------------------

  /** e^x. */
  public static float exp(float x) {
    float y = x > EXP_MAX ? EXP_MAX : x;
    y = y < EXP_MIN ? EXP_MIN : y;
    float t = fma(y, LOG2_E, ROUND_HALVES);
    float u = expm1Reduced(remainder(y, t - ROUND_HALVES));
    int bits = Float.floatToRawIntBits(t);
    int half = bits >> 1;
    float s = Float.intBitsToFloat(half << 23);
    return fma(s, u, s) * Float.intBitsToFloat((bits - half) << 23);
  }

  /** e^x - 1 for x ≤ 0; what it returns for x > 0 is unspecified. */
  public static float expm1Negative(float x) {
    float y = x < EXPM1_MIN ? EXPM1_MIN : x;
    float t = fma(y, LOG2_E, ROUND_UNIT);
    float u = expm1Reduced(remainder(y, t - ROUND_UNIT));
    float s = powerOfTwo(t);
    return fma(s, u, s - 1f);
  }

  /** σ(x) = 1/(1 + e^-x). */
  public static float sigmoid(float x) {
    float y = x < -LOGISTIC_MAX ? LOGISTIC_MAX : -x;
    y = y < -LOGISTIC_ONE ? -LOGISTIC_ONE : y;
    return LOWERED_ONE / logisticDenominator(y);
  }

  /**
   * tanh x = m/(2 - m), m = 1 - e^(-2|x|). For small x nothing cancels, since then 2^n = 1 and m =
   * -u; and it is monotone because numerator and denominator are.
   */
  public static float tanh(float x) {
    float a = Math.abs(x);
    a = a > TANH_MAX ? TANH_MAX : a;
    float y = a * -2f;
    float t = fma(y, LOG2_E, ROUND_NEGATED);
    float u = expm1Reduced(remainder(y, t - ROUND_NEGATED));
    float s = powerOfTwo(t);
    float m = fma(s, u, s + 1f);
    float h = m / (2f - m);
    return Float.intBitsToFloat(
        Float.floatToRawIntBits(h) | (Float.floatToRawIntBits(x) & Integer.MIN_VALUE));
  }

  /**
   * log(1 + e^x) = max(x, 0) + log(1 + e^-|x|), and near 0, where the roundings of these two would
   * not stay monotone, ln 2 + x/2 + an even polynomial.
   */
  public static float softplus(float x) {
    float a = Math.abs(x);
    float y = a > -EXP_MIN ? EXP_MIN : -a;
    float t = fma(y, LOG2_E, ROUND_RAISED);
    float u = expm1Reduced(remainder(y, t - ROUND_RAISED));
    float s = powerOfTwo(t);
    float e = fma(s, u, s) * LOWER;
    float q = fma(L8, e, L7);
    q = fma(q, e, L6);
    q = fma(q, e, L5);
    q = fma(q, e, L4);
    q = fma(q, e, L3);
    q = fma(q, e, L2);
    float far = fma(e * e, q, e) + (x > 0f ? x : 0f);
    float z = x * x;
    float c = fma(C5, z, C4);
    c = fma(c, z, C3);
    c = fma(c, z, C2);
    c = fma(c, z, C1);
    float near = fma(z, c, x * 0.5f) + LN2_HI;
    return a < 1f ? near : far;
  }

  /** x·Φ(x) = max(x, 0) - |x|·Φ(-|x|). */
  public static float gelu(float x) {
    float a = Math.abs(x);
    a = a > GELU_MAX ? GELU_MAX : a;
    float tail = raisedGauss(a) * (a * tailNumerator(a) / tailDenominator(a));
    return fma(tail, -LOWER, x < 0f ? -0f : x);
  }

  /** ½x·(1 + tanh(w)) = x·σ(2w), w = √(2/π)·(x + 0.044715 x³). */
  public static float geluTanh(float x) {
    float z = x < -GELU_TANH_MAX ? -GELU_TANH_MAX : x;
    float y = -z * fma(z * z, W3, W1);
    float h = z / logisticDenominator(y) * LOWERED_ONE;
    return x > GELU_TANH_ONE ? x : h;
  }

  /** x·σ(x) = x/(1 + e^-x). */
  public static float silu(float x) {
    float z = x < -LOGISTIC_MAX ? -LOGISTIC_MAX : x;
    float h = z / logisticDenominator(-z) * LOWERED_ONE;
    return x > LOGISTIC_ONE ? x : h;
  }

  /** x·clamp(x + 3, 0, 6)/6. */
  public static float hardswish(float x) {
    float z = x < -3f ? -3f : x;
    float c = z + 3f;
    c = c > 6f ? 6f : c;
    return z * (c * SIXTH);
  }

  /** max(x, 0); NaN stays NaN and -0 stays -0. */
  public static float relu(float x) {
    return x < 0f ? 0f : x;
  }

  /** x, or slope·x below 0. */
  public static float leakyRelu(float x, float slope) {
    return x < 0f ? x * slope : x;
  }

  /** x, or alpha·(e^x - 1) below 0. */
  public static float elu(float x, float alpha) {
    float h = expm1Negative(x) * alpha;
    return x < 0f ? h : x;
  }

  // ---- Derivatives: FromA takes the output of the function, FromZ its input
  // -------------------------

  public static float reluFromA(float a) {
    float d = a > 0f ? 1f : 0f;
    return Float.isNaN(a) ? a : d;
  }

  public static float leakyReluFromA(float a, float slope) {
    float d = a > 0f ? 1f : slope;
    return Float.isNaN(a) ? a : d;
  }

  public static float eluFromA(float a, float alpha) {
    float d = a + alpha;
    return a > 0f ? 1f : d;
  }

  /** a·(1 - a). */
  public static float sigmoidFromA(float a) {
    return a * (1f - a);
  }

  /** 1 - a². */
  public static float tanhFromA(float a) {
    return fma(-a, a, 1f);
  }

  /** 1 - e^-a. */
  public static float softplusFromA(float a) {
    return -expm1Negative(-a);
  }

  /**
   * Φ(z) + z·φ(z). This and the two below are d(z) with d(z) + d(-z) = 1: the tail is evaluated
   * where it is small, at -|z|, and on the other side taken from 1.
   */
  public static float geluFromZ(float z) {
    float a = Math.abs(z);
    a = a > GELU_MAX ? GELU_MAX : a;
    float f = fma(a, -PHI_0, tailNumerator(a) / tailDenominator(a));
    float h = raisedGauss(a) * f * LOWER;
    return z > 0f ? 1f - h : h;
  }

  /** σ(v)·(1 + z·v'·(1 - σ(v))), v = 2w. */
  public static float geluTanhFromZ(float z) {
    float a = Math.abs(z);
    a = a > GELU_TANH_MAX ? GELU_TANH_MAX : a;
    float square = a * a;
    float q = 1f / logisticDenominator(a * fma(square, W3, W1));
    float c = fma(q, -LOWERED_ONE, 1f);
    float slope = a * fma(square, W3_TIMES_3, W1);
    float h = q * fma(-slope, c, 1f) * LOWERED_ONE;
    return z > 0f ? 1f - h : h;
  }

  /** σ(z)·(1 + z·(1 - σ(z))). */
  public static float siluFromZ(float z) {
    float a = Math.abs(z);
    a = a > LOGISTIC_MAX ? LOGISTIC_MAX : a;
    float q = 1f / logisticDenominator(a);
    float c = fma(q, -LOWERED_ONE, 1f);
    float h = q * fma(-a, c, 1f) * LOWERED_ONE;
    return z > 0f ? 1f - h : h;
  }

  /** (2z + 3)/6 between -3 and 3, where the flat sides 0 and 1 begin. */
  public static float hardswishFromZ(float z) {
    float d = (z + z + 3f) * SIXTH;
    d = z <= -3f ? 0f : d;
    return z >= 3f ? 1f : d;
  }
}
