package io.github.lanewise.kernels;

import io.github.lanewise.kernels.Elementary.Claim;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A walk through the floats in ascending order, NaN of either sign at its ends: the largest error
 * of every claim, the neighbours where the function falls, the floats where the twins differ, and
 * the NaN that come out as numbers.
 */
final class Sweep {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** Floats that a thread takes at once. */
  private static final int BLOCK = 1 << 16;

  private final Elementary f;
  private final long stride;
  private final long inputs;

  /** Every stride-th float, the first one included. */
  Sweep(Elementary f, long stride) {
    this.f = f;
    this.stride = stride;
    this.inputs = ((1L << 32) + stride - 1) / stride;
  }

  long inputs() {
    return inputs;
  }

  /** What was found; errors and their inputs in the order of the claims. */
  @SuppressWarnings("ArrayRecordComponent")
  record Found(double[] errors, float[] worst, long falls, long differences, long numbersOfNaN) {

    private static Found nothing(int claims) {
      return new Found(new double[claims], new float[claims], 0, 0, 0);
    }

    private Found and(Found later) {
      double[] errors = this.errors.clone();
      float[] worst = this.worst.clone();
      for (int i = 0; i < errors.length; i++) {
        if (later.errors[i] > errors[i]) {
          errors[i] = later.errors[i];
          worst[i] = later.worst[i];
        }
      }
      return new Found(
          errors,
          worst,
          falls + later.falls,
          differences + later.differences,
          numbersOfNaN + later.numbersOfNaN);
    }

    /** Whether every claim holds. */
    boolean holds(Elementary f) {
      boolean bounded = true;
      for (int i = 0; i < errors.length; i++) {
        bounded &= errors[i] <= f.claims().get(i).bound();
      }
      return bounded && differences == 0 && numbersOfNaN == 0 && !(f.monotone() && falls > 0);
    }
  }

  /**
   * The walk, on as many threads as there are processors.
   *
   * @param done told how many floats more are done
   */
  Found run(LongConsumer done) {
    return LongStream.range(0, (inputs + BLOCK - 1) / BLOCK)
        .parallel()
        .mapToObj(
            block -> {
              long from = block * BLOCK;
              int count = (int) Math.min(BLOCK, inputs - from);
              Found found = block(from, count);
              done.accept(count);
              return found;
            })
        .reduce(Found.nothing(f.claims().size()), Found::and);
  }

  private Found block(long from, int count) {
    float[] x = new float[count + SPECIES.length()];
    float[] y = new float[x.length];
    for (int i = 0; i < count; i++) {
      x[i] = input(from + i);
    }
    f.vector().run(SPECIES.loopBound(x.length), x, 0, y, 0);
    List<Claim> claims = f.claims();
    double[] errors = new double[claims.size()];
    float[] worst = new float[claims.size()];
    long falls = 0;
    long differences = 0;
    long numbersOfNaN = 0;
    float before = from == 0 ? Float.NaN : input(from - 1);
    float yBefore = f.covers(before) ? f.scalar().of(before) : Float.NaN;
    for (int i = 0; i < count; i++) {
      float actual = f.scalar().of(x[i]);
      differences += Float.floatToIntBits(actual) == Float.floatToIntBits(y[i]) ? 0 : 1;
      numbersOfNaN += Float.isNaN(x[i]) && !Float.isNaN(actual) ? 1 : 0;
      if (!f.covers(x[i])) {
        yBefore = Float.NaN;
        continue;
      }
      falls += actual < yBefore ? 1 : 0;
      yBefore = actual;
      double exactly = f.exact().applyAsDouble(x[i]);
      for (int c = 0; c < errors.length; c++) {
        if (claims.get(c).covers(x[i])) {
          double error = claims.get(c).error(actual, exactly);
          if (error > errors[c]) {
            errors[c] = error;
            worst[c] = x[i];
          }
        }
      }
    }
    return new Found(errors, worst, falls, differences, numbersOfNaN);
  }

  /** The floats in ascending order: among the negative ones, the bits count downwards. */
  private float input(long index) {
    int key = (int) (Integer.MIN_VALUE + index * stride);
    return Float.intBitsToFloat(key ^ (key >> 31 & Integer.MAX_VALUE));
  }
}
