package io.github.lanewise.bench.peers;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.lanewise.bench.peer.Peer.Unavailable;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * oneDNN as built by bytedeco, on GNU's OpenMP: omp_set_num_threads(1), which counts for the
 * calling thread.
 */
final class OneDnn implements NativeLibrary {
  /** int dnnl_sgemm(char transA, char transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc). */
  private static final FunctionDescriptor TYPE =
      FunctionDescriptor.of(
          JAVA_INT,
          JAVA_BYTE,
          JAVA_BYTE,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_FLOAT,
          ADDRESS,
          JAVA_LONG,
          ADDRESS,
          JAVA_LONG,
          JAVA_FLOAT,
          ADDRESS,
          JAVA_LONG);

  private Native library;

  @Override
  public String name() {
    return "onednn";
  }

  @Override
  public String open() throws Unavailable {
    Native openMp = Native.unpacked("dnnl", "libgomp.so.1");
    library = Native.unpacked("dnnl", "libdnnl.so.3");
    openMp.set("omp_set_num_threads", 1);
    return "oneDNN "
        + library.version("dnnl_version", 3)
        + ", instruction set 0x"
        + Integer.toHexString(library.get("dnnl_get_effective_cpu_isa"))
        + ", threads "
        + openMp.get("omp_get_max_threads");
  }

  /** It is row-major already, takes letters, counts in 64 bits and returns a status. */
  @Override
  public MethodHandle sgemm(Linker.Option... options) {
    MethodHandle sgemm = library.function("dnnl_sgemm", TYPE, options);
    MethodHandle letter = letter();
    sgemm = MethodHandles.filterArguments(sgemm, 0, letter, letter);
    sgemm = MethodHandles.dropArguments(sgemm, 0, int.class);
    return sgemm.asType(CblasCall.TYPE.toMethodType());
  }

  private static MethodHandle letter() {
    try {
      return MethodHandles.lookup()
          .findStatic(OneDnn.class, "letter", MethodType.methodType(byte.class, int.class));
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  @SuppressWarnings("unused") // by the handle
  private static byte letter(int trans) {
    return (byte) (trans == CblasCall.TRANS ? 'T' : 'N');
  }
}
