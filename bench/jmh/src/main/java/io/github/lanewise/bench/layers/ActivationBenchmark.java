package io.github.lanewise.bench.layers;

import io.github.lanewise.Activation;
import io.github.lanewise.FloatMatrix;
import io.github.lanewise.Hadamard;
import io.github.lanewise.bench.peer.Chain;
import io.github.lanewise.bench.peer.Peers;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
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
 * 64 Ki elements: A = g(Z), and dZ = dA ⊙ g' with db. Beside them what the JDK's own lanewise
 * operations (SVML on x86) take for the same g where it has one, and a floor that computes nothing:
 * a copy, and a product of two arrays.
 *
 * <p>Before the first call that counts and after the last one Lanewise must have come to the bits
 * of its scalar twin, element by element, and the JDK close to them.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class ActivationBenchmark {
  private static final int ELEMENTS = 1 << 16;
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  @Param({
    "tanh",
    "relu",
    "leaky_relu(0.01)",
    "elu(1.0)",
    "sigmoid",
    "softplus",
    "gelu",
    "gelu_tanh",
    "silu",
    "hardswish",
  })
  public String g;

  /** {@code value} is g, {@code derivative} the sweep of the backward pass. */
  @Param({"value", "derivative"})
  public String what;

  /** On demand also {@code jdk}, which knows the values of tanh and sigmoid. */
  @Param({"lanewise", "floor"})
  public String peer;

  private Activation activation;
  private FloatMatrix z;
  private FloatMatrix a;
  private FloatMatrix dA;
  private FloatMatrix db;
  private Runnable sweep;

  /** What a whole run sets beside it. */
  public static List<String> others(Map<String, String> params, Peers peers) {
    boolean known =
        List.of("value tanh", "value sigmoid").contains(params.get("what") + " " + params.get("g"));
    return known ? List.of("jdk") : List.of();
  }

  @Setup(Level.Trial)
  public void setUp() {
    activation = Activation.parse(g);
    SplittableRandom random = new SplittableRandom(1);
    z = matrix();
    a = matrix();
    dA = matrix();
    db = FloatMatrix.columnMajor(new float[512], 512, 1);
    for (int i = 0; i < ELEMENTS; i++) {
      z.array()[i] = (float) random.nextGaussian(0, 2);
      dA.array()[i] = random.nextFloat() - 0.5f;
    }
    sweep =
        switch (what + " " + peer) {
          case "value lanewise" -> () -> activation.apply(z, a);
          case "derivative lanewise" -> () -> Hadamard.apply(activation, dA, z, a, db, false);
          case "value floor" -> this::copy;
          case "derivative floor" -> this::product;
          case "value jdk" -> jdk();
          default -> throw new IllegalArgumentException(peer + " has no " + what);
        };
    sweep.run();
    check();
  }

  private static FloatMatrix matrix() {
    return FloatMatrix.columnMajor(new float[ELEMENTS], 512, ELEMENTS / 512);
  }

  private Runnable jdk() {
    return switch (g) {
      case "tanh" -> this::jdkTanh;
      case "sigmoid" -> this::jdkSigmoid;
      default -> throw new IllegalArgumentException("the JDK has no " + g);
    };
  }

  /** 512 features of 128 examples. */
  @Benchmark
  public void sweep() {
    sweep.run();
  }

  @TearDown(Level.Trial)
  public void check() {
    boolean value = what.equals("value");
    boolean floor = peer.equals("floor");
    float[] expected = z.array().clone();
    for (int i = 0; i < ELEMENTS && !(value && floor); i++) {
      float gi = floor ? expected[i] : twin(value, expected[i]);
      expected[i] = value ? gi : dA.array()[i] * gi;
    }
    if (peer.equals("jdk")) {
      near(a.array(), expected);
      return;
    }
    Chain.same(peer + "'s " + g, a.array(), expected);
    if (!value && !floor) {
      Chain.same(peer + "'s db", db.array(), Chain.sums(512, expected));
    }
  }

  private float twin(boolean value, float x) {
    return value ? activation.value(x) : activation.derivative(x);
  }

  private void near(float[] found, float[] expected) {
    for (int i = 0; i < ELEMENTS; i++) {
      if (!(Math.abs(found[i] - expected[i]) <= 1e-6f * (1 + Math.abs(expected[i])))) {
        throw new IllegalStateException(
            peer + ": " + g + " at " + z.array()[i] + " is " + found[i] + ", not " + expected[i]);
      }
    }
  }

  private void copy() {
    System.arraycopy(z.array(), 0, a.array(), 0, ELEMENTS);
  }

  private void product() {
    float[] x = dA.array();
    float[] y = z.array();
    float[] out = a.array();
    for (int i = 0; i < ELEMENTS; i += SPECIES.length()) {
      FloatVector.fromArray(SPECIES, x, i)
          .mul(FloatVector.fromArray(SPECIES, y, i))
          .intoArray(out, i);
    }
  }

  private void jdkTanh() {
    float[] x = z.array();
    float[] out = a.array();
    for (int i = 0; i < ELEMENTS; i += SPECIES.length()) {
      FloatVector.fromArray(SPECIES, x, i).lanewise(VectorOperators.TANH).intoArray(out, i);
    }
  }

  private void jdkSigmoid() {
    float[] x = z.array();
    float[] out = a.array();
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    for (int i = 0; i < ELEMENTS; i += SPECIES.length()) {
      FloatVector e = FloatVector.fromArray(SPECIES, x, i).neg().lanewise(VectorOperators.EXP);
      one.div(e.add(1)).intoArray(out, i);
    }
  }
}
