package io.github.lanewise.bench.report;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * By which factor the numbers of one sample are larger than those of another: the median of all
 * quotients x/y (Hodges and Lehmann), between bounds that hold the true factor with a confidence
 * that is exact for whatever distribution they have in common. The bounds are two of the quotients,
 * k from either end, where k comes from the distribution of Mann and Whitney's U:
 *
 * <pre>
 *   q(1) ≤ … ≤ q(mn)      P(q(k+1) ≤ factor ≤ q(mn−k)) = 1 − 2·P(U ≤ k)
 * </pre>
 *
 * <p>With few values no interval is sure enough, and the widest one has to do: 90 % for three
 * against three, 97 % for four against four, 99.2 % for five against five.
 */
record RatioInterval(double ratio, double low, double high, double confidence) {
  private static final MannWhitneyUTest U =
      MannWhitneyUTest.withDefaults()
          .with(PValueMethod.EXACT)
          .with(AlternativeHypothesis.LESS_THAN);

  /** The narrowest interval that is at least this sure, or the widest. */
  static RatioInterval of(List<Double> xs, List<Double> ys, double confidence) {
    double[] quotients =
        xs.stream().flatMapToDouble(x -> ys.stream().mapToDouble(y -> x / y)).sorted().toArray();
    int k = 0;
    while (2 * atMost(k + 1, xs.size(), ys.size()) <= 1 - confidence) {
      k++;
    }
    return new RatioInterval(
        Row.median(Arrays.stream(quotients).boxed().toList()),
        quotients[k],
        quotients[quotients.length - 1 - k],
        1 - 2 * atMost(k, xs.size(), ys.size()));
  }

  /** P(U ≤ u) for samples of m and n: asked of the test, with samples made to have this very U. */
  private static double atMost(int u, int m, int n) {
    double[] ys = new double[n];
    Arrays.setAll(ys, j -> j);
    double[] xs = new double[m];
    int left = u;
    for (int i = 0; i < m; i++) {
      int below = Math.min(n, left); // this x exceeds so many ys
      left -= below;
      xs[i] = below - 0.5 - 1e-3 * i;
    }
    return U.test(xs, ys).getPValue();
  }
}
