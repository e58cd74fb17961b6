package io.github.lanewise.kernels;

import static io.github.lanewise.Floats.assertSameBits;

import io.github.lanewise.Floats;
import io.github.lanewise.kernels.scalar.ScalarKernels;
import io.github.lanewise.kernels.simd.Blocks;
import io.github.lanewise.kernels.simd.SimdKernels;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A product with panels has the bits of the same product without, by either twin. */
class GemmPanelsTwinsTest {
  private static final Kernels SCALAR = new ScalarKernels();
  private static final Kernels SIMD = new SimdKernels();

  /** Blocks so small that little products cross their boundaries. */
  private static final Kernels TINY =
      new SimdKernels(new Blocks(7, 3, 40, 24, 1, 1, 0, 1 << 30, 0, 0, 0, 0));

  private static final int PANEL = SIMD.panelColumns();
  private static final int LANES = SIMD.vectorBits() / Float.SIZE;

  private final SplittableRandom random = new SplittableRandom(20261126);

  /** None to seven panels, all that may follow them, and as many rows as have all edges. */
  @ParameterizedTest
  @MethodSource("widths")
  void everyWidth(int n) {
    for (int m = 1; m <= 2 * SIMD.tileRows() + 1; m++) {
      check(TINY, m, n, 7);
      check(SIMD, m, n, m % 3);
    }
  }

  static IntStream widths() {
    return IntStream.rangeClosed(0, 7)
        .flatMap(
            panels -> IntStream.of(0, 1, LANES - 1, LANES, PANEL - 1).map(n -> panels * PANEL + n))
        .filter(n -> n > 0)
        .distinct();
  }

  /** Several blocks of A, and chains in several parts. */
  @Test
  void blocksOfTheUsualSize() {
    for (int m : new int[] {1, 5, 6, 47, 53, 54, 101, 203, 204}) {
      check(SIMD, m, 6 * PANEL + 3, 801);
    }
  }

  private void check(Kernels kernels, int m, int n, int k) {
    int lines = k + 2;
    int[] starts = cut(n);
    int last = starts.length - 2;
    int lastLd = (n - starts[last] + LANES - 1) / LANES * LANES;
    float[] a = Floats.uniform(random, 1 + m * (k + 3), 1);
    float[] init = Floats.uniform(random, 2 + n, 1);
    float[] b = Floats.uniform(random, n * k, 1);
    float[] panels = Floats.uniform(random, 3 + (starts[last] + lastLd) * lines, 1);
    for (int s = 0; s <= last; s++) {
      int ld = s == last ? lastLd : starts[s + 1] - starts[s];
      for (int p = 0; p < k; p++) {
        System.arraycopy(
            b,
            p * n + starts[s],
            panels,
            3 + starts[s] * lines + p * ld,
            starts[s + 1] - starts[s]);
      }
    }
    float[] expected = Floats.sentinels(1 + m * (n + 2));
    float[] c = expected.clone();
    float[] byScalar = expected.clone();
    SCALAR.gemm(
        m, n, k, 1, a, 1, k + 3, 1, b, 0, n, 1, init, 2, 0, 1, expected, 1, n + 2, 1, new float[0]);
    kernels.gemmPanels(
        m, k, a, 1, k + 3, starts, lines, lastLd, panels, 3, init, 2, c, 1, n + 2, new float[0]);
    SCALAR.gemmPanels(
        m,
        k,
        a,
        1,
        k + 3,
        starts,
        lines,
        lastLd,
        panels,
        3,
        init,
        2,
        byScalar,
        1,
        n + 2,
        new float[0]);
    String what = m + "×" + n + "×" + k;
    assertSameBits(what, c, expected);
    assertSameBits(what + " scalar", byScalar, expected);
  }

  /** Whole panels, then what is left, a vector at least where there is more than one panel. */
  private static int[] cut(int n) {
    int whole = n / PANEL;
    int left = n - whole * PANEL;
    if (left == 0) {
      return IntStream.rangeClosed(0, whole).map(s -> s * PANEL).toArray();
    }
    boolean thin = whole > 0 && left < LANES && PANEL > LANES;
    IntStream starts =
        IntStream.rangeClosed(0, whole).map(s -> s * PANEL - (thin && s == whole ? LANES : 0));
    return IntStream.concat(starts, IntStream.of(n)).toArray();
  }
}
