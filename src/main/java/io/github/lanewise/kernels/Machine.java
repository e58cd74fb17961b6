package io.github.lanewise.kernels;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What the kernels must know of the virtual machine and the processor below it. HotSpot's flags
 * tell what no other interface does: whether there is an fma instruction, a C2 compiler, and how
 * many vector registers. Where they cannot be read, the answers are the careful ones.
 */
public final class Machine {
  private Machine() {}

  /** Whether HotSpot's flags can be read: a run-time image may lack {@code jdk.management}. */
  public static boolean tellsFlags() {
    return !flag("UseFMA", "").isEmpty();
  }

  /** Whether {@code Math.fma} is one instruction. */
  public static boolean hasHardwareFma() {
    return flag("UseFMA", "false").equals("true");
  }

  /**
   * Whether hot code ends in C2, the only compiler that keeps vectors of the Vector API in
   * registers.
   */
  public static boolean hasC2() {
    return System.getProperty("java.vm.info", "").contains("mixed mode")
        && flag("TieredStopAtLevel", "0").equals("4")
        && flag("CompilationMode", "default").matches("default|high-only")
        && flag("UseJVMCICompiler", "false").equals("false")
        && !System.getProperty("java.vm.name", "").contains("Client");
  }

  /**
   * Number of vector registers that C2 allocates: 32 with AVX-512 or on AArch64, else 16. {@code
   * -Dlanewise.registers=16} or {@code 32} overrides it: tiles made for the other number are slower
   * and give the same bits, which tests see to on any machine.
   */
  public static int vectorRegisters() {
    Integer told = Integer.getInteger("lanewise.registers");
    if (told != null) {
      return told < 32 ? 16 : 32;
    }
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    boolean x86 = arch.equals("amd64") || arch.equals("x86_64");
    return x86 && !flag("UseAVX", "0").equals("3") ? 16 : 32;
  }

  /**
   * Bits of a vector: the machine's own unless {@code -Dlanewise.bits} asks for others, 64 to 512.
   * More than the machine has are computed element by element, far slower and with the same bits,
   * so that the paths of a wider machine are tested on any.
   */
  public static int vectorBits(int own) {
    return Integer.getInteger("lanewise.bits", own);
  }

  /** Bytes of a region of G1's heap, a power of two; 0 under another collector. */
  static int heapRegion() {
    return Integer.parseInt(flag("G1HeapRegionSize", "0"));
  }

  /** Bytes of an array before its first float: mark, class and length, or the first two in one. */
  static int arrayHeader() {
    if (flag("UseCompactObjectHeaders", "false").equals("true")) {
      return 12;
    }
    return flag("UseCompressedClassPointers", "true").equals("true") ? 16 : 20;
  }

  private static String flag(String name, String otherwise) {
    try {
      HotSpotDiagnosticMXBean flags =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      return flags == null ? otherwise : flags.getVMOption(name).getValue();
    } catch (IllegalArgumentException | LinkageError absent) {
      return otherwise;
    }
  }
}
