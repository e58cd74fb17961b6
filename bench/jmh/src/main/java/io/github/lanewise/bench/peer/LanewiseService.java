package io.github.lanewise.bench.peer;

import io.github.lanewise.Lanewise;
import io.github.lanewise.PackedNetwork;
import io.github.lanewise.Warmup;
import io.github.lanewise.Workspace;
import java.util.List;

/** Lanewise, its weights packed. */
final class LanewiseService implements LatencyPeer.Service {
  /** How it starts. */
  enum Way {
    WARM("lanewise", Lanewise.describe().toString()),
    COLD("lanewise-cold", "opens at once and never warms up"),
    SCALAR_FIRST(
        "lanewise-scalar-first",
        "opens at once; another thread warms up, the scalar kernels answer meanwhile"),
    SCALAR("lanewise-scalar", "the scalar kernels throughout");

    private final String label;
    private final String says;

    Way(String label, String says) {
      this.label = label;
      this.says = says;
    }
  }

  record Started(Way way) implements LatencyPeer {
    @Override
    public String name() {
      return way.label;
    }

    @Override
    public Kind kind() {
      return Kind.LANEWISE;
    }

    @Override
    public String open() {
      return way.says;
    }

    @Override
    public Service prepare(Mlp mlp, int batch) {
      return new LanewiseService(way, mlp, batch);
    }

    @Override
    public List<String> jvmArgs() {
      return way == Way.SCALAR ? List.of("-Dlanewise.kernels=scalar") : List.of();
    }
  }

  private final Way way;
  private final PackedNetwork network;
  private final int batch;
  private final float[] in;
  private final float[] out;
  private final Workspace workspace;

  private LanewiseService(Way way, Mlp mlp, int batch) {
    this.way = way;
    this.network = PackedNetwork.of(mlp.network());
    this.batch = batch;
    this.in = mlp.examples(batch);
    this.out = new float[mlp.outputs() * batch];
    Warmup warmup = way == Way.SCALAR_FIRST ? Warmup.of(network, batch) : null;
    this.workspace = Workspace.forInference(network, batch);
    if (warmup != null) {
      Thread.ofPlatform().daemon().start(warmup);
    }
  }

  @Override
  public void warmUp() {
    if (way == Way.WARM) {
      network.warmUp(batch);
    }
  }

  @Override
  public void answer() {
    network.run(in, 0, batch, out, 0, workspace);
  }

  @Override
  public float[] answers() {
    return out.clone();
  }
}
