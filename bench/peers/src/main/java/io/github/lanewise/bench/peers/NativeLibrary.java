package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.peer.Peer.Unavailable;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** A native library with a product for row-major matrices. */
interface NativeLibrary {
  String name();

  /**
   * Loads the library and holds it to the calling thread.
   *
   * @return its version, the kernels that it has chosen, its threads
   */
  String open() throws Unavailable;

  /**
   * Its product, with the arguments of {@link CblasCall#TYPE}; after {@link #open}.
   *
   * @param options how to call
   */
  MethodHandle sgemm(Linker.Option... options);
}
