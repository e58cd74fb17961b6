package io.github.lanewise.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What changed between two reports beyond the noise of their forks. */
final class Comparison {
  /** Three forks against three reach this, and fewer do not. */
  private static final double LEAST_CONFIDENCE = 0.9;

  enum Verdict {
    SLOWER,
    FASTER,
    SAME,
    TOO_FEW_FORKS,
    MISSING,
    NEW
  }

  /**
   * One figure in both reports.
   *
   * @param speed new over old, above 1 is better; null where one of them has no such row
   */
  record Change(Row.Task task, String peer, RatioInterval speed, Verdict verdict) {
    /** Peers are the control: when they change, the machine did. */
    boolean lanewise() {
      return peer.startsWith("lanewise");
    }
  }

  private record Key(Row.Task task, String peer) {}

  /**
   * When a change counts.
   *
   * @param confidence of the intervals over forks
   * @param threshold the least change that is of interest, as 0.05
   * @param ofPeak whether shares of the FMA peak beside each fork are compared, and not times
   */
  record Rule(double confidence, double threshold, boolean ofPeak) {}

  private final List<Change> changes = new ArrayList<>();

  Comparison(Report older, Report newer, Rule rule) {
    Map<Key, Row> olds = byKey(older);
    Map<Key, Row> news = byKey(newer);
    Set<Key> keys = new LinkedHashSet<>(olds.keySet());
    keys.addAll(news.keySet());
    keys.forEach(key -> changes.add(change(key, olds.get(key), news.get(key), rule)));
  }

  private static Map<Key, Row> byKey(Report report) {
    Map<Key, Row> rows = new LinkedHashMap<>();
    report.figures().forEach(row -> rows.merge(new Key(row.task(), row.peer()), row, Row::and));
    return rows;
  }

  private static Change change(Key key, Row old, Row now, Rule rule) {
    if (old == null || now == null || old.forks().isEmpty() || now.forks().isEmpty()) {
      Verdict verdict = now == null || now.forks().isEmpty() ? Verdict.MISSING : Verdict.NEW;
      return new Change(key.task, key.peer, null, verdict);
    }
    boolean ofPeak = rule.ofPeak && now.smallerIsBetter() && old.hasPeaks() && now.hasPeaks();
    List<Double> before = ofPeak ? old.timesPeak() : old.forks();
    List<Double> after = ofPeak ? now.timesPeak() : now.forks();
    RatioInterval speed =
        now.smallerIsBetter()
            ? RatioInterval.of(before, after, rule.confidence)
            : RatioInterval.of(after, before, rule.confidence);
    return new Change(key.task, key.peer, speed, verdict(speed, rule));
  }

  /** Beyond noise: 1 is outside the interval; of interest: so far outside that it matters. */
  private static Verdict verdict(RatioInterval speed, Rule rule) {
    if (speed.confidence() < LEAST_CONFIDENCE - 1e-9) {
      return Verdict.TOO_FEW_FORKS;
    }
    if (speed.high() < 1 && speed.ratio() < 1 - rule.threshold) {
      return Verdict.SLOWER;
    }
    return speed.low() > 1 && speed.ratio() > 1 + rule.threshold ? Verdict.FASTER : Verdict.SAME;
  }

  List<Change> changes() {
    return changes;
  }

  List<Change> of(Verdict... verdicts) {
    List<Verdict> wanted = List.of(verdicts);
    return changes.stream().filter(change -> wanted.contains(change.verdict)).toList();
  }

  /** Whether a row of Lanewise's is slower. */
  boolean regression() {
    return of(Verdict.SLOWER).stream().anyMatch(Change::lanewise);
  }

  /** Whether every row of Lanewise's in the older report has its verdict. */
  boolean complete() {
    return of(Verdict.MISSING, Verdict.TOO_FEW_FORKS).stream().noneMatch(Change::lanewise)
        && of(Verdict.SLOWER, Verdict.FASTER, Verdict.SAME).stream().anyMatch(Change::lanewise);
  }
}
