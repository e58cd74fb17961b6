package io.github.lanewise.bench.startup;

import io.github.lanewise.FloatMatrix;
import io.github.lanewise.Warmup;
import io.github.lanewise.bench.peer.Contract;
import io.github.lanewise.bench.peer.GemmPeer;
import io.github.lanewise.bench.peer.GemmPeers;
import io.github.lanewise.bench.peer.GemmShape;
import io.github.lanewise.bench.peer.LatencyPeer;
import io.github.lanewise.bench.peer.Mlp;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * One JVM of the start-up suite. Calls for a few seconds and prints when, in milliseconds since the
 * JVM started, the first call was done, and from when on calls went at {@linkplain SteadySpeed
 * steady speed}.
 *
 * <p>The first answer and the last are checked when all times are taken: a check before would have
 * warmed up what is measured.
 */
public final class StartupFork {
  private static final int MOST = 2_000_000;

  private final String peer;

  /** A network, or a product m x n x k. */
  private final String what;

  private StartupFork(String peer, String what) {
    this.peer = peer;
    this.what = what;
  }

  /**
   * Its arguments are a peer, what it computes, and for how many milliseconds; to read options
   * would take 400 ms of the start that is measured.
   */
  public static void main(String[] args) throws Exception {
    int status = 0;
    try {
      new StartupFork(args[0], args[1]).measure(Integer.parseInt(args[2]));
    } catch (Exception | LinkageError e) {
      e.printStackTrace();
      status = 1;
    }
    System.exit(status); // whatever threads a library has left
  }

  private interface Call {
    void run() throws Exception;

    /** What it has answered, copied. */
    float[] answer() throws Exception;

    /** Refuses a wrong answer. */
    void check(float[] answer);
  }

  private void measure(int millis) throws Exception {
    Call call = what.contains("x") ? product() : service();
    long epoch = ManagementFactory.getRuntimeMXBean().getStartTime();
    long origin = System.nanoTime() - (System.currentTimeMillis() - epoch) * 1_000_000;
    System.out.println("prepared " + (System.nanoTime() - origin) / 1e6);
    long[] ends = new long[MOST];
    long[] times = new long[MOST];
    float[] first = {};
    int n = 0;
    long last = System.nanoTime() + millis * 1_000_000L;
    while (n < MOST) {
      long start = System.nanoTime();
      call.run();
      ends[n] = System.nanoTime();
      times[n] = ends[n] - start;
      if (n == 0) {
        first = call.answer();
      }
      if (ends[n++] > last) {
        break;
      }
    }
    call.check(first);
    call.check(call.answer());
    double steady = SteadySpeed.of(times, n);
    int since = SteadySpeed.from(ends, times, n, steady);
    System.out.println("first " + (ends[0] - origin) / 1e6);
    System.out.println("first-call " + times[0] / 1e6);
    System.out.println("steady " + (ends[since] - origin) / 1e6);
    System.out.println("steady-micros " + steady / 1e3);
    printCalls(times, n);
  }

  /** The warm-up curve: from each point to the next a tenth later, the median and the slowest. */
  private static void printCalls(long[] times, int n) {
    for (int from = 1; from <= n; ) {
      int to = Math.max(from + 1, (int) (1.1 * from));
      long[] calls = Arrays.copyOfRange(times, from - 1, Math.min(to - 1, n));
      Arrays.sort(calls);
      System.out.println("call-" + from + " " + calls[calls.length / 2]);
      System.out.println("worst-" + from + " " + calls[calls.length - 1]);
      from = to;
    }
  }

  private Call service() throws Exception {
    Mlp mlp = Mlp.parse(what);
    LatencyPeer.Service service = LatencyPeer.named(peer).prepare(mlp, 1);
    service.warmUp();
    return new Call() {
      @Override
      public void run() throws Exception {
        service.answer();
      }

      @Override
      public float[] answer() throws Exception {
        return service.answers();
      }

      @Override
      public void check(float[] answer) {
        mlp.check(peer, 1, answer);
      }
    };
  }

  private Call product() throws Exception {
    GemmShape shape = GemmShape.parse("NN", what);
    GemmPeer.Operands operands = Contract.operands(shape, 1);
    boolean warm = peer.equals("lanewise-warm");
    if (warm) {
      Warmup.ofProduct(
              FloatMatrix.rowMajor(operands.a()[0], shape.m(), shape.k()),
              FloatMatrix.rowMajor(operands.b(), shape.k(), shape.n()),
              FloatMatrix.rowMajor(operands.c(), shape.m(), shape.n()))
          .run();
    }
    GemmPeer gemm = GemmPeers.named(warm ? "lanewise" : peer);
    gemm.open();
    GemmPeer.Product product = gemm.prepare(shape, operands);
    return new Call() {
      @Override
      public void run() {
        product.multiply(0);
      }

      @Override
      public float[] answer() {
        return product.c().clone();
      }

      @Override
      public void check(float[] answer) {
        Contract.check(peer, shape, operands, answer, gemm.exact());
      }
    };
  }
}
