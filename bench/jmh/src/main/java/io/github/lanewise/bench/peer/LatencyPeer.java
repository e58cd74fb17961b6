package io.github.lanewise.bench.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** A library that answers requests to a {@link Mlp}, on one thread. */
public interface LatencyPeer extends Peer {
  /**
   * Makes everything that is not part of a request: model, buffers. The examples are {@link
   * Mlp#examples}, already where the library likes its input best.
   */
  Service prepare(Mlp mlp, int batch) throws Exception;

  /** The same batch over and over. */
  interface Service {
    /** Answers; the answers stay where the library puts them. */
    void answer() throws Exception;

    /** The answers, copied. */
    float[] answers() throws Exception;

    /** What a service would do before it opens. */
    default void warmUp() {}
  }

  /** The one of another module. */
  interface Provider {
    List<LatencyPeer> peers();
  }

  /** All peers there are, Lanewise first. */
  static List<LatencyPeer> all() {
    List<LatencyPeer> all = new ArrayList<>();
    for (LanewiseService.Way way : LanewiseService.Way.values()) {
      all.add(new LanewiseService.Started(way));
    }
    all.add(new PlainLoop());
    for (Provider more : ServiceLoader.load(Provider.class)) {
      all.addAll(more.peers());
    }
    return all;
  }

  static LatencyPeer named(String name) {
    return all().stream()
        .filter(peer -> peer.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no peer " + name));
  }
}
