package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.SPECIES;
import static io.github.lanewise.kernels.simd.Lanes.VL;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.lanewise.kernels.scalar.ScalarOptimizers;
import jdk.incubator.vector.FloatVector;

/** Parameter updates in one sweep. What does not fill a vector goes to the scalar twin. */
final class VectorOptimizers {
  private VectorOptimizers() {}

  // spotless:off
  /** p = p − rate·g. */
  static void sgd(int n, float rate, float[] p, int pOff, float[] g, int gOff) {
    FloatVector minusRate = FloatVector.broadcast(SPECIES, -rate);
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += VL) {
      FloatVector gi = FloatVector.fromArray(SPECIES, g, gOff + i);
      minusRate.fma(gi, FloatVector.fromArray(SPECIES, p, pOff + i)).intoArray(p, pOff + i);
    }
    ScalarOptimizers.sgd(n - whole, rate, p, pOff + whole, g, gOff + whole);
  }

  /** v = momentum·v + g, p = p − rate·v. */
  static void sgd(
      int n, float rate, float momentum, float[] p, int pOff, float[] g, int gOff, float[] v) {
    FloatVector mu = FloatVector.broadcast(SPECIES, momentum);
    FloatVector minusRate = FloatVector.broadcast(SPECIES, -rate);
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += VL) {
      FloatVector gi = FloatVector.fromArray(SPECIES, g, gOff + i);
      FloatVector velocity = mu.fma(FloatVector.fromArray(SPECIES, v, pOff + i), gi);
      velocity = velocity.blend(0, velocity.abs().compare(LT, Float.MIN_NORMAL));
      velocity.intoArray(v, pOff + i);
      minusRate.fma(velocity, FloatVector.fromArray(SPECIES, p, pOff + i)).intoArray(p, pOff + i);
    }
    ScalarOptimizers.sgd(n - whole, rate, momentum, p, pOff + whole, g, gOff + whole, v);
  }

  /** m = β₁m + (1 − β₁)g, v = β₂v + (1 − β₂)g², p = p − rate·m / (scale·√v + ε). */
  static void adam(
      int n, float rate, float beta1, float beta2, float scale, float epsilon,
      float[] p, int pOff, float[] g, int gOff, float[] m, float[] v) {
    FloatVector b1 = FloatVector.broadcast(SPECIES, beta1);
    FloatVector b2 = FloatVector.broadcast(SPECIES, beta2);
    FloatVector eps = FloatVector.broadcast(SPECIES, epsilon);
    FloatVector root = FloatVector.broadcast(SPECIES, scale);
    float rest1 = 1 - beta1;
    float rest2 = 1 - beta2;
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += VL) {
      FloatVector gi = FloatVector.fromArray(SPECIES, g, gOff + i);
      FloatVector mean = b1.fma(FloatVector.fromArray(SPECIES, m, pOff + i), gi.mul(rest1));
      FloatVector square = b2.fma(FloatVector.fromArray(SPECIES, v, pOff + i), gi.mul(rest2).mul(gi));
      mean = mean.blend(0, mean.abs().compare(LT, Float.MIN_NORMAL));
      square = square.blend(0, square.abs().compare(LT, Float.MIN_NORMAL));
      mean.intoArray(m, pOff + i);
      square.intoArray(v, pOff + i);
      FloatVector step = mean.mul(rate).div(square.sqrt().fma(root, eps));
      FloatVector.fromArray(SPECIES, p, pOff + i).sub(step).intoArray(p, pOff + i);
    }
    ScalarOptimizers.adam(
        n - whole, rate, beta1, beta2, scale, epsilon, p, pOff + whole, g, gOff + whole, m, v);
  }
  // spotless:on
}
