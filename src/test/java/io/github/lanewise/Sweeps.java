package io.github.lanewise;

import io.github.lanewise.kernels.Kernels;
import io.github.lanewise.kernels.scalar.ScalarKernels;
import io.github.lanewise.kernels.simd.SimdKernels;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** What the tests of element-wise kernels share: the twins, and numbers that are hard on them. */
final class Sweeps {
  static final Kernels SCALAR = new ScalarKernels();
  static final Kernels SIMD = new SimdKernels();

  /** Beyond three vectors and a rest at every width there is. */
  static final int LONGEST = 70;

  /** Where functions change their formula, saturate, overflow, or have no derivative. */
  private static final float[] SPECIAL = {
    0f,
    -0f,
    Float.NaN,
    Float.intBitsToFloat(0xffc0_1234),
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    0x0.fffffep-126f,
    -0x0.fffffep-126f,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    1f,
    -1f,
    2f,
    -2f,
    3f,
    -3f,
    Math.nextUp(3f),
    Math.nextDown(3f),
    Math.nextUp(-3f),
    Math.nextDown(-3f),
    0.5f,
    -0.5f,
    6f,
    7f,
    -7f,
    10f,
    -10f,
    10.85f,
    -10.85f,
    14.75f,
    -14.75f,
    17f,
    -17f,
    20f,
    -20f,
    40f,
    -40f,
    88f,
    -88f,
    88.73f,
    89f,
    -87.34f,
    -103.97f,
    -104f,
    104f,
    109f,
    -109f,
    1e-4f,
    -1e-4f,
    1e-20f,
    -1e-20f,
    1e20f,
    -1e20f
  };

  /** Every activation with the parameters at the ends of its range, too. */
  static final List<Activation> ACTIVATIONS =
      Stream.concat(
              Activations.ALL.stream(),
              Stream.of(
                  Activation.leakyRelu(0), Activation.elu(0), Activation.elu(1), Activation.elu(5)))
          .toList();

  private Sweeps() {}

  /** For {@code @MethodSource}. */
  static List<Activation> activations() {
    return ACTIVATIONS;
  }

  /** Special numbers, ordinary ones, and any bits at all, in equal parts. */
  static float[] hard(SplittableRandom random, int length) {
    float[] x = new float[length];
    for (int i = 0; i < length; i++) {
      x[i] =
          switch (random.nextInt(3)) {
            case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
            case 1 -> (float) (12 * (2 * random.nextDouble() - 1));
            default -> Float.intBitsToFloat(random.nextInt());
          };
    }
    return x;
  }

  /** All special numbers, one after another. */
  static float[] special() {
    return SPECIAL.clone();
  }
}
