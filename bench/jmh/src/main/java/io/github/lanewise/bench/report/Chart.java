package io.github.lanewise.bench.report;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One chart of the page, or why it is not there.
 *
 * @param id of its element
 * @param says a sentence on how to read it; of a chart that is left out, the reason
 * @param option what ECharts draws; null if the chart is left out
 */
record Chart(String id, String title, String says, ObjectNode option) {
  static Chart leftOut(String id, String title, String reason) {
    return new Chart(id, title, reason, null);
  }

  boolean drawn() {
    return option != null;
  }

  /** What a chart has to show to be one. */
  int series() {
    return option.path("series").size();
  }
}
