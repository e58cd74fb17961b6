package io.github.lanewise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * After warm-up a call allocates nothing: not a byte, by the virtual machine's own count for this
 * thread. Until C2 has compiled the kernels their vectors are objects, so calls are repeated until
 * one whole round of them is free. A call that did allocate would do so in every round.
 */
class AllocationTest {
  private static final Usage USAGE = new Usage();

  /**
   * Calls in a round. All must be free at once, or an allocation now and then would slip through.
   */
  private static final int ROUND = 100;

  /** Rounds before giving up; a few dozen do, unless the machine is busy with other things. */
  private static final int MOST_ROUNDS = 4000;

  /** A millisecond between rounds: on a busy machine the compiler's threads want a core, too. */
  private static final long PAUSE = 1_000_000;

  private final SplittableRandom random = new SplittableRandom(3);

  @ParameterizedTest
  @MethodSource("io.github.lanewise.Activations#all")
  void run(Activation g) {
    Network network = network(g);
    Workspace workspace = Workspace.forInference(network, 3);
    float[] in = Floats.uniform(random, 20 * 3, 1);
    float[] out = new float[6 * 3];
    assertFree(
        () -> {
          network.run(in, 0, 3, out, 0, workspace);
          network.run(in, 0, 1, out, 0, workspace);
        });
  }

  /** Packed, and from and to memory of every kind. */
  @Test
  void requests() {
    Network network = network(Activation.RELU);
    PackedNetwork packed = PackedNetwork.of(network);
    Workspace workspace = Workspace.forInference(packed, 3);
    float[] in = Floats.uniform(random, 20 * 3, 1);
    float[] out = new float[6 * 3];
    assertFree(() -> packed.run(in, 0, 3, out, 0, workspace));

    FloatBuffer heapIn = FloatBuffer.wrap(in).asReadOnlyBuffer();
    FloatBuffer heapOut = FloatBuffer.wrap(out);
    FloatBuffer directIn = ByteBuffer.allocateDirect(4 * 60).asFloatBuffer(); // in the other order
    FloatBuffer directOut =
        ByteBuffer.allocateDirect(4 * 18).order(ByteOrder.nativeOrder()).asFloatBuffer();
    assertFree(
        () -> {
          network.run(heapIn, 0, 3, directOut, 0, workspace);
          packed.run(directIn, 0, 3, heapOut, 0, workspace);
        });

    MemorySegment heap = MemorySegment.ofArray(out);
    MemorySegment direct = MemorySegment.ofBuffer(directIn);
    assertFree(
        () -> {
          network.run(direct, 0, 3, heap, 0, workspace);
          packed.run(direct, 0, 3, heap, 0, workspace);
        });
  }

  /**
   * Whole steps, the optimizer's too. Layers of 110 and 100 are a few vectors and a rest wide at
   * every width: loops that C2 may take for cold.
   */
  @ParameterizedTest
  @EnumSource(Loss.class)
  void trainingSteps(Loss loss) {
    Network network =
        Network.builder(20)
            .dense(110, Activation.GELU)
            .dense(100, loss == Loss.MEAN_SQUARED_ERROR ? Activation.GELU : Activation.IDENTITY)
            .build(1);
    Workspace workspace = Workspace.forTraining(network, 16);
    float[] x = Floats.uniform(random, 20 * 16, 1);
    float[] target = Floats.uniform(random, 100 * 16, 1);
    float[] gradients = new float[network.parameters().length];
    Optimizer sgd = new Sgd(gradients.length, 1e-6f, 0.9f);
    Optimizer adam = new Adam(gradients.length, 1e-6f);
    for (int batch : new int[] {3, 16}) {
      assertFree(
          () -> {
            network.backpropagate(x, 0, batch, target, 0, loss, gradients, false, workspace);
            sgd.step(network.parameters(), gradients);
            adam.step(network.parameters(), gradients);
          });
      assertFree(
          () -> {
            network.train(x, 0, batch, target, 0, loss, sgd, workspace);
            network.train(x, 0, batch, target, 0, loss, adam, workspace);
          });
    }
  }

  @Test
  void optimizers() {
    float[] parameters = Floats.uniform(random, 100, 1);
    float[] gradients = Floats.uniform(random, 100, 1);
    Optimizer plain = new Sgd(100, 1e-6f, 0);
    Optimizer sgd = new Sgd(100, 1e-6f, 0.9f);
    Optimizer adam = new Adam(100, 1e-6f);
    assertFree(() -> plain.step(parameters, gradients));
    assertFree(() -> sgd.step(parameters, gradients));
    assertFree(() -> adam.step(parameters, gradients));
  }

  /** Whatever has to be packed is packed into the workspace, however the operands lie. */
  @ParameterizedTest
  @CsvSource({
    "1,40,30",
    "1,200,30",
    "24,33,17",
    "30,40,50",
    "7,7,300",
    "3,2,5",
    "140,150,130",
    "17,300,40",
    "1100,1100,3"
  })
  void products(int m, int n, int k) {
    Workspace workspace = Workspace.forProducts();
    FloatMatrix aByRow = FloatMatrix.rowMajor(Floats.uniform(random, m * k, 1), m, k);
    FloatMatrix bByRow = FloatMatrix.rowMajor(Floats.uniform(random, k * n, 1), k, n);
    FloatMatrix aByColumn = FloatMatrix.columnMajor(Floats.uniform(random, m * k, 1), m, k);
    FloatMatrix bByColumn = FloatMatrix.columnMajor(Floats.uniform(random, k * n, 1), k, n);
    FloatMatrix c = FloatMatrix.rowMajor(new float[m * n], m, n);
    assertFree(() -> Gemm.multiply(aByColumn, bByColumn, c, workspace));
    assertFree(() -> Gemm.multiply(aByRow, bByColumn, c, workspace));
    assertFree(() -> Gemm.multiply(aByColumn, bByRow, c, workspace));
    assertFree(() -> Gemm.multiplyAdd(aByRow, bByRow, c, workspace));
    float[] x = aByColumn.array();
    float[] y = bByColumn.array();
    float[] z = c.array();
    assertFree(() -> Blas.sgemm("N", "N", m, n, k, 2, x, 0, m, y, 0, k, 0.5f, z, 0, m, workspace));
  }

  /** The count itself counts: what does allocate is found out. */
  @Test
  void anAllocationIsSeen() {
    float[][] kept = new float[1][];
    assertThat(bytes(() -> kept[0] = new float[1])).isGreaterThanOrEqualTo(ROUND * Float.BYTES);
  }

  private static Network network(Activation g) {
    return Network.builder(20).dense(35, g).dense(6, Activation.IDENTITY).build(1);
  }

  private static void assertFree(Runnable call) {
    long bytes = Long.MAX_VALUE;
    for (int round = 0; round < MOST_ROUNDS && bytes > 0; round++) {
      LockSupport.parkNanos(PAUSE);
      bytes = bytes(call);
    }
    if (bytes > 0) {
      fail("%d calls still allocate %d bytes", ROUND, bytes);
    }
  }

  private static long bytes(Runnable call) {
    long before = USAGE.allocated();
    for (int i = 0; i < ROUND; i++) {
      call.run();
    }
    return USAGE.allocated() - before;
  }
}
