package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.peer.TrainingPeer;
import java.util.List;

/** Every training peer of this module: a new one has its line here. */
public final class AllTrainingPeers implements TrainingPeer.Provider {
  @Override
  public List<TrainingPeer> peers() {
    return List.of(new DjlTraining());
  }
}
