package io.github.lanewise;

import io.github.lanewise.kernels.Kernels;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.FloatBuffer;
import java.util.Objects;

/**
 * The path of a request: a batch through all layers, from and to arrays, segments or buffers.
 * {@link Network} and {@link PackedNetwork} differ in where the weights are, and share this.
 *
 * <p>Kernels work on arrays. What lies elsewhere is copied into the workspace, and answers out of
 * it: some tens of nanoseconds for a thousand floats, where kernels on segments lose half their
 * speed and more.
 */
final class Inference {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  private final int[] sizes;
  private final PanelLayer[] layers;

  /**
   * Who answers. Written by the one who warms up, read by every request: both twins give the same
   * bits. The kernels themselves and no flag, so that the change-over takes no branch never seen.
   */
  private volatile Kernels kernels = Lanewise.kernels();

  /** Whether a warm-up has got there. */
  private volatile boolean warm;

  /** Whether what comes is nobody's request, and so no event. */
  private boolean rehearsal;

  /** Takes the layers, first to last, and the sizes between them. */
  Inference(int[] sizes, PanelLayer[] layers) {
    this.sizes = sizes;
    this.layers = layers;
  }

  /** From now on only a warm-up calls. */
  void rehearse() {
    rehearsal = true;
  }

  int inputs() {
    return sizes[0];
  }

  int outputs() {
    return sizes[sizes.length - 1];
  }

  int[] sizes() {
    return sizes;
  }

  PanelLayer[] layers() {
    return layers;
  }

  // spotless:off
  void run(float[] in, int inOffset, int batch, float[] out, int outOffset, Workspace workspace) {
    Objects.requireNonNull(in, "in");
    check(batch, workspace);
    Check.fits("in", in, inOffset, inputs(), batch, 1, inputs());
    Check.fits("out", out, outOffset, outputs(), batch, 1, outputs());
    Check.apart(
        "out", out, outOffset, (long) batch * outputs(),
        "in", in, inOffset, (long) batch * inputs());
    answer(in, inOffset, batch, out, outOffset, workspace);
  }

  void run(
      MemorySegment in, long inOffset, int batch, MemorySegment out, long outOffset,
      Workspace workspace) {
    Objects.requireNonNull(in, "in");
    check(batch, workspace);
    Check.fits("in", in, inOffset, inputs(), batch);
    Check.fits("out", out, outOffset, outputs(), batch);
    Check.writable("out", out.isReadOnly(), outputs(), batch);
    float[] x = workspace.input();
    float[] y = workspace.a(layers.length - 1);
    MemorySegment.copy(in, FLOAT, inOffset, x, 0, batch * inputs());
    answer(x, 0, batch, y, 0, workspace);
    MemorySegment.copy(y, 0, out, FLOAT, outOffset, batch * outputs());
  }

  void run(
      FloatBuffer in, int inOffset, int batch, FloatBuffer out, int outOffset,
      Workspace workspace) {
    Objects.requireNonNull(in, "in");
    check(batch, workspace);
    Check.fits("in", in, inOffset, inputs(), batch);
    Check.fits("out", out, outOffset, outputs(), batch);
    Check.writable("out", out.isReadOnly(), outputs(), batch);
    float[] x = workspace.input();
    float[] y = workspace.a(layers.length - 1);
    in.get(inOffset, x, 0, batch * inputs());
    answer(x, 0, batch, y, 0, workspace);
    out.put(outOffset, y, 0, batch * outputs());
  }

  private void answer(
      float[] in, int inOffset, int batch, float[] out, int outOffset, Workspace workspace) {
    if (FlightEvents.requests() && !rehearsal) {
      recorded(in, inOffset, batch, out, outOffset, workspace);
    } else {
      forward(kernels, in, inOffset, batch, out, outOffset, workspace);
    }
  }

  private void recorded(
      float[] in, int inOffset, int batch, float[] out, int outOffset, Workspace workspace) {
    FlightEvents.RequestEvent event = new FlightEvents.RequestEvent();
    Kernels answering = kernels;
    event.begin();
    forward(answering, in, inOffset, batch, out, outOffset, workspace);
    event.end();
    if (event.shouldCommit()) {
      event.batch = batch;
      event.inputs = inputs();
      event.outputs = outputs();
      event.kernels = answering.name();
      event.commit();
    }
  }

  /** All layers: each leaves its A in the workspace, the last one in out. */
  private void forward(
      Kernels kernels, float[] in, int inOffset, int batch, float[] out, int outOffset,
      Workspace workspace) {
    float[] aPrev = in;
    int aPrevOff = inOffset;
    int last = layers.length - 1;
    for (int l = 0; l <= last; l++) {
      float[] a = l == last ? out : workspace.a(l);
      int aOff = l == last ? outOffset : 0;
      layers[l].forward(kernels, batch, aPrev, aPrevOff, a, aOff, workspace.packing());
      aPrev = a;
      aPrevOff = aOff;
    }
  }
  // spotless:on

  /** Whether the scalar kernels answer until told otherwise: a warm-up is under way. */
  void scalarFirst(boolean scalar) {
    kernels = scalar ? Lanewise.scalar() : Lanewise.kernels();
  }

  /** Who answers now. */
  Kernels kernels() {
    return kernels;
  }

  /** The end of one. If it has not got there, but an earlier one had, the SIMD kernels go on. */
  void warmedUp(boolean steady) {
    warm |= steady;
    scalarFirst(!warm);
  }

  private void check(int batch, Workspace workspace) {
    Objects.requireNonNull(workspace, "workspace").check(sizes, batch);
  }
}
