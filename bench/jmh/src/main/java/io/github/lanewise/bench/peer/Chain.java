package io.github.lanewise.bench.peer;

import java.util.Arrays;

/**
 * What Lanewise's products must be to the bit: every element one chain of {@link Math#fma(float,
 * float, float)} in ascending p, in plain Java.
 */
public final class Chain {
  private Chain() {}

  // spotless:off
  /** C = C + A·B: m×k at {@code a[i*rsA + p*csA]}, k×n and m×n row by row. */
  public static void multiply(
      int m, int n, int k, float[] a, int rsA, int csA, float[] b, float[] c) {
    // spotless:on
    for (int i = 0; i < m; i++) {
      for (int p = 0; p < k; p++) {
        float x = a[i * rsA + p * csA];
        for (int j = 0; j < n; j++) {
          c[i * n + j] = Math.fma(x, b[p * n + j], c[i * n + j]);
        }
      }
    }
  }

  /** Σ over the rows of n columns, in ascending order. */
  public static float[] sums(int n, float[] x) {
    float[] sums = new float[n];
    for (int i = 0; i < x.length; i++) {
      sums[i % n] += x[i];
    }
    return sums;
  }

  /** Rows become columns. */
  public static float[] transposed(float[] x, int rows, int columns) {
    float[] y = new float[x.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        y[j * rows + i] = x[i * columns + j];
      }
    }
    return y;
  }

  /**
   * Refuses a result that has not the very bits.
   *
   * @throws IllegalStateException naming the first element that differs
   */
  public static void same(String what, float[] found, float[] expected) {
    int at = Arrays.mismatch(found, expected);
    if (at >= 0) {
      throw new IllegalStateException(
          what + ": element " + at + " is " + found[at] + ", not " + expected[at]);
    }
  }
}
