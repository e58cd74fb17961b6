package io.github.lanewise;

import static io.github.lanewise.Floats.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The update rules twice: bit for bit against the documented formula written out, and against the
 * paper's formula in double, with a tolerance that is computed beside the values in ball
 * arithmetic.
 */
class OptimizerTest {
  private static final int STEPS = 20;
  private static final float RATE = 0.01f;
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final SplittableRandom random = new SplittableRandom(31);

  /** Every length around the vectors of every machine; gradients down to where state is flushed. */
  @ParameterizedTest
  @CsvSource({"0, 1", "0, 1e-37", "0.9, 1", "0.9, 1e-20", "0.9, 1e-37"})
  void sgdHasTheBitsOfItsFormula(float momentum, float size) {
    for (int n = 0; n <= 70; n++) {
      Optimizer sgd = new Sgd(n, RATE, momentum);
      float[] p = Floats.uniform(random, n, size);
      float[] expected = p.clone();
      float[] v = new float[n];
      for (int step = 0; step < STEPS; step++) {
        float[] g = Floats.uniform(random, n, size);
        float[] gBefore = g.clone();
        sgd.step(p, g);
        for (int i = 0; i < n; i++) {
          v[i] = momentum == 0 ? g[i] : flush(Math.fma(momentum, v[i], g[i]));
          expected[i] = Math.fma(-RATE, v[i], expected[i]);
        }
        assertSameBits("parameters", p, expected);
        assertSameBits("gradients", g, gBefore);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.9, 0.999, 1e-8, 1",
    "0.9, 0.999, 1e-8, 1e-18",
    "0.9, 0.999, 1e-8, 1e-37",
    "0, 0, 1e-30, 1",
    "0.5, 0.25, 0.125, 1e-3"
  })
  void adamHasTheBitsOfItsFormula(float beta1, float beta2, float epsilon, float size) {
    for (int n = 0; n <= 70; n++) {
      Optimizer adam = new Adam(n, RATE, beta1, beta2, epsilon);
      float[] p = Floats.uniform(random, n, size);
      float[] expected = p.clone();
      float[] m = new float[n];
      float[] v = new float[n];
      double beta1ToT = 1;
      double beta2ToT = 1;
      for (int step = 0; step < STEPS; step++) {
        float[] g = Floats.uniform(random, n, size);
        float[] gBefore = g.clone();
        adam.step(p, g);
        beta1ToT *= beta1;
        beta2ToT *= beta2;
        float rate = (float) (RATE / (1 - beta1ToT));
        float scale = (float) (1 / Math.sqrt(1 - beta2ToT));
        for (int i = 0; i < n; i++) {
          m[i] = flush(Math.fma(beta1, m[i], (1 - beta1) * g[i]));
          v[i] = flush(Math.fma(beta2, v[i], ((1 - beta2) * g[i]) * g[i]));
          float root = (float) Math.sqrt(v[i]);
          expected[i] = expected[i] - (rate * m[i]) / Math.fma(root, scale, epsilon);
        }
        assertSameBits("parameters", p, expected);
        assertSameBits("gradients", g, gBefore);
      }
    }
  }

  /** State below the normal range becomes 0. */
  private static float flush(float x) {
    return Math.abs(x) < Float.MIN_NORMAL ? 0 : x;
  }

  /** Where v is flushed and m is not, an ε of 2⁻⁶³/√(1 − β₂) still holds the step. */
  @ParameterizedTest
  @CsvSource({"0.9, 0.999", "0.9, 0.9", "0.5, 0.99999994", "0, 0"})
  void adamsStepsDoNotExplode(float beta1, float beta2) {
    float epsilon = (float) (0x1p-63 / Math.sqrt(1 - beta2));
    float largest = 0;
    for (float size = epsilon / 64; size < 64 * epsilon; size *= 1.1f) {
      Adam adam = new Adam(1, 1, beta1, beta2, epsilon);
      float g = size;
      for (int step = 0; step < 50; step++, g *= 0.9f) {
        float[] p = {0};
        adam.step(p, new float[] {g});
        largest = Math.max(largest, Math.abs(p[0]));
      }
    }
    assertThat(largest).isBetween(0.9f, 1.2f);
  }

  /** Once gradients have ceased, momentum dies out: some day a step moves nothing at all. */
  @Test
  void stateDoesNotLingerBelowTheNormalRange() {
    for (Optimizer optimizer : List.of(new Sgd(40, 1, 0.9f), new Adam(40, 1, 0.9f, 0.9f, 1e-30f))) {
      float[] p = new float[40];
      float[] none = new float[40];
      optimizer.step(p, Floats.uniform(random, 40, 1));
      // 0.9ⁿ is below 2⁻¹²⁶ from n = 829 on.
      for (int step = 0; step < 900; step++) {
        optimizer.step(p, none);
      }
      float[] start = new float[40];
      optimizer.step(start, none);
      assertThat(start).containsOnly(0);
    }
  }

  /** v = momentum·v + g, p = p − rate·v in exact arithmetic, one rounding each in the library's. */
  @Test
  void sgdIsMomentumDescent() {
    int n = 50;
    float momentum = 0.9f;
    Optimizer sgd = new Sgd(n, RATE, momentum);
    float[] p = Floats.uniform(random, n, 1);
    Ball[] expected = exact(p);
    Ball[] v = exact(new float[n]);
    for (int step = 0; step < STEPS; step++) {
      float[] g = Floats.uniform(random, n, 1);
      sgd.step(p, g);
      for (int i = 0; i < n; i++) {
        v[i] = Ball.of(momentum).times(v[i]).plus(Ball.of(g[i])).rounded();
        expected[i] = expected[i].minus(Ball.of(RATE).times(v[i])).rounded();
        assertInside(p[i], expected[i]);
      }
    }
  }

  /** Algorithm 1 of the paper, bias corrections and all. */
  @Test
  void adamIsThePapersAlgorithm() {
    int n = 50;
    Optimizer adam = new Adam(n, RATE);
    float[] p = Floats.uniform(random, n, 1);
    Ball[] expected = exact(p);
    Ball[] m = exact(new float[n]);
    Ball[] v = exact(new float[n]);
    for (int step = 1; step <= STEPS; step++) {
      float[] g = Floats.uniform(random, n, 1);
      adam.step(p, g);
      Ball rate = Ball.of(RATE / (1 - Math.pow(BETA1, step))).rounded();
      Ball scale = Ball.of(1 / Math.sqrt(1 - Math.pow(BETA2, step))).rounded();
      for (int i = 0; i < n; i++) {
        Ball gi = Ball.of(g[i]);
        Ball rest1 = Ball.of(1 - (double) BETA1).times(gi).rounded();
        Ball rest2 = Ball.of(1 - (double) BETA2).times(gi).rounded().times(gi).rounded();
        m[i] = Ball.of(BETA1).times(m[i]).plus(rest1).rounded();
        v[i] = Ball.of(BETA2).times(v[i]).plus(rest2).rounded();
        Ball denominator = root(v[i]).rounded().times(scale).plus(Ball.of(EPSILON)).rounded();
        Ball quotient = rate.times(m[i]).rounded().times(denominator.inverse()).rounded();
        expected[i] = expected[i].minus(quotient).rounded();
        assertInside(p[i], expected[i]);
      }
    }
  }

  /** √ over a ball that keeps away from 0: |√x − √y| = |x − y|/(√x + √y). */
  private static Ball root(Ball x) {
    double root = Math.sqrt(x.mid());
    return new Ball(root, x.rad() / (root + Math.sqrt(x.mid() - x.rad())));
  }

  private static Ball[] exact(float[] x) {
    Ball[] balls = new Ball[x.length];
    for (int i = 0; i < x.length; i++) {
      balls[i] = Ball.of(x[i]);
    }
    return balls;
  }

  private static void assertInside(float actual, Ball expected) {
    assertThat(Math.abs(actual - expected.mid())).isLessThanOrEqualTo(expected.rad());
    // A tolerance larger than a fraction of one step would say nothing.
    assertThat(expected.rad()).isLessThan(RATE / 100);
  }

  /** A rate counts from the next step on; with a rate of 0 momentum gathers, but nothing moves. */
  @Test
  void rateCanBeChanged() {
    float[] p = {1};
    Sgd sgd = new Sgd(1, 0, 0.5f);
    sgd.step(p, new float[] {4});
    assertThat(p).containsExactly(1);
    sgd.rate(0.25f);
    sgd.step(p, new float[] {2});
    assertThat(p).containsExactly(0); // v = 0.5·4 + 2
    Adam adam = new Adam(1, 0);
    adam.step(p, new float[] {4});
    assertThat(p).containsExactly(0);
    adam.rate(1);
    adam.step(p, new float[] {4});
    // The same gradient twice: m̂ = 4 and v̂ = 16, and the step is the rate, to a few roundings.
    assertThat(Math.abs(p[0] + 1)).isLessThan(16 * 0x1p-24f);
  }

  static Stream<Supplier<Optimizer>> optimizers() {
    return Stream.of(
        () -> new Sgd(37, RATE, 0),
        () -> new Sgd(37, RATE, 0.9f),
        () -> new Adam(37, RATE),
        () -> new Adam(37, RATE, 0, 0.5f, EPSILON), // βᵗ below 2⁻⁵⁴ where it stops
        () -> new Adam(37, RATE, 0.9f, 0.5f, EPSILON));
  }

  /**
   * Stopped after any step and gone on with in another object, the parameters have the same bits.
   */
  @ParameterizedTest
  @MethodSource("optimizers")
  void goesOnFromItsState(Supplier<Optimizer> made) {
    Optimizer optimizer = made.get();
    float[] p = Floats.uniform(random, 37, 1);
    float[] resumed = p.clone();
    float[] state = optimizer.state();
    for (int step = 0; step < 5 * STEPS; step++) {
      float[] g = Floats.uniform(random, 37, 1);
      Optimizer other = made.get();
      other.restore(state);
      other.step(resumed, g);
      state = other.state();
      optimizer.step(p, g);
      assertSameBits("parameters", resumed, p);
      assertSameBits("state", state, optimizer.state());
    }
  }

  /** A step in pieces, from behind and from gradients that lie elsewhere. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void piecesAreTheWholeStep(Supplier<Optimizer> made) {
    Optimizer whole = made.get();
    Optimizer pieces = made.get();
    float[] p = Floats.uniform(random, 37, 1);
    float[] expected = p.clone();
    for (int step = 0; step < STEPS; step++) {
      float[] g = Floats.uniform(random, 37, 1);
      whole.step(expected, g);
      pieces.begin();
      int to = 37;
      while (to > 0) {
        int count = random.nextInt(to + 1);
        int from = to - count;
        float[] part = new float[count + 5];
        System.arraycopy(g, from, part, 2, count);
        pieces.update(p, from, count, part, 2);
        to = from;
      }
      assertSameBits("parameters", p, expected);
      assertSameBits("state", pieces.state(), whole.state());
    }
  }

  /** The state is a copy in both directions. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void stateIsACopy(Supplier<Optimizer> made) {
    Optimizer optimizer = made.get();
    optimizer.step(new float[37], Floats.uniform(random, 37, 1));
    float[] state = optimizer.state();
    float[] before = state.clone();
    optimizer.step(new float[37], Floats.uniform(random, 37, 1));
    assertSameBits("a copy taken", state, before);
    optimizer.restore(state);
    Arrays.fill(state, 7);
    assertSameBits("a copy given", optimizer.state(), before);
  }

  @Test
  void stateIsLaidOutAsDocumented() {
    Sgd sgd = new Sgd(2, RATE, 0.5f);
    sgd.step(new float[2], new float[] {3, 4});
    assertThat(sgd.state()).containsExactly(3, 4);
    assertThat(new Sgd(2, RATE, 0).state()).isEmpty();
    Adam adam = new Adam(2, RATE, 0.5f, 0.75f, EPSILON);
    adam.step(new float[2], new float[] {2, 4});
    assertThat(adam.state()).containsExactly(1, 2, 1, 4, 1, 0);
  }

  /** Beyond 2²⁴ not every whole number is a float. */
  @Test
  void adamCountsItsStepsExactly() {
    Adam adam = new Adam(0, RATE);
    adam.restore(new float[] {(1 << 24) - 1, 2});
    adam.step(new float[0], new float[0]);
    assertThat(adam.state()).containsExactly(0, 3);
    adam.step(new float[0], new float[0]);
    assertThat(adam.state()).containsExactly(1, 3);
  }

  /** NaN stays where it is: one spoiled gradient spoils one parameter. */
  @Test
  void nanStaysInItsPlace() {
    for (Optimizer optimizer : new Optimizer[] {new Sgd(37, RATE, 0.9f), new Adam(37, RATE)}) {
      float[] p = Floats.uniform(random, 37, 1);
      float[] g = Floats.uniform(random, 37, 1);
      g[20] = Float.NaN;
      optimizer.step(p, g);
      for (int i = 0; i < 37; i++) {
        assertThat(Float.isNaN(p[i])).isEqualTo(i == 20);
      }
    }
  }
}
