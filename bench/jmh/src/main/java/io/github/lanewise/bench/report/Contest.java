package io.github.lanewise.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * One task and everyone who did it.
 *
 * @param rows by peer, in the order in which they were measured
 */
record Contest(Report report, Row.Task task, Map<String, Row> rows) {
  static final String LANEWISE = "lanewise";

  /** The rows in groups; forks of the same peer at the same task count together. */
  static List<Contest> of(Report report, List<Row> rows) {
    Map<Row.Task, Contest> contests = new LinkedHashMap<>();
    for (Row row : rows) {
      contests
          .computeIfAbsent(row.task(), task -> new Contest(report, task, new LinkedHashMap<>()))
          .rows
          .merge(row.peer(), row, Row::and);
    }
    return new ArrayList<>(contests.values());
  }

  /** Lanewise's row, or null. */
  Row own() {
    return rows.get(LANEWISE);
  }

  /** The best of the peers that are called from Java, or null. */
  Row bestNative() {
    return best(report::isNative);
  }

  /** The best of the other libraries in Java, or null. */
  Row bestJvm() {
    return best(report::isJvm);
  }

  private Row best(Predicate<String> kind) {
    Comparator<Row> worse = Comparator.comparingDouble(Row::median);
    return rows.values().stream()
        .filter(row -> !row.peer().startsWith(LANEWISE) && kind.test(row.peer()))
        .min(own() == null || own().smallerIsBetter() ? worse : worse.reversed())
        .orElse(null);
  }

  /** How many times as fast as this row Lanewise is; NaN if one of them is not there. */
  double over(Row other) {
    if (own() == null || other == null) {
      return Double.NaN;
    }
    double ratio = other.median() / own().median();
    return own().smallerIsBetter() ? ratio : 1 / ratio;
  }
}
