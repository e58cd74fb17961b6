package io.github.lanewise.bench.peer;

import io.github.lanewise.Lanewise;
import io.github.lanewise.Loss;
import io.github.lanewise.Network;
import io.github.lanewise.Sgd;
import io.github.lanewise.Workspace;
import java.util.Arrays;

/** Lanewise: {@link Network#train}. */
final class LanewiseTraining implements TrainingPeer {
  @Override
  public String name() {
    return "lanewise";
  }

  @Override
  public Kind kind() {
    return Kind.LANEWISE;
  }

  @Override
  public String open() {
    return Lanewise.describe().toString();
  }

  @Override
  public Steps prepare(Mlp mlp, Batch batch, float rate, float momentum) {
    return new Training(mlp, batch, rate, momentum);
  }

  private static final class Training implements Steps {
    private final Mlp mlp;
    private final Network network;
    private final Batch batch;
    private final float[] target;
    private final Sgd sgd;
    private final Workspace workspace;

    Training(Mlp mlp, Batch batch, float rate, float momentum) {
      this.mlp = mlp;
      this.network = mlp.network();
      this.batch = batch;
      this.target = new float[batch.size() * mlp.outputs()];
      for (int i = 0; i < batch.size(); i++) {
        target[i * mlp.outputs() + batch.labels()[i]] = 1;
      }
      this.sgd = new Sgd(network.parameters().length, rate, momentum);
      this.workspace = Workspace.forTraining(network, batch.size());
    }

    @Override
    public double step() {
      return network.train(
          batch.x(), 0, batch.size(), target, 0, Loss.SOFTMAX_CROSS_ENTROPY, sgd, workspace);
    }

    @Override
    public void rate(float rate) {
      sgd.rate(rate);
    }

    @Override
    public float[] parameters() {
      float[] all = new float[network.parameters().length];
      int at = 0;
      for (int l = 0; l < mlp.layers(); l++) {
        for (float[] part : Arrays.asList(mlp.weights(l), mlp.bias(l))) {
          System.arraycopy(part, 0, all, at, part.length);
          at += part.length;
        }
      }
      return all;
    }
  }
}
