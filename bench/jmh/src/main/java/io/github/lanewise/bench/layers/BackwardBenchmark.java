package io.github.lanewise.bench.layers;

import io.github.lanewise.Activation;
import io.github.lanewise.DenseLayer;
import io.github.lanewise.FloatMatrix;
import io.github.lanewise.Gemm;
import io.github.lanewise.Hadamard;
import io.github.lanewise.Workspace;
import io.github.lanewise.bench.peer.Chain;
import io.github.lanewise.bench.peer.GemmPeer;
import io.github.lanewise.bench.peer.GemmPeers;
import io.github.lanewise.bench.peer.GemmShape;
import io.github.lanewise.bench.peer.Peer;
import io.github.lanewise.bench.peer.Peers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
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
 * The backward pass of a dense layer: dZ and db, dW, dAprev. Lanewise in one call; unfused, as
 * {@link Hadamard} and two products of {@link Gemm}; and as {@link SeparatePasses} with the two
 * products of another library, which has W in the layout that suits it, (outputs, inputs) row by
 * row.
 *
 * <p>Checked before it counts, and again after the last call, when it is compiled code that ran: dZ
 * against its formula, db and both products, every element, against sums and chains in plain Java;
 * Lanewise to the bit, others within the error bounds of both.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class BackwardBenchmark {
  private static final double ROUNDOFF = 0x1p-24;

  /** outputs x inputs x batch. */
  @Param({"512x784x128", "256x512x128", "1024x1024x256", "256x512x32"})
  public String layer;

  @Param({"tanh", "gelu"})
  public String g;

  /** On demand also any {@link GemmPeer} that works on Java arrays, for example mkl-heap. */
  @Param({"lanewise", "lanewise-unfused"})
  public String peer;

  private int nOut;
  private int nIn;
  private int m;
  private Activation activation;
  private float[] dA;
  private float[] saved;
  private float[] aPrev;
  private float[] w;
  private float[] dZ;
  private float[] dAPrev;
  private float[] db;
  private float[] dW;
  private Runnable backward;

  /** What a whole run sets beside it: libraries that multiply Java arrays in place. */
  public static List<String> others(Map<String, String> params, Peers peers) {
    return peers.gemm().stream().map(Peer::name).filter(name -> name.endsWith("-heap")).toList();
  }

  @Setup(Level.Trial)
  public void setUp() throws GemmPeer.Unavailable {
    int[] sizes = Arrays.stream(layer.split("x")).mapToInt(Integer::parseInt).toArray();
    nOut = sizes[0];
    nIn = sizes[1];
    m = sizes[2];
    activation = Activation.parse(g);
    SplittableRandom random = new SplittableRandom(1);
    dA = random(random, nOut * m);
    saved = random(random, nOut * m);
    aPrev = random(random, nIn * m);
    w = random(random, nOut * nIn);
    dZ = new float[nOut * m];
    dAPrev = new float[nIn * m];
    db = new float[nOut];
    dW = new float[nOut * nIn];
    backward =
        switch (peer) {
          case "lanewise" -> fused();
          case "lanewise-unfused" -> unfused();
          default -> composed(GemmPeers.named(peer));
        };
    backward.run();
    check();
  }

  @Benchmark
  public void backward() {
    backward.run();
  }

  private FloatMatrix matrix(float[] array, int rows) {
    return FloatMatrix.columnMajor(array, rows, array.length / rows);
  }

  private Runnable fused() {
    DenseLayer dense = new DenseLayer(matrix(w, nOut), matrix(new float[nOut], nOut), activation);
    Workspace workspace = Workspace.forProducts();
    FloatMatrix gradient = matrix(dA, nOut);
    FloatMatrix kept = matrix(saved, nOut);
    FloatMatrix input = matrix(aPrev, nIn);
    FloatMatrix delta = matrix(dZ, nOut);
    FloatMatrix weights = matrix(dW, nOut);
    FloatMatrix bias = matrix(db, nOut);
    FloatMatrix below = matrix(dAPrev, nIn);
    return () ->
        dense.backward(gradient, kept, input, delta, weights, bias, false, below, workspace);
  }

  private Runnable unfused() {
    Workspace workspace = Workspace.forProducts();
    FloatMatrix gradient = matrix(dA, nOut);
    FloatMatrix kept = matrix(saved, nOut);
    FloatMatrix inputTransposed = matrix(aPrev, nIn).transpose();
    FloatMatrix delta = matrix(dZ, nOut);
    FloatMatrix weights = matrix(dW, nOut);
    FloatMatrix bias = matrix(db, nOut);
    FloatMatrix below = matrix(dAPrev, nIn);
    FloatMatrix transposed = matrix(w, nOut).transpose();
    return () -> {
      Hadamard.apply(activation, gradient, kept, delta, bias, false);
      Gemm.multiply(delta, inputTransposed, weights, workspace);
      Gemm.multiply(transposed, delta, below, workspace);
    };
  }

  /** Row by row, (batch, features): dW = dZᵀ·Aprev and dAprev = dZ·W. */
  private Runnable composed(GemmPeer library) throws GemmPeer.Unavailable {
    library.open();
    float[] rowMajor = new float[w.length];
    for (int i = 0; i < nOut; i++) {
      for (int j = 0; j < nIn; j++) {
        rowMajor[i * nIn + j] = w[i + j * nOut];
      }
    }
    w = rowMajor;
    GemmPeer.Product weights =
        library.prepare(
            GemmShape.parse("TN", nOut + "x" + nIn + "x" + m),
            new GemmPeer.Operands(new float[][] {dZ}, aPrev, dW));
    GemmPeer.Product below =
        library.prepare(
            GemmShape.parse("NN", m + "x" + nIn + "x" + nOut),
            new GemmPeer.Operands(new float[][] {dZ}, w, dAPrev));
    boolean tanh = activation.equals(Activation.TANH);
    return () -> {
      if (tanh) {
        SeparatePasses.tanh(m, nOut, dA, saved, dZ, db);
      } else {
        SeparatePasses.gelu(m, nOut, dA, saved, dZ, db);
      }
      weights.multiply(0);
      below.multiply(0);
    };
  }

  @TearDown(Level.Trial)
  public void check() {
    boolean rows = peer.endsWith("-heap");
    float[] slopes = new float[dZ.length];
    for (int e = 0; e < dZ.length; e++) {
      slopes[e] = dA[e] * activation.derivative(saved[e]);
      if (rows && !(Math.abs(dZ[e] - slopes[e]) <= 1e-6)) { // 7.1.26 is off by 1.5e-7
        throw new IllegalStateException(peer + ": dZ is " + dZ[e] + ", not " + slopes[e]);
      }
    }
    if (!rows) {
      Chain.same(peer + "'s dZ", dZ, slopes);
    }
    float[] byOutputs = rows ? w : Chain.transposed(w, nIn, nOut);
    right("db", db, m, of -> Chain.sums(nOut, of.apply(dZ)));
    right(
        "dW",
        rows ? Chain.transposed(dW, nOut, nIn) : dW,
        m,
        of -> product(nIn, nOut, m, of.apply(aPrev), 1, nIn, of.apply(dZ)));
    right(
        "dAPrev",
        dAPrev,
        nOut,
        of -> product(m, nIn, nOut, of.apply(dZ), nOut, 1, of.apply(byOutputs)));
  }

  // spotless:off
  private static float[] product(int m, int n, int k, float[] a, int rsA, int csA, float[] b) {
    // spotless:on
    float[] c = new float[m * n];
    Chain.multiply(m, n, k, a, rsA, csA, b, c);
    return c;
  }

  /**
   * Lanewise's sums have the bits of the chain; others' are as far from it as both may be from the
   * sum itself, a roundoff for each term, of the terms' magnitudes.
   *
   * @param sum of operands, or of their magnitudes
   */
  private void right(
      String what, float[] found, int terms, Function<UnaryOperator<float[]>, float[]> sum) {
    float[] chain = sum.apply(UnaryOperator.identity());
    if (!peer.endsWith("-heap")) {
      Chain.same(peer + "'s " + what, found, chain);
      return;
    }
    float[] size = sum.apply(BackwardBenchmark::magnitudes);
    for (int i = 0; i < found.length; i++) {
      double bound = 2.001 * terms * ROUNDOFF * size[i]; // a thousandth for size's own rounding
      if (!(Math.abs(found[i] - chain[i]) <= bound)) {
        throw new IllegalStateException(
            peer + ": " + what + " is " + found[i] + ", not " + chain[i] + " ± " + bound);
      }
    }
  }

  private static float[] magnitudes(float[] x) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = Math.abs(x[i]);
    }
    return y;
  }

  private static float[] random(SplittableRandom random, int length) {
    float[] x = new float[length];
    for (int i = 0; i < length; i++) {
      x[i] = random.nextFloat() - 0.5f;
    }
    return x;
  }
}
