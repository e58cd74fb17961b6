package io.github.lanewise;

import io.github.lanewise.kernels.Kernels;

/**
 * The last equation, dAprev = Wᵀ·dZ, with the first ones of the layer below as its epilogue:
 *
 * <pre>
 *   dAprev = Wᵀ·dZ        dZprev = dAprev ⊙ g'(Zprev)        dbprev = Σ over examples of dZprev
 * </pre>
 *
 * <p>dAprev has contiguous features, like all matrices here, and so has W: lanes along the features
 * would need all of W transposed, nOut·nIn elements a call. So the lanes run along the examples. W
 * is read in place, its elements one by one, and a strip of dAprevᵀ, nIn×64, is computed into the
 * workspace, transposed while it lies in L2, and multiplied by g' there: nIn·m elements move
 * instead of nOut·nIn, and dAprev of an inner layer is never a matrix of its own. Every element is
 * the same chain, so the bits are those of the product and the sweep apart
 * (src/docs/decisions/0010-input-gradient-by-strips.md).
 */
final class InputGradient {
  /**
   * Examples of a strip: the width of a tile of 4 vectors of 512 bits, or several narrower ones.
   */
  private static final int EXAMPLES = 64;

  /** Widths of strips are multiples of the widest vector, but for the last one. */
  private static final int STEP = 16;

  /** Features of a strip; they stay in L2 beside the panels of dZ. */
  private static final int FEATURES = Workspace.STRIP / EXAMPLES;

  /** Below this, lanes along the examples would be idle. */
  private static final int FEWEST = 16;

  private InputGradient() {}

  // spotless:off
  /** dAprev = Wᵀ·dZ; m examples. */
  static void run(
      FloatMatrix w, int m,
      float[] dZ, int dZOff, int ldDZ,
      float[] dAPrev, int dAPrevOff, int ldDAPrev,
      Workspace workspace) {
    if (!strips(w, m, workspace)) {
      whole(w, m, dZ, dZOff, ldDZ, dAPrev, dAPrevOff, ldDAPrev, workspace);
      return;
    }
    int step = Workspace.stripWidth(m, EXAMPLES, STEP);
    for (int i = 0; i < m; i += step) {
      strip(
          w, Math.min(step, m - i), dZ, dZOff + i * ldDZ, ldDZ,
          dAPrev, dAPrevOff + i * ldDAPrev, ldDAPrev, workspace);
    }
  }

  /**
   * dZprev = (Wᵀ·dZ) ⊙ g'(saved), dbprev = Σ dZprev; the sum in ascending order of the examples.
   *
   * @param g activation of the layer below
   */
  static void run(
      FloatMatrix w, Activation g, int m,
      float[] dZ, int dZOff, int ldDZ,
      float[] saved, int savedOff, int ldSaved,
      float[] dZPrev, int dZPrevOff, int ldDZPrev,
      float[] dbPrev, int dbPrevOff, boolean accumulate,
      Workspace workspace) {
    int nIn = w.columns();
    if (!strips(w, m, workspace)) {
      whole(w, m, dZ, dZOff, ldDZ, dZPrev, dZPrevOff, ldDZPrev, workspace);
      Hadamard.apply(
          g, m, nIn, dZPrev, dZPrevOff, ldDZPrev, saved, savedOff, ldSaved,
          dZPrev, dZPrevOff, ldDZPrev, dbPrev, dbPrevOff, accumulate);
      return;
    }
    int step = Workspace.stripWidth(m, EXAMPLES, STEP);
    for (int i = 0; i < m; i += step) {
      int examples = Math.min(step, m - i);
      int to = dZPrevOff + i * ldDZPrev;
      strip(w, examples, dZ, dZOff + i * ldDZ, ldDZ, dZPrev, to, ldDZPrev, workspace);
      Hadamard.apply(
          g, examples, nIn, dZPrev, to, ldDZPrev, saved, savedOff + i * ldSaved, ldSaved,
          dZPrev, to, ldDZPrev, dbPrev, dbPrevOff, accumulate || i > 0);
    }
  }

  /** Strips transpose dZ and dAprev, the whole product W: they pay where that is three times as much. */
  private static boolean strips(FloatMatrix w, int m, Workspace workspace) {
    long moved = (long) m * (w.rows() + w.columns());
    return m >= FEWEST
        && 3 * moved <= (long) w.rows() * w.columns()
        && workspace.hasStrip();
  }

  /** A strip of examples, by blocks of features. */
  private static void strip(
      FloatMatrix w, int m,
      float[] dZ, int dZOff, int ldDZ,
      float[] dAPrev, int dAPrevOff, int ldDAPrev,
      Workspace workspace) {
    Kernels kernels = Lanewise.kernels();
    float[] scratch = workspace.packing();
    int strip = workspace.strip();
    for (int j = 0; j < w.columns(); j += FEATURES) {
      int features = Math.min(FEATURES, w.columns() - j);
      kernels.gemm(
          features, m, w.rows(), 1,
          w.array(), w.offset() + j * w.columnStride(), w.columnStride(), 1,
          dZ, dZOff, 1, ldDZ,
          Gemm.ZERO, 0, 0, 0,
          scratch, strip, m, 1,
          scratch);
      kernels.transpose(
          features, m, scratch, strip, m, dAPrev, dAPrevOff + j, ldDAPrev);
    }
  }

  /** One product, with W transposed into panels. */
  private static void whole(
      FloatMatrix w, int m,
      float[] dZ, int dZOff, int ldDZ,
      float[] dAPrev, int dAPrevOff, int ldDAPrev,
      Workspace workspace) {
    Lanewise.kernels()
        .gemm(
            w.columns(), m, w.rows(), 1,
            w.array(), w.offset(), w.columnStride(), 1,
            dZ, dZOff, 1, ldDZ,
            Gemm.ZERO, 0, 0, 0,
            dAPrev, dAPrevOff, 1, ldDAPrev,
            workspace.packing());
  }
  // spotless:on
}
