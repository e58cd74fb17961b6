package io.github.lanewise.kernels.scalar;

import static io.github.lanewise.kernels.scalar.Fma.fma;

/**
 * The elementary functions of dense layers, one float at a time: the specification. {@code
 * VectorMath} performs the very same operations lane by lane, method by method in the same order,
 * and so returns the same bits on every machine, at every vector width, in every tier of the JIT.
 *
 * <p>For that, nothing is used but +, -, ×, ÷, fma, comparisons, and shifts of the bits of a float:
 * operations that IEEE 754 and the Java language define to the last bit. Sign and payload of NaN
 * are the one exception. Accuracy, worst inputs and special values are tabled in {@code
 * src/docs/numerics.md}.
 *
 * <p>All exponentials share one reduction (Cody and Waite, Software Manual for the Elementary
 * Functions, 1980): y = n·ln 2 + r with n an integer and |r| ≤ ½ ln 2; then e^y = 2^n·(1 + u), u =
 * e^r - 1. Nearly everywhere e^y itself is never rounded: what is to be added to it or multiplied
 * with it joins 2^n, where that is exact, and u comes in last, by an fma.
 *
 * <p>Arguments are clamped to where the result has become exact. So infinities never meet a zero,
 * and an integer never overflows its place in the bits. Comparisons are written such that NaN
 * passes through them. (One long file: the functions share their pieces, and it can be read beside
 * {@code VectorMath}.)
 */
public final class ScalarMath {

  private ScalarMath() {}

  // ---- Reduction --------------------------------------------------------------------------------

  public static final float LOG2_E = 0x1.715476p+0f;

  /** ln 2 cut to 15 bits: its product with an integer below 2^9 is exact. */
  public static final float LN2_HI = 0x1.62e4p-1f;

  /** ln 2 - LN2_HI. */
  public static final float LN2_LO = 0x1.7f7d1cp-20f;

  /**
   * 1.5·2^23. A sum with it has no bits below the units: fma(y, LOG2_E, ROUND + k) rounds y·log2 e
   * to the integer n and holds n + k in its low bits, from which {@link #powerOfTwo} makes 2^(n + k
   * - 127). Every function has its k: the bias 127, and the scale that keeps 2^n among the normal
   * floats.
   */
  private static final float ROUND = 0x1.8p23f;

  /** For 2^n. */
  public static final float ROUND_UNIT = ROUND + 127;

  /** For -2^n: 256 is one place above the exponent, where the sign is. */
  public static final float ROUND_NEGATED = ROUND + 127 + 256;

  /** For two factors that multiply to 2^n, each with its own bias. */
  public static final float ROUND_HALVES = ROUND + 127 + 127;

  /** For 2^(n + 64), when n may be as low as -157. */
  public static final float ROUND_RAISED = ROUND + 127 + 64;

  /** Undoes {@link #ROUND_RAISED}; a subnormal result is rounded here and only here. */
  public static final float LOWER = 0x1p-64f;

  /** For -2^(n - 32), when n may be as high as 158. */
  public static final float ROUND_LOWERED = ROUND + 127 - 32 + 256;

  /** What stands for 1 at the scale of {@link #ROUND_LOWERED}. */
  public static final float LOWERED_ONE = 0x1p-32f;

  // ---- Clamps -----------------------------------------------------------------------------------

  /** e^89 overflows to infinity. */
  public static final float EXP_MAX = 89f;

  /** e^-104 rounds to 0. */
  public static final float EXP_MIN = -104f;

  /** e^-20 - 1 rounds to -1. */
  public static final float EXPM1_MIN = -20f;

  /** tanh 10 rounds to 1. */
  public static final float TANH_MAX = 10f;

  /** 109·σ(-109) rounds to 0. */
  public static final float LOGISTIC_MAX = 109f;

  /** σ(40) rounds to 1. */
  public static final float LOGISTIC_ONE = 40f;

  /** Here and beyond, geluTanh and its derivative round to 0 on the left. */
  public static final float GELU_TANH_MAX = 10.9f;

  /** geluTanh(7) rounds to 7. */
  public static final float GELU_TANH_ONE = 7f;

  /** 14.75·Φ(-14.75) and 14.75·φ(14.75) round to 0. */
  public static final float GELU_MAX = 14.75f;

  // Coefficients are minimax for the relative error of what they serve: a Remez exchange of our
  // own, then rounding to floats one after the other with the rest fitted anew, then a search among
  // the neighbouring floats. The error given is that of the rounded coefficients.

  // ---- e^r - 1 = r + r²·(E2 + E3 r + … + E7 r^5) for |r| ≤ ½ ln 2, error 2^-30.2 ----------------

