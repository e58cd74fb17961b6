package io.github.lanewise.bench.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** A library that trains an {@link Mlp} by stochastic gradient descent, on one thread. */
public interface TrainingPeer extends Peer {
  /**
   * Makes everything that is not part of a step: model, optimizer, and the batch where the library
   * likes it best.
   */
  Steps prepare(Mlp mlp, Batch batch, float rate, float momentum) throws Exception;

  /**
   * What is learned.
   *
   * @param size examples
   * @param x their features, one example after another
   * @param labels the class of each
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Batch(int size, float[] x, int[] labels) {}

  /** The same batch over and over. */
  interface Steps {
    /**
     * Forward, softmax cross-entropy, backward, update.
     *
     * @return the loss, a mean over the batch
     */
    double step() throws Exception;

    /** Changes the learning rate. */
    void rate(float rate);

    /** Layer after layer the weights as {@link Mlp#weights}, then the bias. */
    float[] parameters();
  }

  /** The ones of another module. */
  interface Provider {
    List<TrainingPeer> peers();
  }

  /** All peers there are, Lanewise first. */
  static List<TrainingPeer> all() {
    List<TrainingPeer> all = new ArrayList<>(List.of(new LanewiseTraining()));
    for (Provider more : ServiceLoader.load(Provider.class)) {
      all.addAll(more.peers());
    }
    return all;
  }

  static TrainingPeer named(String name) {
    return all().stream()
        .filter(peer -> peer.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no peer " + name));
  }
}
