package io.github.lanewise.bench.suite;

import io.github.lanewise.bench.machine.MachineProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Forks that are run one at a time, so that peers can take turns, and that count together as forks
 * of one result. May be asked for what there is from another thread while a fork runs.
 */
public final class JmhRuns {
  private final Map<String, BenchmarkParams> params = new LinkedHashMap<>();
  private final Map<String, List<BenchmarkResult>> results = new LinkedHashMap<>();

  /**
   * How a fork is run: one benchmark class, quietly, with the machine's limits beside it.
   *
   * @param warmup milliseconds, of all iterations together
   * @param time milliseconds of an iteration
   */
  public static ChainedOptionsBuilder fork(
      Class<?> benchmark, List<String> jvmArgs, int warmup, int iterations, int time) {
    List<String> args = new ArrayList<>(jvmArgs);
    args.add("--sun-misc-unsafe-memory-access=allow"); // JDK 25 warns of what JMH 1.37 uses
    return new OptionsBuilder()
        .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
        .forks(1)
        .warmupIterations(4)
        .warmupTime(TimeValue.milliseconds(warmup / 4))
        .measurementIterations(iterations)
        .measurementTime(TimeValue.milliseconds(time))
        .addProfiler(MachineProbe.class)
        .jvmArgsAppend(args.toArray(String[]::new))
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT);
  }

  /** Runs one more fork of each benchmark that the options include, each of them under this key. */
  public List<RunResult> run(String key, Options options) throws RunnerException {
    List<RunResult> forks = List.copyOf(new Runner(options).run());
    synchronized (this) {
      for (RunResult fork : forks) {
        String each = key + " " + fork.getParams().getBenchmark();
        params.put(each, fork.getParams());
        results.computeIfAbsent(each, k -> new ArrayList<>()).addAll(fork.getBenchmarkResults());
      }
    }
    return forks;
  }

  /** Drops what there is under a key: one of its forks was wrong. */
  public synchronized void forget(String key) {
    results.keySet().removeIf(each -> each.startsWith(key + " "));
  }

  /** One result for each key, with all forks so far. */
  public synchronized List<RunResult> merged() {
    List<RunResult> runs = new ArrayList<>();
    results.forEach((key, forks) -> runs.add(new RunResult(merged(key, forks.size()), forks)));
    return runs;
  }

  /** Writes JMH's JSON. */
  public synchronized void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    ResultFormatFactory.getInstance(ResultFormatType.JSON, file.toString()).writeOut(merged());
  }

  /** The forks were runs of their own to JMH; and where the JVM lies is this machine's affair. */
  private BenchmarkParams merged(String key, int count) {
    BenchmarkParams p = params.get(key);
    return new BenchmarkParams(
        p.getBenchmark(),
        p.generatedBenchmark(),
        p.shouldSynchIterations(),
        p.getThreads(),
        p.getThreadGroups(),
        p.getThreadGroupLabels(),
        count,
        p.getWarmupForks(),
        p.getWarmup(),
        p.getMeasurement(),
        p.getMode(),
        workload(p),
        p.getTimeUnit(),
        p.getOpsPerInvocation(),
        "java",
        p.getJvmArgs(),
        p.getJdkVersion(),
        p.getVmName(),
        p.getVmVersion(),
        p.getJmhVersion(),
        p.getTimeout());
  }

  private static WorkloadParams workload(BenchmarkParams p) {
    WorkloadParams copy = new WorkloadParams();
    for (String name : p.getParamsKeys()) {
      copy.put(name, p.getParam(name), 0);
    }
    return copy;
  }
}
