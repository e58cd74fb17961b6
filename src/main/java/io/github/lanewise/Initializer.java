package io.github.lanewise;

import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Where weights start: uniform on [−r, r], with r chosen so that signals keep their variance from
 * layer to layer. Uniform draws need only exact arithmetic, so a seed gives the same bits
 * everywhere.
 */
public enum Initializer {
  /**
   * r = √(6/nIn), for relu and its kin (He et al., "Delving Deep into Rectifiers", 2015, eq. 10;
   * the uniform distribution of that variance).
   */
  HE {
    @Override
    double limit(int nIn, int nOut) {
      return Math.sqrt(6.0 / nIn);
    }
  },

  /** r = √(6/(nIn + nOut)) (Glorot and Bengio, "Understanding the Difficulty …", 2010, eq. 16). */
  XAVIER {
    @Override
    double limit(int nIn, int nOut) {
      return Math.sqrt(6.0 / (nIn + (double) nOut));
    }
  };

  abstract double limit(int nIn, int nOut);

  /**
   * Fills W.
   *
   * @param w weights, nOut×nIn, overwritten column by column
   * @param random source of the draws
   */
  public void fill(FloatMatrix w, SplittableRandom random) {
    Objects.requireNonNull(w, "w");
    Objects.requireNonNull(random, "random");
    Check.writable("w", w);
    double limit = limit(w.columns(), w.rows());
    for (int j = 0; j < w.columns(); j++) {
      for (int i = 0; i < w.rows(); i++) {
        int index = w.offset() + i * w.rowStride() + j * w.columnStride();
        w.array()[index] = (float) (limit * (2 * random.nextDouble() - 1));
      }
    }
  }

  static Initializer suiting(Activation g) {
    return switch (g.kind()) {
      case RELU, LEAKY_RELU, ELU, SOFTPLUS, GELU, GELU_TANH, SILU, HARDSWISH -> HE;
      case IDENTITY, SIGMOID, TANH -> XAVIER;
    };
  }
}
