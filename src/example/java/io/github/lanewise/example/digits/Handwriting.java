package io.github.lanewise.example.digits;

import java.util.SplittableRandom;

/**
 * An unsteady hand. It knows the {@link Skeletons} and misses their points a little, each time with
 * another slant, turn, size, place and pen. Only arithmetic that Java specifies exactly is used, so
 * the same seed gives the same pixels on every machine.
 */
final class Handwriting {
  /** How far a point is missed, of a digit that is 60 wide and 100 high. */
  private static final double UNSTEADY = 14;

  /** Straight lines per span of a curve. */
  private static final int PIECES = 6;

  private final SplittableRandom random;
  private final Pen pen = new Pen();

  /** Skeleton (x, y) goes to pixel (xx·x + xy·y + x0, yx·x + yy·y + y0). */
  private double xx;

  private double xy;
  private double yx;
  private double yy;
  private double x0;
  private double y0;
  private double radius;

  Handwriting(SplittableRandom random) {
    this.random = random;
  }

  /** Writes one digit into 28x28 bytes from the offset. */
  void write(int digit, byte[] pixels, int offset) {
    takePen();
    pen.clear();
    double[][][] ways = Skeletons.of(digit);
    for (double[] stroke : ways[random.nextInt(ways.length)]) {
      draw(missed(stroke));
    }
    pen.develop(random, 0.4, pixels, offset);
  }

  private void takePen() {
    double size = 0.19 + 0.035 * bell();
    double width = size * (1 + 0.35 * bell());
    double slant = 0.1 + 0.45 * bell();
    double turn = 0.28 * bell();
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    xx = cos * width;
    xy = -cos * slant * size - sin * size;
    yx = sin * width;
    yy = cos * size - sin * slant * size;
    x0 = DigitSet.SIDE / 2.0 + 2.2 * bell() - 30 * xx - 50 * xy;
    y0 = DigitSet.SIDE / 2.0 + 2.2 * bell() - 30 * yx - 50 * yy;
    radius = 1.1 + 0.45 * bell();
  }

  /** The points where the hand goes instead, in pixels; a corner stays one. */
  private double[] missed(double[] stroke) {
    double[] points = new double[stroke.length];
    for (int i = 0; i < stroke.length; i += 2) {
      if (i > 0 && stroke[i] == stroke[i - 2] && stroke[i + 1] == stroke[i - 1]) {
        points[i] = points[i - 2];
        points[i + 1] = points[i - 1];
      } else {
        double x = stroke[i] + UNSTEADY * bell();
        double y = stroke[i + 1] + UNSTEADY * bell();
        points[i] = xx * x + xy * y + x0;
        points[i + 1] = yx * x + yy * y + y0;
      }
    }
    return points;
  }

  /** A curve through the points: a Catmull-Rom spline, cut into straight pieces. */
  private void draw(double[] p) {
    int last = p.length - 2;
    for (int i = 0; i < last; i += 2) {
      int before = Math.max(i - 2, 0);
      int after = Math.min(i + 4, last);
      double fromX = p[i];
      double fromY = p[i + 1];
      for (int piece = 1; piece <= PIECES; piece++) {
        double t = (double) piece / PIECES;
        double x = spline(p[before], p[i], p[i + 2], p[after], t);
        double y = spline(p[before + 1], p[i + 1], p[i + 3], p[after + 1], t);
        pen.line(fromX, fromY, x, y, radius);
        fromX = x;
        fromY = y;
      }
    }
  }

  private static double spline(double a, double b, double c, double d, double t) {
    double linear = c - a;
    double square = 2 * a - 5 * b + 4 * c - d;
    double cube = 3 * (b - c) + d - a;
    return b + 0.5 * t * (linear + t * (square + t * cube));
  }

  /** A number from -1 to 1, near 0 more often than not: a bell without logarithms. */
  private double bell() {
    return 2.0 / 3 * (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5);
  }
}
