package io.github.lanewise.bench.peer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Peers that were asked whether they run here.
 *
 * @param here those that do, in the order in which they were wanted
 * @param said what each said of itself, or why it is left out
 */
public record Peers(List<Peer> here, Map<String, String> said) {
  public static final String LEFT_OUT = "left out: ";

  public static Peers open(List<? extends Peer> wanted) {
    List<Peer> here = new ArrayList<>();
    Map<String, String> said = new LinkedHashMap<>();
    for (Peer peer : wanted) {
      try {
        said.put(peer.name(), peer.open());
        here.add(peer);
      } catch (Peer.Unavailable reason) {
        said.put(peer.name(), LEFT_OUT + reason.getMessage());
      } catch (LinkageError | RuntimeException e) { // whatever is wrong with a library found here
        said.put(peer.name(), LEFT_OUT + e);
      }
    }
    return new Peers(here, said);
  }

  /** Those that multiply matrices. */
  public List<GemmPeer> gemm() {
    return of(GemmPeer.class);
  }

  /** Those that answer requests. */
  public List<LatencyPeer> latency() {
    return of(LatencyPeer.class);
  }

  /** Those that train. */
  public List<TrainingPeer> training() {
    return of(TrainingPeer.class);
  }

  private <T extends Peer> List<T> of(Class<T> type) {
    return here.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
