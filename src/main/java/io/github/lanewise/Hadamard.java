package io.github.lanewise;

import java.util.Objects;

/**
 * The element-wise half of the backward pass, in one sweep:
 *
 * <pre>
 *   dZ = dA ⊙ g'(Z)          db = Σ over examples of dZ
 * </pre>
 *
 * <p>dA, the saved tensor and dZ are nOut×m (m examples), stored column by column: the features of
 * one example are contiguous. db is nOut×1. The sum runs over the examples in ascending order, one
 * addition each.
 */
public final class Hadamard {
  private Hadamard() {}

  /**
   * dZ = dA ⊙ g'(saved), db = Σ dZ.
   *
   * @param g the activation
   * @param dA gradient with respect to A, nOut×m
   * @param saved A if {@link Activation#derivativeFromA()}, else Z; nOut×m
   * @param dZ gradient with respect to Z, nOut×m, overwritten; may be dA or saved itself
   * @param db gradient with respect to b, nOut×1, contiguous
   * @param accumulate whether db starts from what it holds; otherwise from 0
   * @throws NullPointerException naming a null argument
   * @throws IllegalArgumentException naming both shapes where they differ, a column that is not
   *     contiguous, or an overlap; nothing is written then
   */
  // spotless:off
  public static void apply(
      Activation g, FloatMatrix dA, FloatMatrix saved, FloatMatrix dZ, FloatMatrix db,
      boolean accumulate) {
    check(g, dA, saved, dZ, db);
    apply(
        g, dA.columns(), dA.rows(),
        dA.array(), dA.offset(), dA.columnStride(),
        saved.array(), saved.offset(), saved.columnStride(),
        dZ.array(), dZ.offset(), dZ.columnStride(),
        db.array(), db.offset(), accumulate);
  }

  static void check(
      Activation g, FloatMatrix dA, FloatMatrix saved, FloatMatrix dZ, FloatMatrix db) {
    Objects.requireNonNull(g, "g");
    Objects.requireNonNull(dA, "dA");
    Check.shape("saved", saved, dA.rows(), dA.columns(), "dA", dA);
    Check.shape("dZ", dZ, dA.rows(), dA.columns(), "dA", dA);
    Check.shape("db", db, dA.rows(), 1, "dA", dA);
    Check.contiguousColumns("dA", dA);
    Check.contiguousColumns("saved", saved);
    Check.writableColumns("dZ", dZ);
    Check.writableColumns("db", db);
    Check.sameOrApart("dZ", dZ, "dA", dA);
    Check.sameOrApart("dZ", dZ, "saved", saved);
    Check.noOverlap("db", db, "dA", dA);
    Check.noOverlap("db", db, "saved", saved);
    Check.noOverlap("db", db, "dZ", dZ);
  }

  static void apply(
      Activation g, int m, int n,
      float[] dA, int dAOff, int ldDA,
      float[] saved, int savedOff, int ldSaved,
      float[] dZ, int dZOff, int ldDZ,
      float[] db, int dbOff, boolean accumulate) {
    Lanewise.kernels()
        .hadamard(
            g.kind(), g.parameter(), m, n, dA, dAOff, ldDA, saved, savedOff, ldSaved,
            dZ, dZOff, ldDZ, db, dbOff, accumulate);
  }
  // spotless:on
}
