package io.github.lanewise.bench.fusion;

import static io.github.lanewise.kernels.scalar.ScalarMath.*;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.lanewise.kernels.simd.VectorMath;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sweeps of a layer in training, forward and backward: g' is computed with g and stored instead
 * of Z, and backward is one product; or Z is kept, and g' computed in backward. The loops are those
 * of {@link VectorMath}, which explains them, with what the two functions share computed once.
 * (gelu takes e^r of two arguments that differ in their last digits, silu of two signs.)
 */
final class StoredDerivativeFusion implements Fusion {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private final int length;
  private final boolean gelu;
  private final float[] z;
  private final float[] dA;
  private final float[] derivative;
  private final float[] a;
  private final float[] dZ;

  private StoredDerivativeFusion(int elements, boolean gelu) {
    length = SPECIES.loopBound(elements);
    this.gelu = gelu;
    z = Fusion.random(1, length, 8);
    dA = Fusion.random(2, length, 1);
    derivative = new float[length];
    a = new float[length];
    dZ = new float[length];
  }

  static Fusion gelu(int elements) {
    return new StoredDerivativeFusion(elements, true);
  }

  static Fusion silu(int elements) {
    return new StoredDerivativeFusion(elements, false);
  }

  @Override
  public void fused() {
    if (gelu) {
      gelu(length, z, a, derivative);
    } else {
      silu(length, z, a, derivative);
    }
    product(length, dA, derivative, dZ);
  }

  @Override
  public void apart() {
    if (gelu) {
      VectorMath.gelu(length, z, 0, a, 0);
      VectorMath.geluFromZ(length, dA, 0, z, 0, dZ, 0);
    } else {
      VectorMath.silu(length, z, 0, a, 0);
      VectorMath.siluFromZ(length, dA, 0, z, 0, dZ, 0);
    }
  }

  private static void product(int length, float[] x, float[] y, float[] xy) {
    for (int j = 0; j < length; j += SPECIES.length()) {
      FloatVector.fromArray(SPECIES, x, j)
          .mul(FloatVector.fromArray(SPECIES, y, j))
          .intoArray(xy, j);
    }
  }

  // spotless:off
  private static void gelu(int length, float[] z, float[] value, float[] derivative) {
    for (int j = 0; j < length; j += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, z, j);
      FloatVector a = x.abs();
      a = a.blend(GELU_MAX, a.compare(GT, GELU_MAX));
      FloatVector v = a.broadcast(1f).div(a.add(TAIL_SHIFT));
      FloatVector square = a.mul(a);
      FloatVector low = a.fma(a, square.neg());
      FloatVector miss = v.neg().fma(a, v.fma(-TAIL_SHIFT, 1f)).mul(v.fma(TAIL_SLOPE, 1f));
      FloatVector t = square.fma(-0.5f * LOG2_E, ROUND_RAISED);
      FloatVector n = t.sub(ROUND_RAISED);
      FloatVector r = n.fma(n.broadcast(-LN2_LO), n.fma(n.broadcast(-LN2_HI), square.mul(-0.5f)));
      FloatVector rValue = r.add(low.fma(low.broadcast(-0.5f), miss));
      r = r.add(low.mul(-0.5f));
      FloatVector uValue = rValue.fma(E7, E6);
      uValue = uValue.fma(rValue, uValue.broadcast(E5));
      uValue = uValue.fma(rValue, uValue.broadcast(E4));
      uValue = uValue.fma(rValue, uValue.broadcast(E3));
      uValue = uValue.fma(rValue, uValue.broadcast(E2));
      uValue = rValue.mul(rValue).fma(uValue, rValue);
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
      h = h.blend(h.broadcast(1f).sub(h), x.compare(GT, 0f));
      h.intoArray(derivative, j);
      FloatVector sValue = s.mul(a);
      FloatVector gValue = sValue.fma(uValue, sValue);
      FloatVector base = x.blend(-0f, x.compare(LT, 0f));
      gValue.mul(tail).fma(gValue.broadcast(-LOWER), base).intoArray(value, j);
    }
  }

  private static void silu(int length, float[] z, float[] value, float[] derivative) {
    for (int j = 0; j < length; j += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, z, j);
      FloatVector y = x.blend(-LOGISTIC_MAX, x.compare(LT, -LOGISTIC_MAX));
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
      FloatVector h = y.div(d).mul(LOWERED_ONE);
      h.blend(x, x.compare(GT, LOGISTIC_ONE)).intoArray(value, j);
      FloatVector y1 = x.reinterpretAsInts().or(Integer.MIN_VALUE).reinterpretAsFloats();
      y1 = y1.blend(-LOGISTIC_MAX, y1.compare(LT, -LOGISTIC_MAX));
      FloatVector t1 = y1.fma(-LOG2_E, ROUND_LOWERED);
      FloatVector n1 = t1.sub(ROUND_LOWERED);
      FloatVector r1 = n1.fma(n1.broadcast(LN2_LO), n1.fma(n1.broadcast(LN2_HI), y1));
      FloatVector u1 = r1.fma(E7, -E6);
      u1 = u1.fma(r1, u1.broadcast(E5));
      u1 = u1.fma(r1, u1.broadcast(-E4));
      u1 = u1.fma(r1, u1.broadcast(E3));
      u1 = u1.fma(r1, u1.broadcast(-E2));
      u1 = r1.mul(r1).fma(u1, r1);
      FloatVector s1 = t1.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector c1 = s1.broadcast(LOWERED_ONE).sub(s1);
      FloatVector lost1 = c1.broadcast(LOWERED_ONE).sub(c1.add(s1));
      FloatVector d1 = s1.fma(u1, lost1).add(c1);
      FloatVector sigma = d1.broadcast(1f).div(d1);
      FloatVector rest = sigma.fma(-LOWERED_ONE, 1f);
      FloatVector h1 = sigma.mul(y1.fma(rest, y1.broadcast(1f))).mul(LOWERED_ONE);
      h1 = h1.blend(h1.broadcast(1f).sub(h1), x.compare(GT, 0f));
      h1.intoArray(derivative, j);
    }
  }
  // spotless:on

  @Override
  public List<float[]> results() {
    return List.of(a, dZ);
  }
}
