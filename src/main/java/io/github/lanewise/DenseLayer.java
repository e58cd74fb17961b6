package io.github.lanewise;

import java.util.Objects;

/**
 * A dense layer: weights W (nOut×nIn), bias b (nOut×1) and an activation g. Over m examples at
 * once,
 *
 * <pre>
 *   Z = W·Aprev + b        A = g(Z)
 *   dZ = dA ⊙ g'(Z)        db = Σ over examples of dZ
 *   dW = dZ·Aprevᵀ         dAprev = Wᵀ·dZ
 * </pre>
 *
 * with Aprev nIn×m and Z, A, dA, dZ nOut×m (Goodfellow, Bengio and Courville, "Deep Learning",
 * 2016, §6.5). All are stored column by column: one example is one contiguous run of features,
 * which is the (batch, features) row-major array of other libraries. W is stored column by column
 * too.
 *
 * <p>A layer is a view of its parameters: it never writes them, and any number of threads may share
 * it while nobody else does. Errors come before anything is written: {@link NullPointerException}
 * names a null argument, {@link IllegalArgumentException} a shape, a stride or an overlap. (Long by
 * the contracts of three calls; the equations stand in the methods that take arrays.)
 */
public final class DenseLayer {
  private final int nIn;
  private final int nOut;
  private final FloatMatrix w;
  private final FloatMatrix b;
  private final Activation g;

  /**
   * A layer over parameters that stay the caller's.
   *
   * @param w weights, nOut×nIn, stored column by column
   * @param b bias, nOut×1, contiguous
   * @param g activation
   */
  public DenseLayer(FloatMatrix w, FloatMatrix b, Activation g) {
    this.w = Objects.requireNonNull(w, "w");
    this.b = Objects.requireNonNull(b, "b");
    this.g = Objects.requireNonNull(g, "g");
    this.nIn = Check.atLeast("columns of w", w.columns(), 1);
    this.nOut = Check.atLeast("rows of w", w.rows(), 1);
    Check.contiguousColumns("w", w);
    Check.shape("b", b, nOut, 1, "w", w);
    Check.contiguousColumns("b", b);
  }

  /** {@return number of inputs, nIn} */
  public int inputs() {
    return nIn;
  }

  /** {@return number of outputs, nOut} */
  public int outputs() {
    return nOut;
  }

  /** {@return the activation g} */
  public Activation activation() {
    return g;
  }

  /** {@return W, nOut×nIn: a view of the parameters in use} */
  public FloatMatrix weights() {
    return w;
  }

  /** {@return b, nOut×1: a view of the parameters in use} */
  public FloatMatrix bias() {
    return b;
  }

  // spotless:off
  /**
   * Z = W·Aprev + b, A = g(Z). The bias is where each chain starts: z_ij = b_i, then fma(w_ip, aprev_pj,
   * z_ij) for ascending p.
   *
   * @param aPrev nIn×m
   * @param z nOut×m, overwritten
   * @param a nOut×m, overwritten; may be z itself, which then holds A
   * @param workspace scratch
   */
  public void forward(FloatMatrix aPrev, FloatMatrix z, FloatMatrix a, Workspace workspace) {
    Objects.requireNonNull(aPrev, "aPrev");
    Objects.requireNonNull(workspace, "workspace");
    int m = aPrev.columns();
    Check.shape("aPrev", aPrev, nIn, m, "w", w);
    Check.contiguousColumns("aPrev", aPrev);
    Check.shape("z", z, nOut, m, "aPrev", aPrev);
    Check.writableColumns("z", z);
    Check.shape("a", a, nOut, m, "aPrev", aPrev);
    Check.writableColumns("a", a);
    Check.sameOrApart("a", a, "z", z);
    checkApart("z", z, "aPrev", aPrev);
    checkApart("a", a, "aPrev", aPrev);
    forward(
        m, aPrev.array(), aPrev.offset(), aPrev.columnStride(),
        z.array(), z.offset(), z.columnStride(),
        a.array(), a.offset(), a.columnStride(), workspace);
  }

  void forward(
      int m,
      float[] aPrev, int aPrevOff, int ldAPrev,
      float[] z, int zOff, int ldZ,
      float[] a, int aOff, int ldA,
      Workspace workspace) {
    // Z = W·Aprev + b
    Lanewise.kernels()
        .gemm(
            nOut, m, nIn, 1,
            w.array(), w.offset(), 1, w.columnStride(),
            aPrev, aPrevOff, 1, ldAPrev,
            b.array(), b.offset(), 1, 0,
            z, zOff, 1, ldZ,
            workspace.packing());
    // A = g(Z)
    g.apply(m, nOut, z, zOff, ldZ, a, aOff, ldA);
  }

