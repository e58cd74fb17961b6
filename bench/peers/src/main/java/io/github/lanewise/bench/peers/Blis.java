package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.peer.Peer.Unavailable;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/**
 * BLIS where the system has one with the CBLAS interface, pinned by bli_thread_set_num_threads(1).
 * Debian: libblis4-serial; nobody packs it for Maven.
 *
 * <p>BLIS looks an Intel processor's second AVX-512 unit up by the processor's name, which virtual
 * machines hide, and then falls back to AVX2. So there is a second peer that is told to use the
 * AVX-512 kernels, {@code skx}: the better one for large products and the worse one for small.
 */
final class Blis implements NativeLibrary {
  private static final String CHOICE = "BLIS_ARCH_TYPE";

  /** BLIS names at least so many sets of kernels; skx is one of the first. */
  private static final int SETS = 5;

  /** The kernels that BLIS is told to use; empty if it chooses. */
  private final String kernels;

  private Native library;

  Blis(String kernels) {
    this.kernels = kernels;
  }

  @Override
  public String name() {
    return kernels.isEmpty() ? "blis" : "blis-" + kernels;
  }

  /** BLIS chooses once in a process: where both peers are opened, the first of them decides. */
  @Override
  public String open() throws Unavailable {
    library = Native.installed("libblis.so.4", "libblis.so.5", "libblis.so.3", "libblis.so");
    String before = System.getenv(CHOICE);
    if (!kernels.isEmpty()) {
      Native.setenv(CHOICE, number());
    }
    library.setLong("bli_thread_set_num_threads", 1); // its integers have 64 bits, CBLAS's have 32
    String runs = kernels.isEmpty() ? "chooses " + running() : "told to run " + kernels;
    if (!kernels.isEmpty()) {
      Native.setenv(CHOICE, before); // BLIS has read it, and a fork for another peer must not
    }
    return "BLIS " + library.text("bli_info_get_version_str") + ", " + runs + ", threads 1";
  }

  /** What this BLIS calls the kernels. */
  private String number() throws Unavailable {
    if (!Native.cpu("GenuineIntel") || !Native.cpu("avx512f")) {
      throw new Unavailable("no Intel processor with AVX-512");
    }
    for (int id = 0; id < SETS; id++) {
      if (library.text("bli_arch_string", id).equals(kernels)) {
        return String.valueOf(id);
      }
    }
    throw new Unavailable("this BLIS has no " + kernels + " kernels");
  }

  private String running() {
    return library.text("bli_arch_string", library.get("bli_arch_query_id"));
  }

  @Override
  public MethodHandle sgemm(Linker.Option... options) {
    if (!kernels.isEmpty() && !running().equals(kernels)) {
      throw new IllegalStateException("BLIS runs " + running() + ", not " + kernels);
    }
    return library.cblasSgemm(options);
  }
}