  public static final float E2 = 0x1.000000p-1f;
  public static final float E3 = 0x1.555554p-3f;
  public static final float E4 = 0x1.5554d0p-5f;
  public static final float E5 = 0x1.11122ap-7f;
  public static final float E6 = 0x1.6d7204p-10f;
  public static final float E7 = 0x1.a0351ap-13f;

  // ---- log(1 + e) = e + e²·(L2 + L3 e + … + L8 e^6) for 0 ≤ e ≤ 1/e, error 2^-31.1 --------------

  public static final float L2 = -0x1.fffffap-2f;
  public static final float L3 = 0x1.5553b2p-2f;
  public static final float L4 = -0x1.ffb1cap-3f;
  public static final float L5 = 0x1.96164cp-3f;
  public static final float L6 = -0x1.3f2010p-3f;
  public static final float L7 = 0x1.a63002p-4f;
  public static final float L8 = -0x1.3fedecp-5f;

  // ---- log(2 cosh(x/2)) = ln 2 + C1 z + C2 z² + … + C5 z^5, z = x² ≤ 1, error 2^-31.4 -----------

  public static final float LN2 = 0x1.62e430p-1f;
  public static final float C1 = 0x1.fffffep-4f;
  public static final float C2 = -0x1.5553dcp-8f;
  public static final float C3 = 0x1.6bb98ap-12f;
  public static final float C4 = -0x1.afc9b6p-16f;
  public static final float C5 = 0x1.b33c80p-20f;

  // ---- Φ(-a)·e^(a²/2) = v·(G0 + G1 s + … + G9 s^9) for 0 ≤ a ≤ 14.76, error 2^-28.2 -------------
  // v = 1/(a + TAIL_SHIFT) and s = v - TAIL_CENTRE: the mapping of Shepherd and Laframboise, Math.
  // Comp. 36 (1981), makes the half line an interval, and the factor v carries the decay. The shift
  // is the one with the least error at this degree; the centre makes G0 lose little by rounding.

  public static final float TAIL_SHIFT = 3.375f;
  public static final float TAIL_CENTRE = 2881f / 16384f;

  public static final float G0 = 0x1.b5fa96p-1f;
  public static final float G1 = 0x1.2321b8p+2f;
  public static final float G2 = 0x1.007c0ep+4f;
  public static final float G3 = 0x1.f57fc4p+4f;
  public static final float G4 = 0x1.d5a15cp-1f;
  public static final float G5 = -0x1.0df95ap+7f;
  public static final float G6 = -0x1.583b7cp+6f;
  public static final float G7 = 0x1.6c6212p+9f;
  public static final float G8 = 0x1.608cc0p+8f;
  public static final float G9 = -0x1.e84116p+11f;

  /** An error ε of v, relatively, is one of (1 + TAIL_SLOPE·v)·ε in the result, within a tenth. */
  public static final float TAIL_SLOPE = 5.5f;

  /** φ(0) = 1/√(2π). */
  public static final float PHI_0 = 0x1.988454p-2f;

  // ---- 2w = 2·√(2/π)·(x + 0.044715 x³) = x·(W1 + W3 x²) -----------------------------------------

  public static final float W1 = 0x1.988454p+0f;
  public static final float W3 = 0x1.2444f2p-4f;

  /** For the derivative of 2w. */
  public static final float W3_TIMES_3 = 0x1.b6676cp-3f;

  /** W1 in two parts, of 15 bits and the rest, and what W3 lacks. */
  public static final float W1_HI = 0x1.9884p+0f;

  public static final float W1_LO = 0x1.4cf50ep-18f;
  public static final float W3_LO = 0x1.49b16ap-29f;

  /** 1.5·2^8. A sum with it has no bits below 2^-15. */
  public static final float ROUND_FRACTION = 0x1.8p8f;

  public static final float SIXTH = 1f / 6f;

  // ---- Pieces -----------------------------------------------------------------------------------

  /** r = y - n·ln 2. */
  private static float remainder(float y, float n) {
    return fma(n, -LN2_LO, fma(n, -LN2_HI, y));
  }

