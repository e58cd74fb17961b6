package io.github.lanewise.bench.suite;

import java.time.Duration;
import java.util.List;

/** How thoroughly suites are run. */
public enum Preset {
  /** A first impression: under five minutes on any machine, the build and the page with it. */
  QUICK(
      3,
      1000,
      3,
      150,
      Duration.ofSeconds(200),
      List.of("lanewise", "onednn-heap", "netlib-vector", "onnxruntime"),
      List.of("64x64x64", "256x256x256", "1024x1024x1024"),
      List.of("128x32x784", "1024x1x1024"),
      List.of("16x16x16", "64x64x64", "256x256x256", "1024x1024x1024", "128x32x784", "1024x1x1024"),
      4_000),

  /** What a claim needs: five forks, all peers that are worth comparing with; hours. */
  FULL(
      5,
      2000,
      5,
      300,
      Duration.ofDays(7),
      List.of(
          "lanewise",
          "openblas-heap",
          "mkl-heap",
          "onednn-heap",
          "blis-heap",
          "netlib-vector",
          "ejml",
          "ojalgo",
          "onnxruntime",
          "djl"),
      List.of("small", "medium", "large"),
      List.of("batches", "batch1"),
      List.of(
          "small", "medium", "large", "batches", "batch1", "awkward", "leading", "sub", "every"),
      30_000);

  /** JVMs for each figure, at most. */
  public final int forks;

  /** Milliseconds of warm-up in a fork, and its iterations and their milliseconds. */
  public final int warmup;

  public final int iterations;
  public final int time;

  /** No fork is begun later than this. */
  public final Duration limit;

  /** Names of the peers, of which those that run here take part. */
  public final List<String> peers;

  /** Square products, in every variant, and layers, as the command line names them. */
  public final List<String> squares;

  public final List<String> layers;

  /**
   * Products of all kinds for JVMs in which peers take turns, and milliseconds of their warm-up.
   */
  public final List<String> turns;

  public final int warmupOfTurns;

  // spotless:off
  Preset(
      int forks,
      int warmup,
      int iterations,
      int time,
      Duration limit,
      List<String> peers,
      List<String> squares,
      List<String> layers,
      List<String> turns,
      int warmupOfTurns) {
    // spotless:on
    this.forks = forks;
    this.warmup = warmup;
    this.iterations = iterations;
    this.time = time;
    this.limit = limit;
    this.peers = peers;
    this.squares = squares;
    this.layers = layers;
    this.turns = turns;
    this.warmupOfTurns = warmupOfTurns;
  }
}
