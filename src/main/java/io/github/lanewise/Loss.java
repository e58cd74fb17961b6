package io.github.lanewise;

import io.github.lanewise.kernels.scalar.ScalarMath;
import java.util.Objects;

/**
 * A loss over a batch of m examples with n outputs each, and its gradient with respect to the
 * network's output, in one call. The first two take logits: their last layer's activation is {@link
 * Activation#IDENTITY}, because softmax and sigmoid are part of the loss, where the gradient
 * becomes a difference.
 *
 * <p>Outputs Y, targets T and the gradient dY are n×m, stored column by column. The value is summed
 * in double, in ascending order.
 */
public enum Loss {
  /**
   * Softmax and cross-entropy fused, for targets that are probabilities over the classes (one-hot
   * or soft):
   *
   * <pre>
   *   P = softmax(Y) by example      loss = −1/m·Σ t·log p      dY = (P − T)/m
   * </pre>
   *
   * <p>where −t·log p = t·(max − y) + t·log Σ e^(y − max): neither is negative, so nothing cancels.
   * A class with y = −∞ is masked: p is 0, and it costs nothing where t is 0.
   *
   * <p>(Bishop, "Pattern Recognition and Machine Learning", 2006, eq. 4.108 and 4.109). The
   * gradient assumes that the targets of an example sum to 1.
   */
  SOFTMAX_CROSS_ENTROPY {
    @Override
    double evaluate(int m, int n, float[] y, int yOff, float[] t, int tOff, float[] dY, int dYOff) {
      double loss = 0;
      for (int row = 0; row < m * n; row += n) { // e^(y - max) cannot overflow
        float max = max(n, y, yOff + row);
        for (int j = row; j < row + n; j++) {
          if (t[tOff + j] != 0) { // 0 times infinity is 0 here; of NaN, the sum below knows
            loss += t[tOff + j] * ((double) max - y[yOff + j]);
          }
          dY[dYOff + j] = y[yOff + j] - max;
        }
      }
      Lanewise.kernels().exp(m * n, dY, dYOff, dY, dYOff);
      float perExample = 1f / m;
      for (int row = 0; row < m * n; row += n) {
        double sum = 0;
        double weight = 0;
        for (int j = row; j < row + n; j++) {
          sum += dY[dYOff + j];
          weight += t[tOff + j];
        }
        loss += weight * StrictMath.log(sum);
        float scale = (float) (1 / sum);
        for (int j = row; j < row + n; j++) {
          dY[dYOff + j] = (dY[dYOff + j] * scale - t[tOff + j]) * perExample;
        }
      }
      return loss / m;
    }

    // The largest but for NaN, whose difference from it is NaN all the same.
    private static float max(int n, float[] y, int yOff) {
      float max = Float.NEGATIVE_INFINITY;
      for (int j = 0; j < n; j++) {
        max = y[yOff + j] > max ? y[yOff + j] : max;
      }
      return max;
    }
  },

  /**
   * Sigmoid and binary cross-entropy fused, for targets in [0, 1], each output a question of its
   * own:
   *
   * <pre>
   *   P = sigmoid(Y)     loss = −1/(m·n)·Σ t·log p + (1 − t)·log(1 − p)     dY = (P − T)/(m·n)
   * </pre>
   *
   * The value is computed as log(1 + e^−|y|) + (max(y, 0) − t·y): for t in [0, 1] neither term is
   * negative, so nothing cancels where p is near 0 or 1. An infinite y costs nothing where t is p.
   */
  SIGMOID_BINARY_CROSS_ENTROPY {
    @Override
    double evaluate(int m, int n, float[] y, int yOff, float[] t, int tOff, float[] dY, int dYOff) {
      float perElement = 1f / ((long) m * n);
      double loss = 0;
      for (int i = 0; i < m * n; i++) {
        float yi = y[yOff + i];
        float ti = t[tOff + i];
        double miss = 0;
        if (ti != (yi > 0 ? 1 : 0)) { // else 0, as is the limit for an infinite y
          miss = Math.max(yi, 0) - (double) ti * Math.min(yi, Float.MAX_VALUE);
        }
        loss += ScalarMath.softplus(-Math.abs(yi)) + miss;
      }
      Activation.SIGMOID.apply(1, m * n, y, yOff, m * n, dY, dYOff, m * n);
      for (int i = 0; i < m * n; i++) {
        dY[dYOff + i] = (dY[dYOff + i] - t[tOff + i]) * perElement;
      }
      return loss / ((long) m * n);
    }
  },

  /** loss = 1/(m·n)·Σ (y − t)², dY = 2·(Y − T)/(m·n). */
  MEAN_SQUARED_ERROR {
    @Override
    double evaluate(int m, int n, float[] y, int yOff, float[] t, int tOff, float[] dY, int dYOff) {
      float twicePerElement = 2f / ((long) m * n);
      double loss = 0;
      for (int i = 0; i < m * n; i++) {
        float difference = y[yOff + i] - t[tOff + i];
        loss += (double) difference * difference;
        dY[dYOff + i] = difference * twicePerElement;
      }
      return loss / ((long) m * n);
    }
  };

  /**
   * The loss, and dY.
   *
   * @param y outputs of the network, n×m, contiguous, column by column
   * @param target n×m, contiguous, column by column
   * @param dY gradient with respect to y, n×m, contiguous, overwritten; overlaps neither
   * @return the loss, a mean as stated for each
   * @throws NullPointerException naming a null argument
   * @throws IllegalArgumentException if shapes differ, are empty, are not contiguous, or dY
   *     overlaps
   */
  public double evaluate(FloatMatrix y, FloatMatrix target, FloatMatrix dY) {
    Objects.requireNonNull(y, "y");
    int n = y.rows();
    int m = y.columns();
    Check.atLeast("rows of y", n, 1);
    Check.atLeast("columns of y", m, 1);
    Check.shape("target", target, n, m, "y", y);
    Check.shape("dY", dY, n, m, "y", y);
    Check.contiguous("y", y);
    Check.contiguous("target", target);
    Check.contiguous("dY", dY);
    Check.noOverlap("dY", dY, "y", y);
    Check.noOverlap("dY", dY, "target", target);
    return evaluate(
        m, n, y.array(), y.offset(), target.array(), target.offset(), dY.array(), dY.offset());
  }

  /** The same for m examples of n contiguous outputs. */
  abstract double evaluate(
      int m, int n, float[] y, int yOff, float[] t, int tOff, float[] dY, int dYOff);
}
