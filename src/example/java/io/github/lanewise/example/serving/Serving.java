package io.github.lanewise.example.serving;

import io.github.lanewise.Activation;
import io.github.lanewise.Network;
import io.github.lanewise.Safetensors;
import io.github.lanewise.Warmup;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Serves two networks, in scalar kernels until they are warm, and exchanges one of them under load.
 * Exit code: 0 if the warm-up became steady and no answer was wrong, otherwise 1.
 */
final class Serving {
  private static final int CLIENTS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration WHILE = Duration.ofMillis(500);

  private Serving() {}

  /** The command. */
  public static void main(String[] args) throws Exception {
    System.exit(serve(System.out) ? 0 : 1);
  }

  static boolean serve(PrintStream out) throws Exception {
    Endpoint digits = new Endpoint("digits", load(digits(1)));
    Endpoint moods = new Endpoint("moods", load(moods(2)));
    // Together, or the second one's shapes would cost the first a recompilation.
    Warmup warmup = digits.warmup().and(moods.warmup()).limit(PATIENCE);
    // A platform thread: what a virtual one allocates, which tells who is compiled, is not counted.
    Thread.ofPlatform().daemon().name("warm-up").start(warmup);

    AtomicBoolean closed = new AtomicBoolean();
    List<Future<?>> clients = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(threads.submit(() -> digits.serve(warmup, closed)));
        clients.add(threads.submit(() -> moods.serve(warmup, closed)));
      }
      if (warmup.awaitReady(PATIENCE)) {
        out.printf("Open, warm after %d ms%n", warmup.report().time().toMillis());
      } else {
        out.println("Not warm, the scalar kernels answer");
      }
      Thread.sleep(WHILE);
      digits.exchange(load(digits(3)));
      Thread.sleep(WHILE);
      closed.set(true);
    }
    for (Future<?> client : clients) {
      client.get(); // throws what its client met
    }
    digits.report(out);
    moods.report(out);
    return warmup.report().steady() && digits.wrong() + moods.wrong() == 0;
  }

  private static Network digits(long seed) {
    Network.Builder inputs = Network.builder(784);
    return inputs.dense(128, Activation.RELU).dense(10, Activation.IDENTITY).build(seed);
  }

  private static Network moods(long seed) {
    Network.Builder inputs = Network.builder(300);
    return inputs.dense(64, Activation.TANH).dense(3, Activation.SIGMOID).build(seed);
  }

  /** The way of weights from where they were trained to where they serve. */
  private static Network load(Network trained) throws IOException {
    Path file = Files.createTempFile("lanewise-", ".safetensors");
    try {
      Safetensors.save(trained, file);
      return Safetensors.load(file);
    } finally {
      Files.delete(file);
    }
  }
}
