package io.github.lanewise.example.digits;

import com.sun.management.ThreadMXBean;
import io.github.lanewise.Network;
import io.github.lanewise.Workspace;
import java.lang.management.ManagementFactory;
import org.HdrHistogram.Histogram;

/**
 * Answers one request after the other with one workspace, as a thread of a service does. A request
 * is an image in bytes; its time covers scaling to floats, the network and the choice of the digit.
 */
final class Serving {
  private static final long LONGEST = 10_000_000_000L;

  private final Network network;
  private final DigitSet set;
  private final Workspace workspace;
  private final float[] x = new float[DigitSet.PIXELS];
  private final float[] y = new float[DigitSet.CLASSES];
  private final Histogram nanos = new Histogram(LONGEST, 3);
  private long allocated;

  Serving(Network network, DigitSet set) {
    this.network = network;
    this.set = set;
    this.workspace = Workspace.forInference(network, 1);
  }

  /**
   * Serves requests and records their times, in place of those of the call before.
   *
   * @return how many answers differ from those of the batches
   */
  int serve(int requests, Reading expected) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    nanos.reset();
    int differences = 0;
    int image = 0;
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < requests; i++) {
      long start = System.nanoTime();
      int digit = answer(image);
      nanos.recordValue(Math.min(System.nanoTime() - start, LONGEST));
      if (digit != expected.digit(image)) {
        differences++;
      }
      image = image + 1 < set.size() ? image + 1 : 0;
    }
    allocated = threads.getCurrentThreadAllocatedBytes() - before;
    return differences;
  }

  private int answer(int image) {
    set.scale(image, x, 0);
    network.run(x, 0, 1, y, 0, workspace);
    return Reading.largest(y, 0);
  }

  /** Times of the last call, in nanoseconds. */
  Histogram nanos() {
    return nanos;
  }

  /** Bytes that the loop of the last call allocated. */
  long allocated() {
    return allocated;
  }

  long workspaceBytes() {
    return workspace.bytes();
  }
}
