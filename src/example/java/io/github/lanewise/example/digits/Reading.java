package io.github.lanewise.example.digits;

import io.github.lanewise.Network;
import io.github.lanewise.Workspace;
import java.util.Comparator;
import java.util.stream.IntStream;

/** What a network reads in every image of a set, and how sure it is. */
final class Reading {
  private static final int BATCH = 256;

  private final DigitSet set;
  private final int[] digits;
  private final double[] confidences;

  /** Reads all images, in batches. */
  Reading(Network network, DigitSet set) {
    this.set = set;
    digits = new int[set.size()];
    confidences = new double[set.size()];
    Workspace workspace = Workspace.forInference(network, BATCH);
    float[] x = new float[BATCH * DigitSet.PIXELS];
    float[] y = new float[BATCH * DigitSet.CLASSES];
    for (int from = 0; from < set.size(); from += BATCH) {
      int size = Math.min(BATCH, set.size() - from);
      for (int i = 0; i < size; i++) {
        set.scale(from + i, x, i * DigitSet.PIXELS);
      }
      network.run(x, 0, size, y, 0, workspace);
      for (int i = 0; i < size; i++) {
        digits[from + i] = largest(y, i * DigitSet.CLASSES);
        confidences[from + i] = softmax(y, i * DigitSet.CLASSES, digits[from + i]);
      }
    }
  }

  /** The class of the largest of ten outputs. */
  static int largest(float[] y, int offset) {
    int best = 0;
    for (int j = 1; j < DigitSet.CLASSES; j++) {
      if (y[offset + j] > y[offset + best]) {
        best = j;
      }
    }
    return best;
  }

  private static double softmax(float[] y, int offset, int digit) {
    double sum = 0;
    for (int j = 0; j < DigitSet.CLASSES; j++) {
      sum += StrictMath.exp((double) y[offset + j] - y[offset + digit]);
    }
    return 1 / sum;
  }

  int digit(int image) {
    return digits[image];
  }

  /** The probability that the network gives to the digit it reads. */
  double confidence(int image) {
    return confidences[image];
  }

  int size() {
    return digits.length;
  }

  /** Percentage of the images that are read correctly. */
  double accuracy() {
    return 100.0 * (size() - misread().length) / size();
  }

  /** The images that are read wrongly, the surest mistakes first. */
  int[] misread() {
    return IntStream.range(0, set.size())
        .filter(i -> digits[i] != set.label(i))
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -confidences[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
