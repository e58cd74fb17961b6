package io.github.lanewise.bench.fusion;

import io.github.lanewise.Activation;
import io.github.lanewise.FloatMatrix;
import io.github.lanewise.Hadamard;
import io.github.lanewise.kernels.simd.VectorMath;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** dZ = dA ⊙ tanh' and db = Σ dZ: in one sweep, or the sum after all of dZ. */
final class BiasGradientFusion implements Fusion {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private final int nOut;
  private final int m;
  private final FloatMatrix dA;
  private final FloatMatrix a;
  private final FloatMatrix dZ;
  private final FloatMatrix db;

  BiasGradientFusion(int nOut, int nIn, int m) {
    this.nOut = nOut;
    this.m = m;
    dA = FloatMatrix.columnMajor(Fusion.random(1, nOut * m, 1), nOut, m);
    a = FloatMatrix.columnMajor(Fusion.random(2, nOut * m, 2), nOut, m);
    dZ = FloatMatrix.columnMajor(new float[nOut * m], nOut, m);
    db = FloatMatrix.columnMajor(new float[nOut], nOut, 1);
  }

  @Override
  public void fused() {
    Hadamard.apply(Activation.TANH, dA, a, dZ, db, false);
  }

  @Override
  public void apart() {
    VectorMath.tanhFromA(nOut * m, dA.array(), 0, a.array(), 0, dZ.array(), 0);
    sum(m, nOut, dZ.array(), db.array());
  }

  private static void sum(int m, int n, float[] dZ, float[] db) {
    Arrays.fill(db, 0);
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < whole; j += SPECIES.length()) {
        FloatVector.fromArray(SPECIES, db, j)
            .add(FloatVector.fromArray(SPECIES, dZ, i * n + j))
            .intoArray(db, j);
      }
      for (int j = whole; j < n; j++) {
        db[j] += dZ[i * n + j];
      }
    }
  }

  @Override
  public List<float[]> results() {
    return List.of(dZ.array(), db.array());
  }
}
