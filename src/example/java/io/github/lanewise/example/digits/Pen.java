package io.github.lanewise.example.digits;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Draws lines with a round tip on paper of 28x28 pixels, from the distance of each pixel's centre
 * to the line: full ink within the tip's radius, none one pixel further out, and a ramp between.
 */
final class Pen {
  private final double[] ink = new double[DigitSet.PIXELS];

  /** New paper. */
  void clear() {
    Arrays.fill(ink, 0);
  }

  /** A straight line from (x0, y0) to (x1, y1), in pixels from the top left corner. */
  void line(double x0, double y0, double x1, double y1, double radius) {
    double dx = x1 - x0;
    double dy = y1 - y0;
    double perSquaredLength = 1 / (dx * dx + dy * dy + 1e-9);
    double reach = radius + 0.5;
    int bottom = pixel(Math.max(y0, y1) + reach);
    int right = pixel(Math.max(x0, x1) + reach);
    for (int row = pixel(Math.min(y0, y1) - reach); row <= bottom; row++) {
      for (int column = pixel(Math.min(x0, x1) - reach); column <= right; column++) {
        double px = column + 0.5 - x0;
        double py = row + 0.5 - y0;
        double along = Math.clamp((px * dx + py * dy) * perSquaredLength, 0, 1);
        double ex = px - along * dx;
        double ey = py - along * dy;
        double coverage = Math.clamp(reach - Math.sqrt(ex * ex + ey * ey), 0, 1);
        int index = row * DigitSet.SIDE + column;
        ink[index] = Math.max(ink[index], coverage);
      }
    }
  }

  /** Develops the paper into bytes, 0 white to 255 black, with the grain of ink and paper. */
  void develop(SplittableRandom random, double grain, byte[] pixels, int offset) {
    for (int i = 0; i < ink.length; i++) {
      double noisy = ink[i] + grain * (random.nextDouble() - 0.5) * (0.3 + ink[i]);
      pixels[offset + i] = (byte) (255 * Math.clamp(noisy, 0, 1) + 0.5);
    }
  }

  private static int pixel(double position) {
    return Math.clamp((long) position, 0, DigitSet.SIDE - 1);
  }
}
