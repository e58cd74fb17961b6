package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.peer.Peer.Unavailable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A shared library, opened for good, and its functions. */
@SuppressWarnings("restricted") // to call native code is the purpose
final class Native {
  private final SymbolLookup symbols;

  private Native(SymbolLookup symbols) {
    this.symbols = symbols;
  }

  /**
   * One of those that the build has unpacked beside benchmarks.jar.
   *
   * @param project its folder there
   * @param file its name
   */
  static Native unpacked(String project, String file) throws Unavailable {
    try {
      Path jar = Path.of(Native.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path library =
          jar.resolveSibling("natives/org/bytedeco/" + project + "/linux-x86_64/" + file);
      if (!Files.exists(library)) {
        throw new Unavailable("the build has not unpacked " + file);
      }
      return new Native(SymbolLookup.libraryLookup(library, Arena.global()));
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new Unavailable(file + " does not load here: " + e.getMessage());
    }
  }

  /** The first that the system's own loader finds. */
  static Native installed(String... names) throws Unavailable {
    for (String name : names) {
      try {
        return new Native(SymbolLookup.libraryLookup(name, Arena.global()));
      } catch (IllegalArgumentException absent) {
        // the next one
      }
    }
    throw new Unavailable("the system has none of " + String.join(", ", names));
  }

  /** Whether Linux's description of the processor has this word. */
  static boolean cpu(String word) {
    try {
      return Files.readString(Path.of("/proc/cpuinfo")).matches("(?s).*\\b" + word + "\\b.*");
    } catch (IOException absent) {
      return false;
    }
  }

  /**
   * Sets a variable of this process's environment, which the processes that it starts inherit.
   *
   * @param value null to remove it
   */
  static void setenv(String name, String value) {
    Linker linker = Linker.nativeLinker();
    SymbolLookup system = linker.defaultLookup();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocateFrom(name);
      if (value == null) {
        FunctionDescriptor type = FunctionDescriptor.ofVoid(ValueLayout.ADDRESS);
        linker.downcallHandle(system.findOrThrow("unsetenv"), type).invokeExact(key);
      } else {
        FunctionDescriptor type =
            FunctionDescriptor.ofVoid(
                ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
        linker
            .downcallHandle(system.findOrThrow("setenv"), type)
            .invokeExact(key, arena.allocateFrom(value), 1);
      }
    } catch (Throwable e) {
      throw new AssertionError("setenv", e);
    }
  }

  MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
    return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), type, options);
  }

  /** The cblas_sgemm of a library that has the standard one with 32-bit integers. */
  MethodHandle cblasSgemm(Linker.Option... options) {
    return function("cblas_sgemm", CblasCall.TYPE, options);
  }

  /** Calls {@code void name(int)}. */
  void set(String name, int value) {
    try {
      function(name, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT)).invokeExact(value);
    } catch (Throwable e) {
      throw new AssertionError(name, e);
    }
  }

  /** Calls {@code void name(long)}. */
  void setLong(String name, long value) {
    try {
      function(name, FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG)).invokeExact(value);
    } catch (Throwable e) {
      throw new AssertionError(name, e);
    }
  }

  /** Calls {@code int name()}. */
  int get(String name) {
    try {
      return (int) function(name, FunctionDescriptor.of(ValueLayout.JAVA_INT)).invokeExact();
    } catch (Throwable e) {
      throw new AssertionError(name, e);
    }
  }

  /** Calls {@code char *name()}. */
  String text(String name) {
    try {
      return text(
          (MemorySegment) function(name, FunctionDescriptor.of(ValueLayout.ADDRESS)).invokeExact());
    } catch (Throwable e) {
      throw new AssertionError(name, e);
    }
  }

  /** Calls {@code char *name(int)}. */
  String text(String name, int argument) {
    MemoryLayout integer = ValueLayout.JAVA_INT;
    try {
      return text(
          (MemorySegment)
              function(name, FunctionDescriptor.of(ValueLayout.ADDRESS, integer))
                  .invokeExact(argument));
    } catch (Throwable e) {
      throw new AssertionError(name, e);
    }
  }

  /** Calls {@code struct {int major, minor …} *name()}. */
  String version(String name, int numbers) {
    try {
      MemorySegment struct =
          (MemorySegment) function(name, FunctionDescriptor.of(ValueLayout.ADDRESS)).invokeExact();
      int[] version =
          struct.reinterpret((long) Integer.BYTES * numbers).toArray(ValueLayout.JAVA_INT);
      return IntStream.of(version).mapToObj(String::valueOf).collect(Collectors.joining("."));
    } catch (Throwable e) {
      throw new AssertionError(name, e);
    }
  }

  private static String text(MemorySegment pointer) {
    return pointer.reinterpret(Long.MAX_VALUE).getString(0).strip();
  }
}