  /** 2^(k - 127), k the low bits of a sum with one of the ROUND constants. */
  private static float powerOfTwo(float t) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(t) << 23);
  }

  /** u = e^r - 1 for |r| ≤ ½ ln 2. */
  private static float expm1Reduced(float r) {
    float q = fma(r, E7, E6);
    q = fma(q, r, E5);
    q = fma(q, r, E4);
    q = fma(q, r, E3);
    q = fma(q, r, E2);
    return fma(r * r, q, r);
  }

  /** 1 - e^-r for |r| ≤ ½ ln 2: {@link #expm1Reduced} of -r but for its sign. */
  private static float expm1Negated(float r) {
    float u = fma(r, E7, -E6);
    u = fma(u, r, E5);
    u = fma(u, r, -E4);
    u = fma(u, r, E3);
    u = fma(u, r, -E2);
    return fma(r * r, u, r);
  }

  /**
   * 2^-32·(1 + e^-v), from t = n + ROUND_LOWERED and r = v + n·ln 2, so that nobody has to negate
   * v: e^-v = 2^n·e^-r. The 1 joins 2^n, exactly, and 1 - e^-r comes in last: one rounding. When
   * 2^n is so large that it swallows the 1, the 1 goes with that.
   */
  private static float logisticDenominator(float t, float r) {
    float u = expm1Negated(r);
    float s = powerOfTwo(t);
    float c = LOWERED_ONE - s;
    float lost = LOWERED_ONE - (c + s);
    return fma(s, u, lost) + c;
  }

  /** 2^-32·(1 + e^-v). */
  private static float logisticDenominator(float v) {
    float t = fma(v, -LOG2_E, ROUND_LOWERED);
    float n = t - ROUND_LOWERED;
    return logisticDenominator(t, fma(n, LN2_LO, fma(n, LN2_HI, v)));
  }

  /**
   * 2^-32·(1 + e^-v), v = 2w = z·(W1 + W3 z²). An absolute error of v is a relative one of e^-v, so
   * v is taken to twice the precision, as z·(p + low): p has so few bits that it is exact.
   */
  private static float geluTanhDenominator(float z) {
    float square = z * z;
    float q = fma(square, W3, ROUND_FRACTION) - ROUND_FRACTION;
    float p = q + W1_HI;
    float low = fma(square, W3, -q);
    low = fma(fma(z, z, -square), W3, low);
    low = fma(square, W3_LO, low + W1_LO);
    float t = fma(z * p, -LOG2_E, ROUND_LOWERED);
    float n = t - ROUND_LOWERED;
    float r = fma(z, p, n * LN2_HI);
    r = fma(z, low, fma(n, LN2_LO, r));
    return logisticDenominator(t, r);
  }

  /** factor·2^64·e^(correction - square/2). */
  private static float raisedGauss(float square, float correction, float factor) {
    float t = fma(square, -0.5f * LOG2_E, ROUND_RAISED);
    float r = remainder(square * -0.5f, t - ROUND_RAISED) + correction;
    float s = powerOfTwo(t) * factor;
    return fma(s, expm1Reduced(r), s);
  }

  /** What the roundings of v = 1/(a + TAIL_SHIFT) make {@link #tail} too small by, relatively. */
  private static float tailMiss(float a, float v) {
    return fma(-v, a, fma(v, -TAIL_SHIFT, 1f)) * fma(v, TAIL_SLOPE, 1f);
  }

  /** Φ(-a)·e^(a²/2). */
  private static float tail(float v) {
    float s = v - TAIL_CENTRE;
    float q = fma(s, G9, G8);
    q = fma(q, s, G7);
    q = fma(q, s, G6);
    q = fma(q, s, G5);
    q = fma(q, s, G4);
    q = fma(q, s, G3);
    q = fma(q, s, G2);
    q = fma(q, s, G1);
    q = fma(q, s, G0);
    return v * q;
  }

  // ---- Functions --------------------------------------------------------------------------------

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
  private static float expm1Negative(float x) {
    float y = x < EXPM1_MIN ? EXPM1_MIN : x;
    float t = fma(y, LOG2_E, ROUND_UNIT);
    float u = expm1Reduced(remainder(y, t - ROUND_UNIT));
    float s = powerOfTwo(t);
    return fma(s, u, s - 1f);
  }

  /** σ(x) = 1/(1 + e^-x). */
  public static float sigmoid(float x) {
    float z = x > LOGISTIC_ONE ? LOGISTIC_ONE : x;
    z = z < -LOGISTIC_MAX ? -LOGISTIC_MAX : z;
    return LOWERED_ONE / logisticDenominator(z);
  }

  /**
   * tanh |x| = m/(2 - m), m = 1 - e^(-2|x|), and the sign of x. For small x nothing cancels: then
   * 2^n = 1 and m = -u. What division and denominator have rounded away is the rest m - h·(2 - m),
   * exact up to its own last rounding; 1/(2 - m) is (1 + h)/2.
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
    float rest = fma(h, m, fma(h, -2f, m));
    h = fma(rest, fma(h, 0.5f, 0.5f), h);
    return Float.intBitsToFloat(
        Float.floatToRawIntBits(h) | (Float.floatToRawIntBits(x) & Integer.MIN_VALUE));
  }

  /**
   * log(1 + e^x) = max(x, 0) + log(1 + e^-|x|). Near 0 the roundings of these two would not be
   * monotone (the floats x lie closer than the floats of the logarithm): there it is x/2 + log(2
   * cosh(x/2)).
   */
  public static float softplus(float x) {
    float a = Math.abs(x);
    float y = a > -EXP_MIN ? EXP_MIN : -a;
    float t = fma(y, LOG2_E, ROUND_RAISED);
    float u = expm1Reduced(remainder(y, t - ROUND_RAISED));
    float s = powerOfTwo(t);
    float e = fma(s, u, s) * LOWER;
    float q = fma(e, L8, L7);
    q = fma(q, e, L6);
    q = fma(q, e, L5);
    q = fma(q, e, L4);
    q = fma(q, e, L3);
    q = fma(q, e, L2);
    float far = fma(e * e, q, e) + (x > 0f ? x : 0f);
    float z = x * x;
    float c = fma(z, C5, C4);
    c = fma(c, z, C3);
    c = fma(c, z, C2);
    c = fma(c, z, C1);
    float near = fma(z, c, x * 0.5f) + LN2;
    return a < 1f ? near : far;
  }

  /**
   * x·Φ(x) = max(x, 0) - |x|·Φ(-|x|). The low half of a² and the miss of v are relative errors of
   * the product, so they join the exponent, where they cost one addition.
   */
  public static float gelu(float x) {
    float a = Math.abs(x);
    a = a > GELU_MAX ? GELU_MAX : a;
    float v = 1f / (a + TAIL_SHIFT);
    float square = a * a;
    float low = fma(a, a, -square);
    float g = raisedGauss(square, fma(low, -0.5f, tailMiss(a, v)), a);
    return fma(g * tail(v), -LOWER, x < 0f ? -0f : x);
  }

  /** ½x·(1 + tanh(w)) = x·σ(2w), w = √(2/π)·(x + 0.044715 x³). */
  public static float geluTanh(float x) {
    float z = x < -GELU_TANH_MAX ? -GELU_TANH_MAX : x;
    float h = z / geluTanhDenominator(z) * LOWERED_ONE;
    return x > GELU_TANH_ONE ? x : h;
  }

  /** x·σ(x) = x/(1 + e^-x). */
  public static float silu(float x) {
    float z = x < -LOGISTIC_MAX ? -LOGISTIC_MAX : x;
    float h = z / logisticDenominator(z) * LOWERED_ONE;
    return x > LOGISTIC_ONE ? x : h;
  }

  /** x·clamp(x + 3, 0, 6)/6. */
  public static float hardswish(float x) {
    float z = x < -3f ? -3f : x;
    float c = z + 3f;
    c = c > 6f ? 6f : c;
    return z * (c * SIXTH);
  }

  /** max(x, 0); NaN stays NaN, and -0 becomes 0. */
  public static float relu(float x) {
    return Math.max(x, 0f);
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

  // ---- Derivatives: FromA from the output of the function, FromZ from its input -----------------

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
    return 0f - expm1Negative(-a);
  }

  /**
   * Φ(z) + z·φ(z). This and the two below are d(z) with d(z) + d(-z) = 1: the tail is evaluated
   * where it is small, at -|z|, and on the other side taken from 1.
   */
  public static float geluFromZ(float z) {
    float a = Math.abs(z);
    a = a > GELU_MAX ? GELU_MAX : a;
    float v = 1f / (a + TAIL_SHIFT);
    float miss = tailMiss(a, v);
    float square = a * a;
    float low = fma(a, a, -square);
    float g = raisedGauss(square, low * -0.5f, 1f);
    float tail = tail(v);
    float h = g * fma(a, -PHI_0, fma(tail, miss, tail)) * LOWER;
    return z > 0f ? 1f - h : h;
  }

  /** σ(v)·(1 + z·v'·(1 - σ(v))), v = 2w, at y = -|z|. */
  public static float geluTanhFromZ(float z) {
    float y = -Math.abs(z);
    y = y < -GELU_TANH_MAX ? -GELU_TANH_MAX : y;
    float sigma = 1f / geluTanhDenominator(y);
    float rest = fma(sigma, -LOWERED_ONE, 1f);
    float slope = y * fma(y * y, W3_TIMES_3, W1);
    float h = sigma * fma(slope, rest, 1f) * LOWERED_ONE;
    return z > 0f ? 1f - h : h;
  }

  /** σ(z)·(1 + z·(1 - σ(z))), at y = -|z|. */
  public static float siluFromZ(float z) {
    float y = -Math.abs(z);
    y = y < -LOGISTIC_MAX ? -LOGISTIC_MAX : y;
    float sigma = 1f / logisticDenominator(y);
    float rest = fma(sigma, -LOWERED_ONE, 1f);
    float h = sigma * fma(y, rest, 1f) * LOWERED_ONE;
    return z > 0f ? 1f - h : h;
  }

  /** (2z + 3)/6 between -3 and 3; the flat sides 0 and 1 own the corners. */
  public static float hardswishFromZ(float z) {
    float d = (z + z + 3f) * SIXTH;
    d = z <= -3f ? 0f : d;
    return z >= 3f ? 1f : d;
  }
}
