package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.peer.Peer.Unavailable;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Intel's MKL as packed by bytedeco, through its runtime library. The package lacks the sequential
 * threading layer, so it is Intel's, pinned by MKL_Set_Num_Threads(1), never to change by itself.
 */
final class Mkl implements NativeLibrary {
  private static final int LP64 = 0;
  private static final int INTEL_THREADS = 0;

  private Native library;

  @Override
  public String name() {
    return "mkl";
  }

  @Override
  public String open() throws Unavailable {
    Native.unpacked("mkl", "libiomp5.so");
    library = Native.unpacked("mkl", "libmkl_rt.so.3");
    library.set("MKL_Set_Interface_Layer", LP64);
    library.set("MKL_Set_Threading_Layer", INTEL_THREADS);
    library.set("MKL_Set_Dynamic", 0);
    library.set("MKL_Set_Num_Threads", 1);
    return version() + ", threads " + library.get("MKL_Get_Max_Threads");
  }

  private String version() {
    FunctionDescriptor type = FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    try (Arena arena = Arena.ofConfined()) {
      int length = 200;
      MemorySegment text = arena.allocate(length);
      library.function("MKL_Get_Version_String", type).invokeExact(text, length);
      return text.getString(0).strip();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public MethodHandle sgemm(Linker.Option... options) {
    return library.cblasSgemm(options);
  }
}
