package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.peer.LatencyPeer;
import java.util.List;

/** Every latency peer of this module: a new one has its line here. */
public final class AllLatencyPeers implements LatencyPeer.Provider {
  @Override
  public List<LatencyPeer> peers() {
    return List.of(new OnnxRuntime(), new Djl());
  }
}
