package io.github.lanewise.bench.suite;

import io.github.lanewise.bench.peer.Peers;
import io.github.lanewise.bench.report.Report;
import java.util.List;
import org.openjdk.jmh.runner.options.Options;

/** A group of benchmarks that {@code run} can be asked for by name. */
public interface Suite {
  String name();

  /**
   * One fork of everything, in the order in which to run; it is run again for every further fork.
   *
   * @param peers those that are wanted and run on this machine, Lanewise first
   */
  List<Step> round(Preset preset, Peers peers);

  /**
   * One fork.
   *
   * @param name what is shown while it runs; steps of the same name are forks of the same figures
   */
  record Step(String name, Action action) {}

  /** What a fork does. */
  interface Action {
    /** Runs and records; an exception costs this step and not the others. */
    void run(Recording recording) throws Exception;
  }

  /** Where steps leave what they have measured. */
  interface Recording {
    /** Runs a fork under JMH and keeps its result. */
    void jmh(String key, Options options) throws Exception;

    /** Keeps rows and curves that were measured without JMH. Forks of one row are joined. */
    void add(Report report);
  }
}
