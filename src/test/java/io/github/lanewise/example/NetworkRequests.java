package io.github.lanewise.example;

import io.github.lanewise.Activation;
import io.github.lanewise.Network;
import io.github.lanewise.PackedNetwork;
import io.github.lanewise.Warmup;
import io.github.lanewise.Workspace;
import java.util.concurrent.atomic.AtomicReference;

/** Requests of every batch size to two networks, a plain and a packed one in turn. */
final class NetworkRequests extends Requests {
  private final Network plain =
      Network.builder(40).dense(70, Activation.GELU).dense(10, Activation.IDENTITY).build(1);
  private final AtomicReference<PackedNetwork> packed = new AtomicReference<>(packed(2));

  /** What takes its place. */
  private final PackedNetwork next = packed(4);

  private final int maxBatch;
  private final Workspace plainSpace;

  /** Made for another network of the same sizes. */
  private final Workspace packedSpace;

  private final float[] in;

  NetworkRequests(int maxBatch) {
    super(2 * maxBatch, 10 * maxBatch);
    this.maxBatch = maxBatch;
    plainSpace = Workspace.forInference(plain, maxBatch);
    packedSpace = Workspace.forInference(packed(3), maxBatch);
    in = new float[300 * maxBatch];
    for (int i = 0; i < in.length; i++) {
      in[i] = (i * 31 % 97 - 48) / 50f;
    }
  }

  private static PackedNetwork packed(long seed) {
    return PackedNetwork.of(
        Network.builder(300).dense(100, Activation.TANH).dense(5, Activation.RELU).build(seed));
  }

  @Override
  Warmup warmup() {
    return Warmup.of(plain, maxBatch).and(Warmup.of(packed.get(), maxBatch));
  }

  /** The new one has had no warm-up and needs none. */
  @Override
  void exchange() {
    super.exchange();
    packed.set(next);
  }

  @Override
  int answer(int kind) {
    int batch = kind / 2 + 1;
    if (kind % 2 == 0) {
      plain.run(in, 0, batch, out, 0, plainSpace);
      return 10 * batch;
    }
    packed.get().run(in, 0, batch, out, 0, packedSpace);
    return 5 * batch;
  }
}
