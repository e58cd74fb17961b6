package io.github.lanewise.bench.fusion;

import static io.github.lanewise.kernels.scalar.ScalarMath.*;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;

import io.github.lanewise.kernels.simd.VectorMath;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * dZ = dA ⊙ g'(saved) in the two packed forms that the products of the backward pass read it in:
 * written there by the sweep, or swept into a matrix and packed twice. dW takes micropanels, the
 * examples below each other, 4 vectors of outputs wide; dAprev takes rows of examples, cut into
 * blocks of 256 outputs (drawn in the package-info of the SIMD kernels). db is left out of both.
 */
final class PrologueFusion implements Fusion {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int VL = SPECIES.length();

  /** Outputs of a micropanel. */
  private static final int WIDTH = 4 * VL;

  /** Outputs of a block of rows. */
  private static final int KC = 256;

  private final int nOut;
  private final int m;
  private final boolean gelu;
  private final float[] dA;
  private final float[] saved;
  private final float[] dZ;
  private final float[] panels;
  private final float[] rows;

  /** nOut is a multiple of 256. */
  private PrologueFusion(int nOut, int m, boolean gelu) {
    this.nOut = nOut;
    this.m = m;
    this.gelu = gelu;
    dA = Fusion.random(1, nOut * m, 1);
    saved = Fusion.random(2, nOut * m, 2);
    dZ = new float[nOut * m];
    panels = new float[nOut * m];
    rows = new float[nOut * m];
  }

  static Fusion tanh(int nOut, int m) {
    return new PrologueFusion(nOut, m, false);
  }

  static Fusion gelu(int nOut, int m) {
    return new PrologueFusion(nOut, m, true);
  }

  @Override
  public void fused() {
    if (gelu) {
      gelu(m, nOut, dA, saved, panels, rows);
    } else {
      tanh(m, nOut, dA, saved, panels, rows);
    }
  }

  @Override
  public void apart() {
    if (gelu) {
      VectorMath.geluFromZ(nOut * m, dA, 0, saved, 0, dZ, 0);
    } else {
      VectorMath.tanhFromA(nOut * m, dA, 0, saved, 0, dZ, 0);
    }
    for (int j = 0; j < nOut; j += WIDTH) {
      panel(m, dZ, j, nOut, panels, j * m);
    }
    for (int j = 0; j < nOut; j += KC) {
      for (int i = 0; i < m; i++) {
        System.arraycopy(dZ, i * nOut + j, rows, j * m + i * KC, KC);
      }
    }
  }

  private static void panel(int m, float[] dZ, int dZOff, int ldDZ, float[] panels, int off) {
    for (int i = 0; i < m; i++) {
      int from = dZOff + i * ldDZ;
      int to = off + i * WIDTH;
      FloatVector.fromArray(SPECIES, dZ, from).intoArray(panels, to);
      FloatVector.fromArray(SPECIES, dZ, from + VL).intoArray(panels, to + VL);
      FloatVector.fromArray(SPECIES, dZ, from + 2 * VL).intoArray(panels, to + 2 * VL);
      FloatVector.fromArray(SPECIES, dZ, from + 3 * VL).intoArray(panels, to + 3 * VL);
    }
  }

  // spotless:off
  private static void tanh(
      int m, int nOut, float[] dA, float[] saved, float[] panels, float[] rows) {
    int stride = m * WIDTH;
    int block = m * KC;
    for (int i = 0; i < m; i++) {
      int from = i * nOut;
      int panel = i * WIDTH;
      int row = i * KC;
      for (int j = 0; j < nOut; j += VL) {
        FloatVector a = FloatVector.fromArray(SPECIES, saved, from + j);
        FloatVector d = a.neg().fma(a, a.broadcast(1f));
        FloatVector dz = FloatVector.fromArray(SPECIES, dA, from + j).mul(d);
        dz.intoArray(panels, panel + j / WIDTH * stride + j % WIDTH);
        dz.intoArray(rows, row + j / KC * block + j % KC);
      }
    }
  }

  private static void gelu(
      int m, int nOut, float[] dA, float[] saved, float[] panels, float[] rows) {
    int stride = m * WIDTH;
    int block = m * KC;
    for (int i = 0; i < m; i++) {
      int from = i * nOut;
      int panel = i * WIDTH;
      int row = i * KC;
      for (int j = 0; j < nOut; j += VL) {
        FloatVector z = FloatVector.fromArray(SPECIES, saved, from + j);
        FloatVector a = z.abs();
        a = a.blend(GELU_MAX, a.compare(GT, GELU_MAX));
        FloatVector v = a.broadcast(1f).div(a.add(TAIL_SHIFT));
        FloatVector square = a.mul(a);
        FloatVector low = a.fma(a, square.neg());
        FloatVector miss = v.neg().fma(a, v.fma(-TAIL_SHIFT, 1f)).mul(v.fma(TAIL_SLOPE, 1f));
        FloatVector t = square.fma(-0.5f * LOG2_E, ROUND_RAISED);
        FloatVector n = t.sub(ROUND_RAISED);
        FloatVector r = n.fma(n.broadcast(-LN2_LO), n.fma(n.broadcast(-LN2_HI), square.mul(-0.5f)));
        r = r.add(low.mul(-0.5f));
        FloatVector u = r.fma(E7, E6);
        u = u.fma(r, u.broadcast(E5));
        u = u.fma(r, u.broadcast(E4));
        u = u.fma(r, u.broadcast(E3));
        u = u.fma(r, u.broadcast(E2));
        u = r.mul(r).fma(u, r);
        FloatVector s = t.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
        FloatVector g = s.fma(u, s);
        FloatVector w = v.sub(TAIL_CENTRE);
        FloatVector q = w.fma(G9, G8);
        q = q.fma(w, q.broadcast(G7));
        q = q.fma(w, q.broadcast(G6));
        q = q.fma(w, q.broadcast(G5));
        q = q.fma(w, q.broadcast(G4));
        q = q.fma(w, q.broadcast(G3));
        q = q.fma(w, q.broadcast(G2));
        q = q.fma(w, q.broadcast(G1));
        q = q.fma(w, q.broadcast(G0));
        FloatVector tail = v.mul(q);
        FloatVector h = g.mul(a.fma(a.broadcast(-PHI_0), tail.fma(miss, tail))).mul(LOWER);
        h = h.blend(h.broadcast(1f).sub(h), z.compare(GT, 0f));
        FloatVector dz = FloatVector.fromArray(SPECIES, dA, from + j).mul(h);
        dz.intoArray(panels, panel + j / WIDTH * stride + j % WIDTH);
        dz.intoArray(rows, row + j / KC * block + j % KC);
      }
    }
  }
  // spotless:on

  @Override
  public List<float[]> results() {
    return List.of(panels, rows);
  }
}
