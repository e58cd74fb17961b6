package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.Lanes.SPECIES;

import io.github.lanewise.kernels.ActivationKind;
import io.github.lanewise.kernels.Kernels;
import io.github.lanewise.kernels.Thresholds;
import io.github.lanewise.kernels.scalar.ScalarMath;
import java.util.Arrays;

/** The kernels on the Vector API: the bits of {@code ScalarKernels}, at the speed of the core. */
public final class SimdKernels implements Kernels {
  private final Blocks blocks;
  private final BlockedGemm blocked;
  private final GemmDriver driver;

  /** With the cache blocks that measured best. */
  public SimdKernels() {
    this(Blocks.MEASURED);
  }

  /** With other cache blocks; the bits stay the same. */
  public SimdKernels(Blocks blocks) {
    this.blocks = blocks;
    blocked = new BlockedGemm(blocks);
    driver = new GemmDriver(blocks, blocked);
  }

  @Override
  public String name() {
    return "simd";
  }

  @Override
  public int vectorBits() {
    return SPECIES.vectorBitSize();
  }

  @Override
  public int vectorRegisters() {
    return Lanes.REGISTERS;
  }

  @Override
  public int tileRows() {
    return Lanes.MR;
  }

  @Override
  public int tileColumns() {
    return Lanes.NR;
  }

  @Override
  public int panelColumns() {
    return Lanes.NR;
  }

  @Override
  public Thresholds thresholds() {
    return blocks;
  }

  @Override
  public Kernels inLittle(int n, int k) {
    return new SimdKernels(blocks.inLittle(n, k));
  }

  @Override
  public int maxScratch() {
    return blocked.maxScratch();
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
    driver.gemm(
        m, n, k, alpha, a, aOff, rsA, csA, b, bOff, rsB, csB,
        init, initOff, rsInit, csInit, c, cOff, rsC, csC, scratch);
  }

  @Override
  public void gemmPanels(
      int m, int k,
      float[] a, int aOff, int rsA,
      int[] starts, int lines, int lastLd, float[] b, int bOff,
      float[] init, int initOff,
      float[] c, int cOff, int rsC,
      float[] scratch) {
    int whole = GemmDriver.wholePanels(starts, lastLd);
    if (whole > 0) {
      blocked.panels(
          m, whole, k, a, aOff, rsA, b, bOff, lines, init, initOff, c, cOff, rsC, scratch);
    }
    gemmPanels(
        whole, m, k, a, aOff, rsA, starts, lines, lastLd, b, bOff, init, initOff, c, cOff, rsC, scratch);
  }

  @Override
  public void transpose(
      int m, int n,
      float[] x, int xOff, int ldX,
      float[] y, int yOff, int ldY) {
    Transpose.run(m, n, 1, x, xOff, ldX, y, yOff, ldY);
  }

  @Override
  public void activate(
      ActivationKind g, float parameter, int m, int n,
      float[] z, int zOff, int ldZ,
      float[] a, int aOff, int ldA) {
    if (ldZ == n && ldA == n) {
      VectorActivations.run(g, parameter, m * n, z, zOff, a, aOff);
      return;
    }
    for (int i = 0; i < m; i++) {
      VectorActivations.run(g, parameter, n, z, zOff + i * ldZ, a, aOff + i * ldA);
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
    VectorHadamard.run(
        g, parameter, m, n, dA, dAOff, ldDA, saved, savedOff, ldSaved, dZ, dZOff, ldDZ, db, dbOff);
  }

  @Override
  public void exp(int n, float[] x, int xOff, float[] y, int yOff) {
    int whole = SPECIES.loopBound(n);
    VectorMath.exp(whole, x, xOff, y, yOff);
    for (int j = whole; j < n; j++) {
      y[yOff + j] = ScalarMath.exp(x[xOff + j]);
    }
  }

  @Override
  public void sgd(int n, float rate, float[] p, int pOff, float[] g, int gOff) {
    VectorOptimizers.sgd(n, rate, p, pOff, g, gOff);
  }

  @Override
  public void sgd(
      int n, float rate, float momentum, float[] p, int pOff, float[] g, int gOff, float[] v) {
    VectorOptimizers.sgd(n, rate, momentum, p, pOff, g, gOff, v);
  }

  @Override
  public void adam(
      int n, float rate, float beta1, float beta2, float scale, float epsilon,
      float[] p, int pOff, float[] g, int gOff, float[] m, float[] v) {
    VectorOptimizers.adam(n, rate, beta1, beta2, scale, epsilon, p, pOff, g, gOff, m, v);
  }
  // spotless:on
}
