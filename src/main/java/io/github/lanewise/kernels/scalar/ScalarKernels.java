package io.github.lanewise.kernels.scalar;

import io.github.lanewise.kernels.ActivationKind;
import io.github.lanewise.kernels.Kernels;
import io.github.lanewise.kernels.Thresholds;
import java.util.Arrays;

/** The kernels in plain Java: specification, oracle of the tests, and fallback. */
public final class ScalarKernels implements Kernels {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int vectorBits() {
    return Float.SIZE;
  }

  @Override
  public int vectorRegisters() {
    return 0;
  }

  @Override
  public int tileRows() {
    return 1;
  }

  @Override
  public int tileColumns() {
    return 1;
  }

  @Override
  public int panelColumns() {
    return 1;
  }

  @Override
  public Thresholds thresholds() {
    return Thresholds.NONE;
  }

  /** It has no blocks. */
  @Override
  public Kernels inLittle(int n, int k) {
    return this;
  }

  @Override
  public int maxScratch() {
    return 0;
  }

  // spotless:off
  @Override
  public void gemm(
      int m, int n, int k, float alpha,
      float[] a, int aOff, int rsA, int csA,
      float[] b, int bOff, int rsB, int csB,
      float[] init, int initOff, int rsInit, int csInit,
      float[] c, int cOff, int rsC, int csC,
      float[] scratch) {
    ScalarGemm.gemm(
        m, n, k, alpha, a, aOff, rsA, csA, b, bOff, rsB, csB,
        init, initOff, rsInit, csInit, c, cOff, rsC, csC);
  }

  @Override
  public void transpose(
      int m, int n,
      float[] x, int xOff, int ldX,
      float[] y, int yOff, int ldY) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < m; i++) {
        y[yOff + j * ldY + i] = x[xOff + i * ldX + j];
      }
    }
  }

  @Override
  public void activate(
      ActivationKind g, float parameter, int m, int n,
      float[] z, int zOff, int ldZ,
      float[] a, int aOff, int ldA) {
    for (int i = 0; i < m; i++) {
      ScalarActivations.run(g, parameter, n, z, zOff + i * ldZ, a, aOff + i * ldA);
    }
  }

  @Override
  public void hadamard(
      ActivationKind g, float parameter, int m, int n,
      float[] dA, int dAOff, int ldDA,
      float[] saved, int savedOff, int ldSaved,
      float[] dZ, int dZOff, int ldDZ,
      float[] db, int dbOff, boolean accumulate) {
    if (!accumulate) {
      Arrays.fill(db, dbOff, dbOff + n, 0);
    }
    for (int i = 0; i < m; i++) {
      ScalarHadamard.product(
          g, parameter, n, dA, dAOff + i * ldDA, saved, savedOff + i * ldSaved,
          dZ, dZOff + i * ldDZ);
    }
    ScalarHadamard.sum(m, n, dZ, dZOff, ldDZ, db, dbOff);
  }

  @Override
  public void exp(int n, float[] x, int xOff, float[] y, int yOff) {
    for (int j = 0; j < n; j++) {
      y[yOff + j] = ScalarMath.exp(x[xOff + j]);
    }
  }

  @Override
  public void sgd(int n, float rate, float[] p, int pOff, float[] g, int gOff) {
    ScalarOptimizers.sgd(n, rate, p, pOff, g, gOff);
  }

  @Override
  public void sgd(
      int n, float rate, float momentum, float[] p, int pOff, float[] g, int gOff, float[] v) {
    ScalarOptimizers.sgd(n, rate, momentum, p, pOff, g, gOff, v);
  }

  @Override
  public void adam(
      int n, float rate, float beta1, float beta2, float scale, float epsilon,
      float[] p, int pOff, float[] g, int gOff, float[] m, float[] v) {
    ScalarOptimizers.adam(n, rate, beta1, beta2, scale, epsilon, p, pOff, g, gOff, m, v);
  }
  // spotless:on
}