  /**
   * The whole backward pass: {@link #backward(FloatMatrix, FloatMatrix, FloatMatrix, FloatMatrix,
   * FloatMatrix, FloatMatrix, boolean, Workspace)} and dAprev = Wᵀ·dZ.
   *
   * @param dA gradient with respect to A, nOut×m
   * @param saved A if g' is computed from A, else Z; nOut×m
   * @param aPrev the layer's input, nIn×m
   * @param dZ gradient with respect to Z, nOut×m, overwritten; may be dA or saved itself
   * @param dW gradient with respect to W, nOut×nIn
   * @param db gradient with respect to b, nOut×1
   * @param accumulate whether dW and db are added to; otherwise they are overwritten
   * @param dAPrev gradient with respect to Aprev, nIn×m, overwritten
   * @param workspace scratch
   */
  public void backward(
      FloatMatrix dA, FloatMatrix saved, FloatMatrix aPrev,
      FloatMatrix dZ, FloatMatrix dW, FloatMatrix db, boolean accumulate,
      FloatMatrix dAPrev, Workspace workspace) {
    Objects.requireNonNull(workspace, "workspace");
    checkBackward(dA, saved, aPrev, dZ, dW, db);
    Check.shape("dAPrev", dAPrev, nIn, aPrev.columns(), "aPrev", aPrev);
    Check.writableColumns("dAPrev", dAPrev);
    checkApart("dAPrev", dAPrev, "dZ", dZ);
    Check.noOverlap("dAPrev", dAPrev, "dW", dW);
    Check.noOverlap("dAPrev", dAPrev, "db", db);
    backwardChecked(dA, saved, aPrev, dZ, dW, db, accumulate, workspace);
    InputGradient.run(
        w, dZ.columns(), dZ.array(), dZ.offset(), dZ.columnStride(),
        dAPrev.array(), dAPrev.offset(), dAPrev.columnStride(), workspace);
  }

  /**
   * The backward pass of a first layer, whose dAprev nobody needs: dZ = dA ⊙ g'(Z), db = Σ dZ, dW =
   * dZ·Aprevᵀ.
   *
   * @param dA gradient with respect to A, nOut×m
   * @param saved A if g' is computed from A, else Z; nOut×m
   * @param aPrev the layer's input, nIn×m
   * @param dZ gradient with respect to Z, nOut×m, overwritten; may be dA or saved itself
   * @param dW gradient with respect to W, nOut×nIn
   * @param db gradient with respect to b, nOut×1
   * @param accumulate whether dW and db are added to; otherwise they are overwritten
   * @param workspace scratch
   */
  public void backward(
      FloatMatrix dA, FloatMatrix saved, FloatMatrix aPrev,
      FloatMatrix dZ, FloatMatrix dW, FloatMatrix db, boolean accumulate,
      Workspace workspace) {
    Objects.requireNonNull(workspace, "workspace");
    checkBackward(dA, saved, aPrev, dZ, dW, db);
    backwardChecked(dA, saved, aPrev, dZ, dW, db, accumulate, workspace);
  }

  private void backwardChecked(
      FloatMatrix dA, FloatMatrix saved, FloatMatrix aPrev,
      FloatMatrix dZ, FloatMatrix dW, FloatMatrix db, boolean accumulate,
      Workspace workspace) {
    preActivationGradient(
        dA.columns(),
        dA.array(), dA.offset(), dA.columnStride(),
        saved.array(), saved.offset(), saved.columnStride(),
        dZ.array(), dZ.offset(), dZ.columnStride(),
        db.array(), db.offset(), accumulate);
    weightGradient(
        dA.columns(),
        dZ.array(), dZ.offset(), dZ.columnStride(),
        aPrev.array(), aPrev.offset(), aPrev.columnStride(),
        dW.array(), dW.offset(), dW.columnStride(), accumulate, workspace);
  }

  /** dZ = dA ⊙ g'(Z), db = Σ dZ. */
  void preActivationGradient(
      int m,
      float[] dA, int dAOff, int ldDA,
      float[] saved, int savedOff, int ldSaved,
      float[] dZ, int dZOff, int ldDZ,
      float[] db, int dbOff, boolean accumulate) {
    Hadamard.apply(
        g, m, nOut, dA, dAOff, ldDA, saved, savedOff, ldSaved, dZ, dZOff, ldDZ,
        db, dbOff, accumulate);
  }

  /** dW = dZ·Aprevᵀ. */
  void weightGradient(
      int m,
      float[] dZ, int dZOff, int ldDZ,
      float[] aPrev, int aPrevOff, int ldAPrev,
      float[] dW, int dWOff, int ldDW, boolean accumulate,
      Workspace workspace) {
    Lanewise.kernels()
        .gemm(
            nOut, nIn, m, 1,
            dZ, dZOff, 1, ldDZ,
            aPrev, aPrevOff, ldAPrev, 1,
            accumulate ? dW : Gemm.ZERO, accumulate ? dWOff : 0,
            accumulate ? 1 : 0, accumulate ? ldDW : 0,
            dW, dWOff, 1, ldDW,
            workspace.packing());
  }

  private void checkBackward(
      FloatMatrix dA, FloatMatrix saved, FloatMatrix aPrev,
      FloatMatrix dZ, FloatMatrix dW, FloatMatrix db) {
    Objects.requireNonNull(dA, "dA");
    Check.shape("dA", dA, nOut, dA.columns(), "w", w);
    Hadamard.check(g, dA, saved, dZ, db);
    Check.shape("aPrev", aPrev, nIn, dA.columns(), "dA", dA);
    Check.contiguousColumns("aPrev", aPrev);
    Check.shape("dW", dW, nOut, nIn, "w", w);
    Check.writableColumns("dW", dW);
    checkApart("dZ", dZ, "aPrev", aPrev);
    checkApart("dW", dW, "aPrev", aPrev);
    checkApart("db", db, "aPrev", aPrev);
    Check.noOverlap("dW", dW, "dA", dA);
    Check.noOverlap("dW", dW, "saved", saved);
    Check.noOverlap("dW", dW, "dZ", dZ);
    Check.noOverlap("dW", dW, "db", db);
  }
  // spotless:on

  /** That what is written overlaps neither this other argument nor the layer's parameters. */
  private void checkApart(String name, FloatMatrix written, String otherName, FloatMatrix other) {
    Check.noOverlap(name, written, otherName, other);
    Check.noOverlap(name, written, "w", w);
    Check.noOverlap(name, written, "b", b);
  }
}
