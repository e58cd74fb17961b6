package io.github.lanewise.bench.fusion;

import static jdk.incubator.vector.VectorOperators.LT;

import io.github.lanewise.Adam;
import io.github.lanewise.Optimizer;
import io.github.lanewise.Sgd;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** An optimizer's step in one sweep, or a sweep for each of its formulae. */
final class OptimizerFusion implements Fusion {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int VL = SPECIES.length();
  private static final float RATE = 1e-6f;
  private static final float MOMENTUM = 0.9f;
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final Optimizer optimizer;
  private final Runnable apart;
  private final float[] p;
  private final float[] g;
  private final float[] m;
  private final float[] v;
  private double beta1ToT = 1;
  private double beta2ToT = 1;

  private OptimizerFusion(int n, boolean adam) {
    int length = SPECIES.loopBound(n);
    p = Fusion.random(1, length, 1);
    g = Fusion.random(2, length, 1);
    m = new float[length];
    v = new float[length];
    optimizer = adam ? new Adam(length, RATE) : new Sgd(length, RATE, MOMENTUM);
    apart = adam ? this::adamApart : this::sgdApart;
  }

  static Fusion sgd(int n) {
    return new OptimizerFusion(n, false);
  }

  static Fusion adam(int n) {
    return new OptimizerFusion(n, true);
  }

  @Override
  public void fused() {
    optimizer.step(p, g);
  }

  @Override
  public void apart() {
    apart.run();
  }

  private void sgdApart() {
    decay(MOMENTUM, 1, m);
    for (int i = 0; i < p.length; i += VL) {
      FloatVector velocity = FloatVector.fromArray(SPECIES, m, i);
      velocity.broadcast(-RATE).fma(velocity, FloatVector.fromArray(SPECIES, p, i)).intoArray(p, i);
    }
  }

  private void adamApart() {
    beta1ToT *= BETA1;
    beta2ToT *= BETA2;
    float rate = (float) (RATE / (1 - beta1ToT));
    float scale = (float) (1 / Math.sqrt(1 - beta2ToT));
    decay(BETA1, 1 - BETA1, m);
    float rest = 1 - BETA2;
    for (int i = 0; i < p.length; i += VL) {
      FloatVector gi = FloatVector.fromArray(SPECIES, g, i);
      FloatVector square =
          gi.broadcast(BETA2).fma(FloatVector.fromArray(SPECIES, v, i), gi.mul(rest).mul(gi));
      square.blend(0, square.abs().compare(LT, Float.MIN_NORMAL)).intoArray(v, i);
    }
    for (int i = 0; i < p.length; i += VL) {
      FloatVector root = FloatVector.fromArray(SPECIES, v, i).sqrt();
      FloatVector step =
          FloatVector.fromArray(SPECIES, m, i)
              .mul(rate)
              .div(root.fma(root.broadcast(scale), root.broadcast(EPSILON)));
      FloatVector.fromArray(SPECIES, p, i).sub(step).intoArray(p, i);
    }
  }

  /** x = decay·x + rest·g. */
  private void decay(float decay, float rest, float[] x) {
    for (int i = 0; i < p.length; i += VL) {
      FloatVector gi = FloatVector.fromArray(SPECIES, g, i);
      FloatVector next =
          gi.broadcast(decay).fma(FloatVector.fromArray(SPECIES, x, i), gi.mul(rest));
      next.blend(0, next.abs().compare(LT, Float.MIN_NORMAL)).intoArray(x, i);
    }
  }

  @Override
  public List<float[]> results() {
    return List.of(p);
  }
}
