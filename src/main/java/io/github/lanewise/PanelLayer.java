package io.github.lanewise;

import io.github.lanewise.kernels.Kernels;
import io.github.lanewise.kernels.Lines;
import java.util.Arrays;

/**
 * A layer as requests see it, A = g(W·Aprev + b), its W cut into panels of consecutive outputs. A
 * panel is nIn columns of up to {@code ld} weights side by side, so a tile of C reads one
 * contiguous run of memory from start to end (drawn with nOut = 7, nIn = 3, panels of 4; each digit
 * is the place in memory, the last panel is padded):
 *
 * <pre>
 *            p=0 p=1 p=2
 *   i=0       0   4   8
 *   i=1       1   5   9
 *   i=2       2   6  10
 *   i=3       3   7  11
 *            -----------
 *   i=4      12  16  20
 *   i=5      13  17  21
 *   i=6      14  18  22      15, 19 and 23 are 0
 * </pre>
 *
 * The weights of a {@link Network} are one panel, read where they are.
 */
final class PanelLayer {
  private final int nIn;
  private final int nOut;

  /** Where the panels begin among the outputs, and nOut. */
  private final int[] starts;

  /** Distance between the columns of the last panel; the others have no gaps. */
  private final int lastLd;

  private final float[] w;
  private final int wOff;
  private final float[] b;
  private final int bOff;
  private final Activation g;

  // spotless:off
  private PanelLayer(
      int nIn, int nOut, int[] starts, int lastLd, float[] w, int wOff, float[] b, int bOff,
      Activation g) {
    this.nIn = nIn;
    this.nOut = nOut;
    this.starts = starts;
    this.lastLd = lastLd;
    this.w = w;
    this.wOff = wOff;
    this.b = b;
    this.bOff = bOff;
    this.g = g;
  }
  // spotless:on

  /** The layer's own parameters, seen as one panel. */
  static PanelLayer inPlace(DenseLayer layer) {
    FloatMatrix w = layer.weights();
    FloatMatrix b = layer.bias();
    return new PanelLayer(
        layer.inputs(),
        layer.outputs(),
        new int[] {0, layer.outputs()},
        w.columnStride(),
        w.array(),
        w.offset(),
        b.array(),
        b.offset(),
        layer.activation());
  }

  /** Floats that the panels of such a layer take, whole lines of the cache. */
  static long floats(DenseLayer layer, Kernels kernels) {
    int[] starts = cut(layer, kernels);
    int last = starts[starts.length - 2];
    return Lines.whole((long) layer.inputs() * (last + lastLd(starts, kernels)));
  }

  /**
   * A copy of the layer's parameters, its weights in panels as wide as these kernels like them,
   * from a place in an array that has room for them.
   */
  static PanelLayer packed(DenseLayer layer, Kernels kernels, float[] panels, int off) {
    int nIn = layer.inputs();
    int nOut = layer.outputs();
    int[] starts = cut(layer, kernels);
    int last = starts[starts.length - 2];
    int lastLd = lastLd(starts, kernels);
    FloatMatrix w = layer.weights();
    for (int s = 0; s < starts.length - 1; s++) {
      int i = starts[s];
      int rows = starts[s + 1] - i;
      int ld = i == last ? lastLd : rows;
      for (int p = 0; p < nIn; p++) {
        int column = w.offset() + i + p * w.columnStride();
        System.arraycopy(w.array(), column, panels, off + i * nIn + p * ld, rows);
      }
    }
    float[] b = new float[nOut];
    System.arraycopy(layer.bias().array(), layer.bias().offset(), b, 0, nOut);
    return new PanelLayer(nIn, nOut, starts, lastLd, panels, off, b, 0, layer.activation());
  }

  private static int lanes(Kernels kernels) {
    return kernels.vectorBits() / Float.SIZE;
  }

  private static int lastLd(int[] starts, Kernels kernels) {
    int width = starts[starts.length - 1] - starts[starts.length - 2];
    int lanes = lanes(kernels);
    return (width + lanes - 1) / lanes * lanes;
  }

  private static int[] cut(DenseLayer layer, Kernels kernels) {
    int nOut = layer.outputs();
    int lanes = lanes(kernels);
    return cut(nOut, lanes > 1 ? kernels.panelColumns() : nOut, lanes);
  }

  /**
   * Cuts outputs into panels of {@code width}. Like a tile, none is left with less than a vector:
   * the panel before it gives one up.
   */
  private static int[] cut(int nOut, int width, int lanes) {
    int[] starts = new int[nOut / Math.max(1, width - lanes) + 3];
    int count = 0;
    int i = 0;
    while (i < nOut) {
      starts[count++] = i;
      int left = nOut - i;
      i += left <= width ? left : left - width < lanes ? width - lanes : width;
    }
    starts[count++] = nOut;
    return Arrays.copyOf(starts, count);
  }

  /**
   * The same layer with fewer outputs: no more than so many before its last tile where it is one
   * panel, else no more than so many panels before the last.
   */
  PanelLayer inLittle(int before, int panels) {
    int last = starts.length - 2;
    if (last == 0) {
      int few = nOut <= 2 * before ? nOut : nOut % before + before;
      return new PanelLayer(nIn, few, new int[] {0, few}, lastLd, w, wOff, b, bOff, g);
    }
    int out = last > panels ? (last - panels + 1) / 2 * 2 : 0; // an even number: kernels take two
    int from = starts[out];
    int[] left = new int[starts.length - out];
    for (int s = 0; s < left.length; s++) {
      left[s] = starts[s + out] - from;
    }
    return new PanelLayer(nIn, nOut - from, left, lastLd, w, wOff + from * nIn, b, bOff + from, g);
  }

  int inputs() {
    return nIn;
  }

  int outputs() {
    return nOut;
  }

  /** Outputs of the last panels, two at most: others than these are all as wide as a tile. */
  int[] lastWidths() {
    int[] widths = new int[Math.min(2, starts.length - 1)];
    for (int i = 0; i < widths.length; i++) {
      int last = starts.length - 1 - i;
      widths[i] = starts[last] - starts[last - 1];
    }
    return widths;
  }

  Activation activation() {
    return g;
  }

  // spotless:off
  /** A = g(W·Aprev + b) for m examples: Aprev nIn×m, A nOut×m, both without gaps. */
  void forward(
      Kernels kernels, int m, float[] aPrev, int aPrevOff, float[] a, int aOff, float[] scratch) {
    product(kernels, m, nIn, aPrev, aPrevOff, a, aOff, scratch);
    activate(kernels, m, a, aOff, a, aOff);
  }

  /** A = g(Z) for m examples without gaps. */
  void activate(Kernels kernels, int m, float[] z, int zOff, float[] a, int aOff) {
    kernels.activate(g.kind(), g.parameter(), m, nOut, z, zOff, nOut, a, aOff, nOut);
  }

  /** Z = W·Aprev + b over the first k inputs. */
  void product(
      Kernels kernels, int m, int k, float[] aPrev, int aPrevOff, float[] z, int zOff,
      float[] scratch) {
    kernels.gemmPanels(
        m, k, aPrev, aPrevOff, nIn, starts, nIn, lastLd, w, wOff, b, bOff, z, zOff, nOut, scratch);
  }
  // spotless:on
}
