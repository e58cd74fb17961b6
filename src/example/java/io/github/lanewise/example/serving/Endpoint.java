package io.github.lanewise.example.serving;

import io.github.lanewise.Network;
import io.github.lanewise.PackedNetwork;
import io.github.lanewise.Warmup;
import io.github.lanewise.Workspace;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** A network that serves. Each answer has to be one of its versions', from first to last bit. */
final class Endpoint {
  private static final int MAX_BATCH = 32;
  private static final long PAUSE_NANOS = 50_000;

  private final String name;
  private final AtomicReference<PackedNetwork> current = new AtomicReference<>();
  private final Warmup warmup;
  private final float[] examples;
  private final List<Version> versions = new CopyOnWriteArrayList<>();
  private final Histogram cold = new ConcurrentHistogram(3);
  private final Histogram warm = new ConcurrentHistogram(3);

  /** Answers to all examples, and how often one of them was given. */
  private static final class Version {
    final float[] answers;
    final LongAdder given = new LongAdder();

    Version(int floats) {
      answers = new float[floats];
    }
  }

  Endpoint(String name, Network network) {
    this.name = name;
    PackedNetwork packed = PackedNetwork.of(network);
    warmup = Warmup.of(packed, MAX_BATCH); // from here on the scalar kernels answer
    examples = new float[MAX_BATCH * packed.inputs()];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < examples.length; i++) {
      examples[i] = (float) random.nextDouble(-1, 1);
    }
    put(packed);
  }

  Warmup warmup() {
    return warmup;
  }

  /** New weights for the same sizes and activations need no warm-up. */
  void exchange(Network next) {
    put(PackedNetwork.of(next));
  }

  private void put(PackedNetwork next) {
    Version version = new Version(MAX_BATCH * next.outputs());
    Workspace workspace = Workspace.forInference(next, MAX_BATCH);
    next.run(examples, 0, MAX_BATCH, version.answers, 0, workspace);
    versions.add(version);
    current.set(next);
  }

  /** What a thread does: one request after another, until the service is closed. */
  void serve(Warmup all, AtomicBoolean closed) {
    PackedNetwork any = current.get();
    Workspace workspace = Workspace.forInference(any, 1);
    float[] answer = new float[any.outputs()];
    for (int i = 0; !closed.get(); i = (i + 1) % MAX_BATCH) {
      Histogram nanos = all.isReady() ? warm : cold;
      long start = System.nanoTime();
      current.get().run(examples, i * any.inputs(), 1, answer, 0, workspace);
      nanos.recordValue(System.nanoTime() - start);
      count(answer, i * answer.length);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void count(float[] answer, int at) {
    for (Version version : versions) {
      if (Arrays.equals(answer, 0, answer.length, version.answers, at, at + answer.length)) {
        version.given.increment();
        return;
      }
    }
  }

  /** Answers that are no version's. */
  long wrong() {
    long given = versions.stream().mapToLong(version -> version.given.sum()).sum();
    return cold.getTotalCount() + warm.getTotalCount() - given;
  }

  void report(PrintStream out) {
    line(out, "cold", cold);
    line(out, "warm", warm);
    List<LongAdder> given = versions.stream().map(version -> version.given).toList();
    out.printf("%s: answers of each version %s, of none %d%n", name, given, wrong());
  }

  private void line(PrintStream out, String when, Histogram nanos) {
    out.printf(
        Locale.ROOT,
        "%s, %s: %,d requests, p50 %.1f us, p99 %.1f us%n",
        name,
        when,
        nanos.getTotalCount(),
        nanos.getValueAtPercentile(50) / 1e3,
        nanos.getValueAtPercentile(99) / 1e3);
  }
}
