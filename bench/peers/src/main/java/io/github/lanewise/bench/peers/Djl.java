package io.github.lanewise.bench.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.github.lanewise.bench.peer.LatencyPeer;
import io.github.lanewise.bench.peer.Mlp;
import java.util.ArrayList;
import java.util.List;

/**
 * DJL on PyTorch, one thread, as its users call it without a translator: linear and relu on arrays
 * that were made once; the intermediate ones belong to a manager of the request.
 */
final class Djl implements LatencyPeer {
  @Override
  public String name() {
    return "djl";
  }

  @Override
  public Kind kind() {
    return Kind.NATIVE;
  }

  @Override
  public String open() {
    Engine engine = Engine.getEngine("PyTorch");
    return "DJL " + Engine.getDjlVersion() + ", PyTorch " + engine.getVersion() + ", 1 thread";
  }

  @Override
  public List<String> jvmArgs() {
    return List.of(
        "-Dai.djl.pytorch.num_interop_threads=1",
        "-Dai.djl.pytorch.num_threads=1",
        "-DOMP_NUM_THREADS=1");
  }

  @Override
  public Service prepare(Mlp mlp, int batch) {
    return new Layers(mlp, batch);
  }

  private static final class Layers implements Service {
    private final NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
    private final NDArray in;
    private final List<NDArray> weights = new ArrayList<>();
    private final List<NDArray> biases = new ArrayList<>();
    private float[] answers = {};

    Layers(Mlp mlp, int batch) {
      in = manager.create(mlp.examples(batch), new Shape(batch, mlp.inputs()));
      for (int l = 0; l < mlp.layers(); l++) {
        weights.add(manager.create(mlp.weights(l), new Shape(mlp.size(l + 1), mlp.size(l))));
        biases.add(manager.create(mlp.bias(l)));
      }
    }

    @Override
    public void answer() {
      try (NDManager request = manager.newSubManager()) {
        NDArray a = in.duplicate();
        a.attach(request);
        for (int l = 0; l < weights.size(); l++) {
          NDList z = ai.djl.nn.core.Linear.linear(a, weights.get(l), biases.get(l));
          a = l < weights.size() - 1 ? Activation.relu(z).singletonOrThrow() : z.singletonOrThrow();
        }
        answers = a.toFloatArray();
      }
    }

    @Override
    public float[] answers() {
      return answers.clone();
    }
  }
}
