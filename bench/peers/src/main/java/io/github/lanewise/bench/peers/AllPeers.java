package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.peer.GemmPeer;
import io.github.lanewise.bench.peer.GemmPeers;
import java.util.ArrayList;
import java.util.List;

/** Every peer of this module, in the order of the tables: a new one has its line here. */
public final class AllPeers implements GemmPeers {
  @Override
  public List<GemmPeer> peers() {
    List<GemmPeer> peers = new ArrayList<>();
    for (NativeLibrary library :
        List.of(new OpenBlas(), new Mkl(), new OneDnn(), new Blis(""), new Blis("skx"))) {
      peers.add(new NativePeer(library, true));
      peers.add(new NativePeer(library, false));
    }
    peers.add(new Netlib());
    peers.add(new Ejml());
    peers.add(new OjAlgo());
    return peers;
  }
}
