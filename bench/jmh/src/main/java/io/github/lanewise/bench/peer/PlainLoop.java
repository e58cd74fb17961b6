package io.github.lanewise.bench.peer;

/**
 * What one would write without any library: an inner product for every output, relu between the
 * layers. The measure of a first request: such a loop needs no warm-up worth the name.
 */
final class PlainLoop implements LatencyPeer {
  @Override
  public String name() {
    return "plain-loop";
  }

  @Override
  public Kind kind() {
    return Kind.JVM;
  }

  @Override
  public String open() {
    return "three loops, no library";
  }

  @Override
  public Service prepare(Mlp mlp, int batch) {
    return new Loop(mlp, batch);
  }

  private static final class Loop implements Service {
    private final int batch;
    private final float[][] w;
    private final float[][] b;

    /** The examples, then every layer's answers. */
    private final float[][] a;

    Loop(Mlp mlp, int batch) {
      this.batch = batch;
      w = new float[mlp.layers()][];
      b = new float[mlp.layers()][];
      a = new float[mlp.layers() + 1][];
      a[0] = mlp.examples(batch);
      for (int l = 0; l < mlp.layers(); l++) {
        w[l] = mlp.weights(l);
        b[l] = mlp.bias(l);
        a[l + 1] = new float[batch * mlp.size(l + 1)];
      }
    }

    @Override
    public void answer() {
      for (int l = 0; l < w.length; l++) {
        layer(w[l], b[l], a[l], a[l + 1], l < w.length - 1);
      }
    }

    private void layer(float[] w, float[] b, float[] x, float[] y, boolean relu) {
      int nOut = b.length;
      int nIn = w.length / nOut;
      for (int e = 0; e < batch; e++) {
        for (int i = 0; i < nOut; i++) {
          float sum = b[i];
          for (int p = 0; p < nIn; p++) {
            sum += w[i * nIn + p] * x[e * nIn + p];
          }
          y[e * nOut + i] = relu ? Math.max(sum, 0) : sum;
        }
      }
    }

    @Override
    public float[] answers() {
      return a[a.length - 1].clone();
    }
  }
}
