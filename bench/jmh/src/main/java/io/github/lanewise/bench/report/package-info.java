/**
 * Performance reports. {@link io.github.lanewise.bench.report.Results} reads what suites have
 * written, into one neutral model ({@link io.github.lanewise.bench.report.Report}: rows of one
 * number per fork, curves of many); the rest shows it: as a page, as Markdown, as the README's
 * figures, and as a comparison of two reports.
 *
 * <p>A suite written with JMH needs nothing but its JSON. Any other prints lines that {@link
 * io.github.lanewise.bench.report.Fork} understands, or writes the model itself: {@code {"curves":
 * [{"suite": "latency", "params": {…}, "peer": "lanewise", "x": "percentile", "unit": "ns",
 * "forks": [[[50, 6600], [99, 9100]], …]}]}}.
 */
package io.github.lanewise.bench.report;
