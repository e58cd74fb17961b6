package io.github.lanewise.example;

import io.github.lanewise.Blas;
import io.github.lanewise.Lanewise;

/** A user's program: says which kernels it has, and what 1 + 2·3 is with them. */
public final class WhichKernels {
  private WhichKernels() {}

  public static void main(String[] arguments) {
    float[] c = {1};
    Blas.sgemm("N", "T", 1, 1, 1, 1, new float[] {2}, 0, 1, new float[] {3}, 0, 1, 1, c, 0, 1);
    System.out.println(Lanewise.describe() + " " + c[0]);
  }
}
