package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.peer.Peer.Unavailable;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** OpenBLAS as built by bytedeco, pinned by openblas_set_num_threads(1). */
final class OpenBlas implements NativeLibrary {
  private Native library;

  @Override
  public String name() {
    return "openblas";
  }

  @Override
  public String open() throws Unavailable {
    library = Native.unpacked("openblas", "libopenblas.so.0");
    library.set("openblas_set_num_threads", 1);
    return library.text("openblas_get_config")
        + ", runs "
        + library.text("openblas_get_corename")
        + " kernels, threads "
        + library.get("openblas_get_num_threads");
  }

  @Override
  public MethodHandle sgemm(Linker.Option... options) {
    return library.cblasSgemm(options);
  }
}
