package io.github.lanewise.bench.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** A list of peers. The one of the module {@code peers} is found where that module is present. */
public interface GemmPeers {
  List<GemmPeer> peers();

  /** All peers there are, Lanewise first; whether they run here, {@link GemmPeer#open} tells. */
  static List<GemmPeer> all() {
    List<GemmPeer> all = new ArrayList<>();
    all.add(new LanewisePeer("lanewise", List.of()));
    all.add(new LanewisePeer("lanewise-scalar", List.of("-Dlanewise.kernels=scalar")));
    for (GemmPeers more : ServiceLoader.load(GemmPeers.class)) {
      all.addAll(more.peers());
    }
    return all;
  }

  static GemmPeer named(String name) {
    return all().stream()
        .filter(peer -> peer.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no peer " + name));
  }
}
