package io.github.lanewise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The backward pass is the adjoint of the forward pass's derivative J: ⟨dA, J·v⟩ = ⟨Jᵀ·dA, v⟩ for
 * every direction v = (V, vb, vPrev) of weights, bias and input. With d = g'(saved), as the layer
 * itself evaluates it,
 *
 * <pre>
 *   J·v = d ⊙ (W·vPrev + V·Aprev + vb)      Jᵀ·dA = (dW, db, dAprev)
 * </pre>
 *
 * <p>J·v is computed in double, Jᵀ·dA by the library. dZ rounds once and no chain behind it is
 * longer than max(m, nOut), so the two sides differ by at most γ times the same sums over absolute
 * values, γ = k·u/(1 − k·u) with k = max(m, nOut) + 1 and u = 2⁻²⁴ (Higham, 2002, §3.1). The double
 * sums are 2²⁹ times finer; one more unit in k covers them.
 */
class AdjointTest {
  @ParameterizedTest
  @MethodSource("io.github.lanewise.Activations#all")
  void backwardIsTheAdjointOfForward(Activation g) {
    SplittableRandom random = new SplittableRandom(4);
    int[][] shapes = {{1, 1, 1}, {4, 3, 2}, {20, 35, 9}, {70, 19, 40}};
    for (int[] shape : shapes) {
      isAdjoint(g, shape[0], shape[1], shape[2], random);
    }
  }

  private static void isAdjoint(Activation g, int nIn, int nOut, int m, SplittableRandom random) {
    FloatMatrix w = Floats.gappy(random, nOut, nIn, 0);
    FloatMatrix b = Floats.gappy(random, nOut, 1, 0);
    FloatMatrix aPrev = Floats.gappy(random, nIn, m, 2);
    DenseLayer layer = new DenseLayer(w, b, g);
    Workspace workspace = Workspace.forProducts();
    FloatMatrix z = Floats.gappy(random, nOut, m, 1);
    FloatMatrix a = Floats.gappy(random, nOut, m, 1);
    layer.forward(aPrev, z, a, workspace);
    FloatMatrix saved = g.derivativeFromA() ? a : z;

    FloatMatrix dA = Floats.gappy(random, nOut, m, 1);
    FloatMatrix dZ = Floats.gappy(random, nOut, m, 1);
    FloatMatrix dW = Floats.gappy(random, nOut, nIn, 1);
    FloatMatrix db = Floats.gappy(random, nOut, 1, 1);
    FloatMatrix dAPrev = Floats.gappy(random, nIn, m, 1);
    layer.backward(dA, saved, aPrev, dZ, dW, db, false, dAPrev, workspace);

    FloatMatrix vW = Floats.gappy(random, nOut, nIn, 0);
    FloatMatrix vb = Floats.gappy(random, nOut, 1, 0);
    FloatMatrix vPrev = Floats.gappy(random, nIn, m, 0);
    double left = 0;
    double absolute = 0;
    for (int j = 0; j < m; j++) {
      for (int i = 0; i < nOut; i++) {
        double slope = g.derivative(saved.get(i, j));
        double factor = dA.get(i, j) * slope;
        left += factor * vb.get(i, 0);
        absolute += Math.abs(factor * vb.get(i, 0));
        for (int p = 0; p < nIn; p++) {
          double byInput = factor * w.get(i, p) * vPrev.get(p, j);
          double byWeight = factor * vW.get(i, p) * aPrev.get(p, j);
          left += byInput + byWeight;
          absolute += Math.abs(byInput) + Math.abs(byWeight);
        }
      }
    }
    double right = dot(dW, vW) + dot(db, vb) + dot(dAPrev, vPrev);

    double ku = (Math.max(m, nOut) + 2) * 0x1p-24;
    assertThat(Math.abs(left - right))
        .as("%s %d→%d, batch %d: %s and %s", g, nIn, nOut, m, left, right)
        .isLessThanOrEqualTo(ku / (1 - ku) * absolute);
  }

  private static double dot(FloatMatrix x, FloatMatrix y) {
    double sum = 0;
    for (int j = 0; j < x.columns(); j++) {
      for (int i = 0; i < x.rows(); i++) {
        sum += (double) x.get(i, j) * y.get(i, j);
      }
    }
    return sum;
  }
}
