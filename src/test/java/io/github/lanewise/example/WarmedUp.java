package io.github.lanewise.example;

import com.sun.management.ThreadMXBean;
import io.github.lanewise.Activation;
import io.github.lanewise.Network;
import io.github.lanewise.PackedNetwork;
import io.github.lanewise.Warmup;
import io.github.lanewise.Workspace;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingStream;

/**
 * A service in little: requests from the first moment on, while another thread warms up; then all
 * batch sizes of two networks in turn. Tells what it saw, for a test to judge. With the argument
 * {@code record} the flight recorder watches.
 */
public final class WarmedUp {
  /**
   * With vectors enough for 70 outputs to be packed. The scalar kernels pack nothing; with 32, one
   * of some 60 JVMs on a Zen 3 answered two of the batches with other bits than the first time, and
   * what did it is not known yet.
   */
  private static final int MAX_BATCH =
      "scalar".equals(System.getProperty("lanewise.kernels")) ? 12 : 32;

  private static final int ROUNDS = 18_000 / MAX_BATCH;

  private final Network plain =
      Network.builder(40).dense(70, Activation.GELU).dense(10, Activation.IDENTITY).build(1);
  private final PackedNetwork packed =
      PackedNetwork.of(
          Network.builder(300).dense(100, Activation.TANH).dense(5, Activation.RELU).build(2));
  private final Workspace plainSpace = Workspace.forInference(plain, MAX_BATCH);
  private final Workspace packedSpace = Workspace.forInference(packed, MAX_BATCH);
  private final float[] in = new float[300 * MAX_BATCH];
  private final float[] out = new float[10 * MAX_BATCH];
  private final float[][] expected = new float[2 * MAX_BATCH][];
  private int wrong;

  private WarmedUp() {
    for (int i = 0; i < in.length; i++) {
      in[i] = (i * 31 % 97 - 48) / 50f;
    }
  }

  public static void main(String[] args) throws InterruptedException {
    ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();
    if (args.length > 0) {
      try (RecordingStream stream = new RecordingStream()) {
        for (String name :
            new String[] {"jdk.Deoptimization", "jdk.CompilationFailure", "jdk.Compilation"}) {
          stream.enable(name).withoutThreshold().withoutStackTrace();
        }
        for (String name : new String[] {"KernelChoice", "Warmup", "WarmupStep"}) {
          stream.enable("io.github.lanewise." + name);
        }
        stream.onEvent(event -> events.add(line(event)));
        stream.startAsync();
        new WarmedUp().serve();
        stream.stop();
      }
    } else {
      new WarmedUp().serve();
    }
    events.forEach(System.out::println);
  }

  private static String line(RecordedEvent event) {
    long millis = event.getEndTime().toEpochMilli();
    StringBuilder line =
        new StringBuilder("event " + millis + " " + event.getEventType().getName());
    for (String field :
        new String[] {"method", "compileLevel", "reason", "kernels", "what", "step", "steady"}) {
      if (event.hasField(field)) {
        Object value = event.getValue(field);
        line.append(' ')
            .append(
                value instanceof RecordedMethod m
                    ? m.getType().getName() + "::" + m.getName()
                    : String.valueOf(value));
      }
    }
    return line.toString();
  }

  private void serve() throws InterruptedException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Warmup warmup = Warmup.of(plain, MAX_BATCH).and(Warmup.of(packed, MAX_BATCH));
    warmup.limit(Duration.ofMinutes(2)); // the machine may be busy with other things
    for (int batch = 1; batch <= MAX_BATCH; batch++) {
      request(2 * batch - 2);
      request(2 * batch - 1);
    }
    // Classes have been loaded, which allocates. Nothing else may, compiled or not.
    Thread warming = new Thread(warmup);
    warming.start();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; !warmup.isReady() && warming.isAlive(); i++) {
      request(i % expected.length);
    }
    long meanwhile = threads.getCurrentThreadAllocatedBytes() - before;
    warming.join();
    System.out.println("ready " + warmup.isReady());
    System.out.println("steady " + warmup.report().steady());
    warmup.report().steps().stream()
        .filter(step -> !step.steady())
        .forEach(step -> System.out.println("unsteady " + step));
    System.out.println("meanwhile " + meanwhile);

    System.out.println("warm " + System.currentTimeMillis() + " " + uptime());
    before = threads.getCurrentThreadAllocatedBytes();
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < expected.length; i++) {
        request(i);
      }
    }
    long swept = threads.getCurrentThreadAllocatedBytes() - before; // before a text is begun
    System.out.println("sweep " + swept);
    System.out.println("end " + System.currentTimeMillis() + " " + uptime());
    System.out.println("wrong " + wrong);
  }

  private static long uptime() {
    return ManagementFactory.getRuntimeMXBean().getUptime();
  }

  /** The i-th of all batch sizes of both networks; the first answer is what the others must be. */
  private void request(int i) {
    int batch = i / 2 + 1;
    if (i % 2 == 0) {
      plain.run(in, 0, batch, out, 0, plainSpace);
    } else {
      packed.run(in, 0, batch, out, 0, packedSpace);
    }
    if (expected[i] == null) {
      expected[i] = out.clone();
      return;
    }
    int floats = batch * (i % 2 == 0 ? 10 : 5);
    if (Arrays.mismatch(out, 0, floats, expected[i], 0, floats) >= 0) {
      wrong++;
    }
  }
}
