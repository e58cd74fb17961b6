package io.github.lanewise;

/**
 * The fourth equation with the optimizer as its epilogue: strips of dW = dZ·Aprevᵀ, each of which
 * moves its part of W while it lies in L2, so that dW is never a matrix
 * (src/docs/decisions/0015-weights-updated-by-strips.md). Every element of dW is the same chain,
 * and every parameter moves by itself, so the bits are those of the product and the step apart.
 */
final class WeightUpdate {
  /** Outputs of a strip, at most: more would leave too few features to repay the packing of dZ. */
  private static final int OUTPUTS = 1024;

  /** Widths of strips are multiples of two of the widest vectors, but for the last one. */
  private static final int OUTPUTS_STEP = 32;

  /** Features of a strip, if not all, are whole tiles of 12, 8, 6 or 4 of them. */
  private static final int FEATURES_STEP = 24;

  private WeightUpdate() {}

  // spotless:off
  /** W moves by its gradient dZ·Aprevᵀ; m examples. */
  static void run(
      int nOut, int nIn, int m,
      float[] dZ, int dZOff, int ldDZ,
      float[] aPrev, int aPrevOff, int ldAPrev,
      Optimizer optimizer, float[] parameters, int wOff,
      Workspace workspace) {
    float[] scratch = workspace.packing();
    int strip = workspace.strip();
    int most = Workspace.stripWidth(nOut, OUTPUTS, OUTPUTS_STEP);
    for (int o = 0; o < nOut; o += most) {
      int outputs = Math.min(most, nOut - o);
      int features = features(nIn, outputs);
      for (int j = 0; j < nIn; j += features) {
        int n = Math.min(features, nIn - j);
        Lanewise.kernels()
            .gemm(
                outputs, n, m, 1,
                dZ, dZOff + o, 1, ldDZ,
                aPrev, aPrevOff + j, ldAPrev, 1,
                Gemm.ZERO, 0, 0, 0,
                scratch, strip, 1, outputs,
                scratch);
        update(nOut, outputs, n, optimizer, parameters, wOff + j * nOut + o, scratch, strip);
      }
    }
  }

  /** With all outputs a strip is one piece of the parameters, else there is one for each feature. */
  private static void update(
      int nOut, int outputs, int features,
      Optimizer optimizer, float[] parameters, int wOff, float[] strip, int stripOff) {
    if (outputs == nOut) {
      optimizer.update(parameters, wOff, features * nOut, strip, stripOff);
      return;
    }
    for (int j = 0; j < features; j++) {
      optimizer.update(parameters, wOff + j * nOut, outputs, strip, stripOff + j * outputs);
    }
  }
  // spotless:on

  private static int features(int nIn, int outputs) {
    int most = Workspace.STRIP / outputs;
    return nIn <= most ? nIn : most / FEATURES_STEP * FEATURES_STEP;
  }
}
