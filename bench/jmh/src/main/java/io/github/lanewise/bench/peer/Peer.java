package io.github.lanewise.bench.peer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Someone who is measured: Lanewise itself, or a library to compare it with. One thread, whatever
 * it takes: a peer that cannot be held to one is left out by name.
 */
public interface Peer {
  /** What a peer is compared as: Lanewise itself, called from Java, or written in Java. */
  enum Kind {
    LANEWISE,
    NATIVE,
    JVM
  }

  /** Says why a peer cannot run here. */
  final class Unavailable extends Exception {
    private static final long serialVersionUID = 1;

    public Unavailable(String reason) {
      super(reason);
    }
  }

  /** The peer's name as {@code --peers} spells it. */
  String name();

  Kind kind();

  /**
   * Loads the library and pins it to the calling thread.
   *
   * @return what the library says of itself: version, chosen kernels, threads
   * @throws Unavailable with the reason why it cannot run here
   */
  String open() throws Unavailable;

  /** What the fork's JVM has to be told for this peer. */
  default List<String> jvmArgs() {
    return List.of();
  }

  /** Everyone there is, of products, requests and training; some have a name in several. */
  static List<Peer> all() {
    List<Peer> all = new ArrayList<>(GemmPeers.all());
    all.addAll(LatencyPeer.all());
    all.addAll(TrainingPeer.all());
    return all;
  }

  /** What each is compared as, for reports. */
  static Map<String, String> kinds() {
    Map<String, String> kinds = new LinkedHashMap<>();
    all().forEach(peer -> kinds.put(peer.name(), peer.kind().name().toLowerCase(Locale.ROOT)));
    kinds.put("jdk", "jvm"); // ActivationBenchmark's: the JDK's own functions
    return kinds;
  }
}
