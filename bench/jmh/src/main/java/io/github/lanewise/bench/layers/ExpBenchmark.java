package io.github.lanewise.bench.layers;

import io.github.lanewise.bench.peer.Chain;
import io.github.lanewise.kernels.scalar.ScalarMath;
import io.github.lanewise.kernels.simd.SimdKernels;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * e^x of 64 Ki elements, softmax's: Lanewise's, the JDK's (SVML on x86), and a copy. Before the
 * first call that counts and after the last one Lanewise's are the bits of its scalar twin, the
 * JDK's within an ulp of what is exact.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class ExpBenchmark {
  private static final int ELEMENTS = 1 << 16;
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private final SimdKernels kernels = new SimdKernels();
  private final float[] x = new float[ELEMENTS];
  private final float[] y = new float[ELEMENTS];

  @Setup(Level.Trial)
  public void setUp() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < ELEMENTS; i++) {
      x[i] = (float) random.nextGaussian(0, 2);
    }
    lanewise();
    check("lanewise");
    jdk();
    check("jdk");
    copy();
    check("copy");
  }

  @TearDown(Level.Trial)
  public void checkLast(BenchmarkParams benchmark) {
    check(benchmark.getBenchmark().replaceFirst(".*\\.", ""));
  }

  private void check(String who) {
    float[] expected = x.clone();
    for (int i = 0; i < ELEMENTS && !who.equals("copy"); i++) {
      expected[i] = ScalarMath.exp(x[i]);
      if (who.equals("jdk") && Math.abs(y[i] - Math.exp(x[i])) <= Math.ulp(expected[i])) {
        expected[i] = y[i];
      }
    }
    Chain.same(who + "'s e^x", y, expected);
  }

  @Benchmark
  public void lanewise() {
    kernels.exp(ELEMENTS, x, 0, y, 0);
  }

  @Benchmark
  public void jdk() {
    for (int i = 0; i < ELEMENTS; i += SPECIES.length()) {
      FloatVector.fromArray(SPECIES, x, i).lanewise(VectorOperators.EXP).intoArray(y, i);
    }
  }

  @Benchmark
  public void copy() {
    System.arraycopy(x, 0, y, 0, ELEMENTS);
  }
}
