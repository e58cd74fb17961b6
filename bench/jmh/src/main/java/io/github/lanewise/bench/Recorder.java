package io.github.lanewise.bench;

import io.github.lanewise.bench.report.Report;
import io.github.lanewise.bench.report.ReportPage;
import io.github.lanewise.bench.report.Results;
import io.github.lanewise.bench.suite.JmhRuns;
import io.github.lanewise.bench.suite.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;

/**
 * What a run has measured so far, and its report. After every step JMH's JSON is on the disk; the
 * page is written once, when the run ends or is interrupted.
 */
final class Recorder implements Suite.Recording {
  private final Report about;
  private final Path folder;
  private final JmhRuns runs = new JmhRuns();
  private final Set<String> failures = new LinkedHashSet<>();
  private final List<String> notes = new ArrayList<>();
  private Report others = Report.of(null, null);
  private boolean closed;

  /**
   * Starts empty.
   *
   * @param about the machine card and the peers
   */
  Recorder(Report about, Path folder) {
    this.about = about;
    this.folder = folder;
  }

  /** Runs a step, unless one of its name has failed before. */
  void run(Suite.Step step) {
    synchronized (this) {
      if (closed || failures.stream().anyMatch(failure -> failure.startsWith(step.name() + ": "))) {
        return;
      }
    }
    try {
      step.action().run(this);
    } catch (Exception | LinkageError e) {
      synchronized (this) {
        if (!closed) { // an interrupt ends the fork too, and that is no failure of the fork's
          failures.add(step.name() + ": " + cause(e));
        }
      }
    }
  }

  private static String cause(Throwable e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage());
  }

  @Override
  public void jmh(String key, Options options) throws IOException, RunnerException {
    try {
      runs.run(key, options);
    } catch (RunnerException e) {
      synchronized (this) {
        if (!closed) {
          runs.forget(key);
        }
      }
      throw e;
    }
    synchronized (this) {
      if (!closed) {
        runs.write(json());
      }
    }
  }

  @Override
  public synchronized void add(Report report) {
    others = others.withForksOf(report);
  }

  synchronized void note(String note) {
    notes.add(note);
  }

  synchronized boolean failed() {
    return !failures.isEmpty();
  }

  /** Whether the report is written and nothing more is measured. */
  synchronized boolean closed() {
    return closed;
  }

  /**
   * Writes the report of a run that did not come to its end; nothing to do after {@link #close}.
   */
  synchronized String interrupt() {
    if (closed) {
      return "";
    }
    note("the run was interrupted: what is here was measured before");
    return close();
  }

  private Path json() {
    return folder.resolve("jmh.json");
  }

  /**
   * Writes the report; the second time there is nothing more to do.
   *
   * @return what to tell the user
   */
  synchronized String close() {
    if (closed) {
      return "";
    }
    closed = true;
    try {
      Files.createDirectories(folder);
      runs.write(json());
      List<String> without = new ArrayList<>(failures);
      without.addAll(notes);
      Report report =
          about
              .and(new Report(null, null, null, without, null, null))
              .and(Results.read(List.of(json())))
              .and(others);
      return "Report: " + ReportPage.write(report, folder).toAbsolutePath().normalize();
    } catch (IOException e) {
      return "The report could not be written: " + e;
    }
  }
}
