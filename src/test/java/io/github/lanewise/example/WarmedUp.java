package io.github.lanewise.example;

import com.sun.management.ThreadMXBean;
import io.github.lanewise.Warmup;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingStream;

/**
 * A service in little: requests from the first moment on, while another thread warms up; then all
 * batch sizes of two networks in turn, and once more when one of them has been exchanged for
 * another. Tells what it saw, for a test to judge. With the argument {@code record} the flight
 * recorder watches, with {@code events} requests too; with {@code alone} there are no requests
 * before the warm-up is over; with {@code products} it is not networks but products that are warmed
 * up, alone.
 */
public final class WarmedUp {
  /** Enough for 70 outputs to be packed. */
  private static final int MAX_BATCH = 32;

  /** Before an exchange of networks, and after it. */
  private static final int ROUNDS = 9_000 / MAX_BATCH;

  private final Requests requests;

  private WarmedUp(Requests requests) {
    this.requests = requests;
  }

  public static void main(String[] args) throws InterruptedException {
    List<String> arguments = List.of(args);
    boolean products = arguments.contains("products");
    ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();
    if (arguments.contains("record")) {
      try (RecordingStream stream = new RecordingStream()) {
        for (String name : new String[] {"jdk.Deoptimization", "jdk.Compilation"}) {
          stream.enable(name).withoutThreshold().withoutStackTrace();
        }
        for (String name : new String[] {"KernelChoice", "Warmup", "WarmupStep"}) {
          stream.enable("io.github.lanewise." + name);
        }
        if (arguments.contains("events")) {
          stream.enable("io.github.lanewise.Request");
        }
        stream.onEvent(event -> events.add(line(event)));
        stream.startAsync();
        new WarmedUp(new NetworkRequests(MAX_BATCH)).serve(arguments.contains("alone"));
        stream.stop();
      }
    } else {
      WarmedUp service = new WarmedUp(products ? new Products() : new NetworkRequests(MAX_BATCH));
      service.serve(products || arguments.contains("alone"));
    }
    events.forEach(System.out::println);
  }

  private static String line(RecordedEvent event) {
    long millis = event.getEndTime().toEpochMilli();
    StringBuilder line =
        new StringBuilder("event " + millis + " " + event.getEventType().getName());
    for (String field :
        new String[] {
          "method", "compileLevel", "reason", "kernels", "what", "step", "steady", "succeded"
        }) {
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

  private void serve(boolean alone) throws InterruptedException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Warmup warmup = requests.warmup();
    warmup.limit(Duration.ofMinutes(2)); // the machine may be busy with other things
    Thread warming = new Thread(warmup);
    // Classes have been loaded, which allocates. Nothing else may, compiled or not.
    long meanwhile = 0;
    if (alone) {
      warming.start();
    } else {
      requests.sweep(1);
      warming.start();
      long before = threads.getCurrentThreadAllocatedBytes();
      requests.meanwhile(warmup, warming);
      meanwhile = threads.getCurrentThreadAllocatedBytes() - before;
    }
    warming.join();
    System.out.println("ready " + warmup.isReady());
    System.out.println("steady " + warmup.report().steady());
    warmup.report().steps().stream()
        .filter(step -> !step.steady())
        .forEach(step -> System.out.println("unsteady " + step));
    System.out.println("meanwhile " + meanwhile);

    System.out.println("warm " + System.currentTimeMillis() + " " + uptime());
    if (alone) {
      requests.sweep(1);
    }
    int digest = requests.digest();
    long before = threads.getCurrentThreadAllocatedBytes();
    requests.sweep(ROUNDS);
    requests.exchange();
    requests.sweep(ROUNDS);
    long swept = threads.getCurrentThreadAllocatedBytes() - before; // before a text is begun
    System.out.println("sweep " + swept);
    System.out.println("digests " + digest + " " + requests.digest());
    requests.allocating();
    System.out.println("end " + System.currentTimeMillis() + " " + uptime());
    System.out.println("wrong " + requests.wrong());
    if (requests.wrong() > 0) {
      System.out.printf(
          "the last: kind %d, float %d, %a, first %a%n",
          requests.wrongKind(),
          requests.wrongPlace(),
          requests.wrongAnswer(),
          requests.firstAnswer());
    }
  }

  private static long uptime() {
    return ManagementFactory.getRuntimeMXBean().getUptime();
  }
}
