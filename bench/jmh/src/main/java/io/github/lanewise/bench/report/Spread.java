package io.github.lanewise.bench.report;

import io.github.lanewise.bench.machine.MachineProbe;
import java.util.Collections;
import java.util.List;

/** How the forks of a row lie. */
final class Spread {
  /** Said in every report that flags something. */
  static final String RULE =
      "Bimodal: four forks or more fall into two groups of at least two each, the gap between them"
          + " is wider than 8 % of the median and wider than twice the span of either group."
          + " Fewer than four forks cannot tell.";

  /** Likewise: a busy hyperthread, for one, takes no time that the system would count. */
  static final String UNEVEN =
      "Uneven: the slowest fork is more than 1.5 times the fastest, or the fma peaks that the forks"
          + " measured beside it differ by more than 10 %.";

  private static final double GAP = 0.08;

  private Spread() {}

  /** Whether {@link #RULE} holds. */
  static boolean bimodal(List<Double> forks) {
    List<Double> sorted = forks.stream().sorted().toList();
    int n = sorted.size();
    for (int low = 2; low <= n - 2; low++) { // forks in the lower group
      double gap = sorted.get(low) - sorted.get(low - 1);
      double span =
          Math.max(sorted.get(low - 1) - sorted.get(0), sorted.get(n - 1) - sorted.get(low));
      if (gap > GAP * Row.median(forks) && gap > 2 * span) {
        return true;
      }
    }
    return false;
  }

  /** Whether {@link #UNEVEN} holds. */
  static boolean uneven(Row row) {
    return ratio(row.forks()) > 1.5
        || ratio(row.beside().getOrDefault(MachineProbe.PEAK, List.of(1.0))) > 1.1;
  }

  /** Slowest over fastest. */
  private static double ratio(List<Double> forks) {
    return Collections.max(forks) / Collections.min(forks);
  }
}
