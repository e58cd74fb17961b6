package io.github.lanewise.bench.gemm;

import io.github.lanewise.bench.machine.Caches;
import io.github.lanewise.bench.peer.Contract;
import io.github.lanewise.bench.peer.GemmPeer;
import io.github.lanewise.bench.peer.GemmPeers;
import io.github.lanewise.bench.peer.GemmShape;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One product C = op(A)·op(B), one thread, in ns per call. JMH reads the clock once an iteration
 * and not once a call, so that the smallest shapes need no loop of their own; what remains is 1 to
 * 2 ns for its flag and for choosing the copy, the same for every peer.
 *
 * <p>The product is checked against {@link Contract} before the first call that counts, and again
 * after the last one, when it is compiled code that ran.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class GemmBenchmark {
  @Param({"NN", "TN", "NT"})
  public String variant;

  /** {@link GemmShape}, and {@link ShapeSet} for the shapes that are reported. */
  @Param({"32x32x32", "256x256x256"})
  public String shape;

  @Param("lanewise")
  public String peer;

  /**
   * {@code hot}: all operands as the last call left them in the caches. {@code cold}: another copy
   * of A each time, all together larger than the last level. {@code polluted}: hot, after {@link
   * Pollution}.
   */
  @Param("hot")
  public String mode;

  private GemmPeer library;
  private GemmShape gemm;
  private GemmPeer.Operands operands;
  private GemmPeer.Product product;
  private int copies;
  private int next;

  /** In the thread that will multiply: some libraries count threads for each caller. */
  @Setup(Level.Trial)
  public void setUp() throws GemmPeer.Unavailable {
    gemm = GemmShape.parse(variant, shape);
    library = GemmPeers.named(peer);
    library.open();
    if (mode.equals("polluted")) {
      Pollution.exercise(library);
    }
    copies = Caches.copies(mode, gemm);
    operands = Contract.operands(gemm, copies);
    product = library.prepare(gemm, operands);
    product.multiply(copies - 1);
    check();
  }

  @Benchmark
  public void multiply() {
    int copy = next;
    next = copy + 1 == copies ? 0 : copy + 1;
    product.multiply(copy);
  }

  @TearDown(Level.Trial)
  public void check() {
    Contract.check(peer, gemm, operands, product.c(), library.exact());
  }
}
