package io.github.lanewise.bench.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.lanewise.bench.peer.LatencyPeer;
import io.github.lanewise.bench.peer.Mlp;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * ONNX Runtime, one thread, all optimizations, input and output pinned: tensors over direct buffers
 * that are made once.
 */
final class OnnxRuntime implements LatencyPeer {
  @Override
  public String name() {
    return "onnxruntime";
  }

  @Override
  public Kind kind() {
    return Kind.NATIVE;
  }

  @Override
  public String open() {
    return "ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion() + ", 1 thread";
  }

  @Override
  public Service prepare(Mlp mlp, int batch) throws OrtException {
    return new Session(mlp, batch);
  }

  private static final class Session implements Service {
    private final OrtSession session;
    private final Map<String, OnnxTensor> in;
    private final Map<String, OnnxTensor> out;
    private final FloatBuffer answers;

    Session(Mlp mlp, int batch) throws OrtException {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        session = environment.createSession(OnnxModel.of(mlp, batch), options);
      }
      FloatBuffer examples = direct(batch * mlp.inputs()).put(0, mlp.examples(batch));
      answers = direct(batch * mlp.outputs());
      in =
          Map.of(
              "a0",
              OnnxTensor.createTensor(environment, examples, new long[] {batch, mlp.inputs()}));
      out =
          Map.of(
              "y",
              OnnxTensor.createTensor(environment, answers, new long[] {batch, mlp.outputs()}));
    }

    private static FloatBuffer direct(int floats) {
      return ByteBuffer.allocateDirect(4 * floats).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    @Override
    public void answer() throws OrtException {
      session.run(in, out).close();
    }

    @Override
    public float[] answers() {
      float[] copy = new float[answers.capacity()];
      answers.get(0, copy);
      return copy;
    }
  }
}
