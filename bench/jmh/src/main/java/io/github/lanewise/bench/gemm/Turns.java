package io.github.lanewise.bench.gemm;

import io.github.lanewise.bench.peer.GemmPeer;
import io.github.lanewise.bench.peer.Peer;
import io.github.lanewise.bench.report.Report;
import io.github.lanewise.bench.report.Results;
import io.github.lanewise.bench.suite.Cell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Products by the hundred, all peers in one JVM: what a {@link TurnsFork} is asked for.
 *
 * @param peers those that can share a JVM, which those that need options of their own cannot
 * @param shapes as the command line names them
 * @param warmup milliseconds of all peers together
 * @param rounds turns of each peer at each product
 * @param millis of a turn
 */
record Turns(
    List<GemmPeer> peers,
    List<String> shapes,
    List<String> variants,
    int warmup,
    int rounds,
    int millis) {
  /** Unless told otherwise. */
  static final int ROUNDS = 7;

  static final int MILLIS = 3;

  Turns {
    peers = peers.stream().filter(peer -> peer.jvmArgs().isEmpty()).toList();
  }

  /** One more fork: a row for each product and peer, and what was wrong. */
  Report fork() throws IOException, InterruptedException {
    Path file = Files.createTempFile("turns", ".json");
    try {
      List<String> args =
          List.of(
              file.toString(),
              String.join(",", peers.stream().map(Peer::name).toList()),
              String.join(",", shapes),
              String.join(",", variants),
              String.valueOf(warmup),
              String.valueOf(rounds),
              String.valueOf(millis));
      new Cell("turns", Map.of(), "all peers", List.of(), TurnsFork.class, args).fork();
      return Results.read(List.of(file));
    } finally {
      Files.delete(file);
    }
  }
}
