package io.github.lanewise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gradient of {@link Network#backpropagate} against central differences of {@link
 * DoubleNetwork}'s loss, which knows nothing of backpropagation.
 *
 * <p>Two errors may lie between them. Rounding of the library's floats: {@link BallBackpropagation}
 * bounds it, parameter by parameter. And the central difference D(h) itself: its truncation is
 * h²/6·L‴ + O(h⁴), a third of D(2h) − D(h), so that the whole of |D(2h) − D(h)| bounds it; its
 * rounding is that of two losses over 2h.
 */
class GradientTest {
  /**
   * A power of two, so that a parameter ± h is exact in double, and near the cube root of its ulp.
   */
  private static final double H = 0x1p-15;

  /**
   * Bound on the roundings of a loss in double, relative to 1 + loss: far fewer than 2⁹ operations
   * lead to any one number, each with terms of size about 1.
   */
  private static final double LOSS_ROUNDING = 0x1p9 * 0x1p-53;

  /** Beyond the reach of ±2h times any factor that a parameter of these networks meets. */
  private static final double KINK_MARGIN = 0x1p-8;

  record Case(Activation g, Loss loss, int layers, int m) {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Activation g : Activations.ALL) {
      for (Loss loss : Loss.values()) {
        for (int layers = 2; layers <= 3; layers++) {
          for (int m : new int[] {1, 2, 7}) {
            cases.add(new Case(g, loss, layers, m));
          }
        }
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isTheDerivativeOfTheLoss(Case c) {
    // Not the hash of the case: that of an enum is another in each virtual machine.
    SplittableRandom random = new SplittableRandom(c.toString().hashCode());
    Network network = network(c, random);
    float[] target = target(c, random);
    float[] x = awayFromKinks(c, network, target, random);
    float[] start = Floats.uniform(random, network.parameters().length, 1);
    double[][] slopes = slopes(new DoubleNetwork(network, x, target, c.m, c.loss), network);
    double steepest = Arrays.stream(slopes).mapToDouble(s -> Math.abs(s[0])).max().orElseThrow();

    for (boolean accumulate : new boolean[] {false, true}) {
      float[] gradients = start.clone();
      network.backpropagate(
          x, 0, c.m, target, 0, c.loss, gradients, accumulate, Workspace.forTraining(network, c.m));

      float[] from = accumulate ? start : new float[start.length];
      Ball[] balls = BallBackpropagation.gradient(network, x, target, c.m, c.loss, from);
      for (int i = 0; i < gradients.length; i++) {
        double slope = from[i] + slopes[i][0];
        double tolerance = balls[i].rad() + slopes[i][1];
        if (!(Math.abs(gradients[i] - slope) <= tolerance)) {
          fail(
              "gradient %d is %s, the loss rises by %s; tolerance %s, of which the difference %s",
              i, gradients[i], slope, tolerance, slopes[i][1]);
        }
        // The bound is worth something only if it is computed around the right number, and small.
        assertThat(balls[i].mid()).isBetween(slope - 2 * slopes[i][1], slope + 2 * slopes[i][1]);
        assertThat(tolerance).isLessThan(1e-3 * (1 + steepest));
      }
    }
  }

  /** 4 inputs, hidden layers of g, 3 outputs of what the loss wants. */
  private static Network network(Case c, SplittableRandom random) {
    Network.Builder builder = Network.builder(4);
    int[] hidden = {6, 5};
    for (int l = 0; l < c.layers - 1; l++) {
      builder.dense(hidden[l], c.g);
    }
    boolean logits = c.loss != Loss.MEAN_SQUARED_ERROR;
    Network network = builder.dense(3, logits ? Activation.IDENTITY : c.g).build(random.nextLong());
    for (int l = 0; l < c.layers; l++) {
      FloatMatrix b = network.layers().get(l).bias();
      float[] values = Floats.uniform(random, b.rows(), 0.5f);
      System.arraycopy(values, 0, b.array(), b.offset(), values.length);
    }
    return network;
  }

  /** Multiples of 1/64, so that the targets of a softmax sum to 1 exactly. */
  private static float[] target(Case c, SplittableRandom random) {
    float[] t = new float[3 * c.m];
    for (int e = 0; e < c.m; e++) {
      int first = random.nextInt(65);
      int second = random.nextInt(65 - first);
      t[3 * e] = first / 64f;
      t[3 * e + 1] = second / 64f;
      t[3 * e + 2] = (64 - first - second) / 64f;
    }
    return t;
  }

  private static float[] awayFromKinks(
      Case c, Network network, float[] target, SplittableRandom random) {
    double[] parameters = DoubleNetwork.widened(network.parameters());
    for (int attempt = 0; attempt < 1000; attempt++) {
      float[] x = Floats.uniform(random, 4 * c.m, 2);
      DoubleNetwork reference = new DoubleNetwork(network, x, target, c.m, c.loss);
      reference.loss(parameters);
      if (reference.kinkDistance() > KINK_MARGIN) {
        return x;
      }
    }
    return fail("no input keeps away from the kinks");
  }

  /** For every parameter the central difference and a bound on its error. */
  private static double[][] slopes(DoubleNetwork reference, Network network) {
    double[] parameters = DoubleNetwork.widened(network.parameters());
    double rounding = LOSS_ROUNDING * (1 + reference.loss(parameters)) / H;
    int pieces = reference.pieces();
    double[][] slopes = new double[parameters.length][];
    for (int i = 0; i < parameters.length; i++) {
      double near = slope(reference, parameters, i, H, pieces);
      double far = slope(reference, parameters, i, 2 * H, pieces);
      slopes[i] = new double[] {near, Math.abs(far - near) + rounding};
    }
    return slopes;
  }

  private static double slope(
      DoubleNetwork reference, double[] parameters, int i, double h, int pieces) {
    double at = parameters[i];
    parameters[i] = at + h;
    double above = reference.loss(parameters);
    assertThat(reference.pieces()).as("a step crosses a kink").isEqualTo(pieces);
    parameters[i] = at - h;
    double below = reference.loss(parameters);
    assertThat(reference.pieces()).as("a step crosses a kink").isEqualTo(pieces);
    parameters[i] = at;
    return (above - below) / (2 * h);
  }
}
