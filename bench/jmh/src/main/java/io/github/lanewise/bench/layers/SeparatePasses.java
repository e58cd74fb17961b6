package io.github.lanewise.bench.layers;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * dZ = dA ⊙ g' and db as somebody would write them around a library's products: the Vector API, one
 * sweep, the JDK's exp. The arrays hold m runs of n.
 */
final class SeparatePasses {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final float SQRT_HALF = (float) Math.sqrt(0.5);
  private static final float DENSITY = (float) (1 / Math.sqrt(2 * Math.PI));

  private SeparatePasses() {}

  /** g' = 1 - a²; n is a multiple of the vector's length. */
  static void tanh(int m, int n, float[] dA, float[] a, float[] dZ, float[] db) {
    Arrays.fill(db, 0);
    for (int i = 0; i < m * n; i += n) {
      for (int j = 0; j < n; j += SPECIES.length()) {
        FloatVector aj = FloatVector.fromArray(SPECIES, a, i + j);
        FloatVector dz =
            FloatVector.fromArray(SPECIES, dA, i + j).mul(aj.neg().fma(aj, aj.broadcast(1)));
        dz.intoArray(dZ, i + j);
        FloatVector.fromArray(SPECIES, db, j).add(dz).intoArray(db, j);
      }
    }
  }

  /**
   * g' = Φ(z) + z·φ(z), the error function by Abramowitz and Stegun, 7.1.26, with one exp for both.
   */
  static void gelu(int m, int n, float[] dA, float[] z, float[] dZ, float[] db) {
    Arrays.fill(db, 0);
    for (int i = 0; i < m * n; i += n) {
      for (int j = 0; j < n; j += SPECIES.length()) {
        FloatVector zj = FloatVector.fromArray(SPECIES, z, i + j);
        FloatVector x = zj.abs().mul(SQRT_HALF);
        FloatVector e = x.mul(x).neg().lanewise(VectorOperators.EXP);
        FloatVector t = x.broadcast(1).div(x.mul(0.3275911f).add(1));
        FloatVector p = t.fma(1.061405429f, -1.453152027f);
        p = p.fma(t, p.broadcast(1.421413741f));
        p = p.fma(t, p.broadcast(-0.284496736f));
        p = p.fma(t, p.broadcast(0.254829592f));
        FloatVector tail = p.mul(t).mul(e).mul(0.5f);
        FloatVector phi = tail.blend(tail.neg().add(1), zj.compare(VectorOperators.GT, 0));
        FloatVector slope = zj.mul(DENSITY).fma(e, phi);
        FloatVector dz = FloatVector.fromArray(SPECIES, dA, i + j).mul(slope);
        dz.intoArray(dZ, i + j);
        FloatVector.fromArray(SPECIES, db, j).add(dz).intoArray(db, j);
      }
    }
  }
}
