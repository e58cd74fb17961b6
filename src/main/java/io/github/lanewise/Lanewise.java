package io.github.lanewise;

import io.github.lanewise.kernels.Kernels;
import io.github.lanewise.kernels.Machine;
import io.github.lanewise.kernels.scalar.ScalarKernels;
import io.github.lanewise.kernels.simd.SimdKernels;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Which kernels run in this virtual machine, and why.
 *
 * <p>The SIMD kernels run where the module {@code jdk.incubator.vector} is present, hot code ends
 * in C2, and fused multiply-add is an instruction. Otherwise their scalar twin runs, with the same
 * bits, and one line through {@link System.Logger} says why and what to pass. The system property
 * {@code lanewise.kernels}, read once, can be {@code scalar} or {@code simd}.
 */
public final class Lanewise {
  private static final String PROPERTY = "lanewise.kernels";

  private Lanewise() {}

  /**
   * What {@link #describe()} tells.
   *
   * @param kernels {@code simd} or {@code scalar}
   * @param vectorBits width of a vector, 32 for the scalar kernels
   * @param vectorRegisters vector registers that the tile was made for
   * @param tileRows rows of the micro-tile
   * @param tileColumns columns of the micro-tile
   * @param reason why these kernels were chosen
   */
  public record Description(
      String kernels,
      int vectorBits,
      int vectorRegisters,
      int tileRows,
      int tileColumns,
      String reason) {}

  /** {@return the kernels in use, their width, their tile and why they were chosen} */
  public static Description describe() {
    Kernels kernels = kernels();
    return new Description(
        kernels.name(),
        kernels.vectorBits(),
        kernels.vectorRegisters(),
        kernels.tileRows(),
        kernels.tileColumns(),
        Choice.MADE.reason);
  }

  static Kernels kernels() {
    return Choice.KERNELS;
  }

  /** The twin that needs no compiler: it answers while the other one warms up. */
  static Kernels scalar() {
    return Scalar.KERNELS;
  }

  /** A warning to whoever runs this virtual machine. */
  static void log(String line) {
    Logger logger = System.getLogger("io.github.lanewise");
    logger.log(Level.WARNING, line);
  }

  /** Without loading what the SIMD kernels need. */
  private static final class Scalar {
    static final Kernels KERNELS = new ScalarKernels();
  }

  /** Made once, when first asked for. */
  private static final class Choice {
    static final Choice MADE = make(System.getProperty(PROPERTY, "auto"));
    static final Kernels KERNELS = MADE.simd ? new SimdKernels() : new ScalarKernels();

    static {
      FlightEvents.kernelChoice(KERNELS.name(), MADE.reason);
    }

    final boolean simd;
    final String reason;

    private Choice(boolean simd, String reason) {
      this.simd = simd;
      this.reason = reason;
    }

    private static Choice make(String wanted) {
      boolean module = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
      if (wanted.equals("scalar") || (wanted.equals("simd") && module)) {
        return new Choice(wanted.equals("simd"), "-D" + PROPERTY + "=" + wanted);
      }
      if (!wanted.equals("simd") && !wanted.equals("auto")) {
        log("-D" + PROPERTY + "=" + wanted + " is unknown (scalar or simd) and ignored");
      }
      if (!module) {
        return scalar(
            "module jdk.incubator.vector is absent",
            "pass --add-modules=jdk.incubator.vector to java");
      }
      if (!Machine.tellsFlags()) {
        return scalar(
            "the virtual machine's flags, which tell of C2 and fma, cannot be read",
            "run on HotSpot, and add the module jdk.management to a run-time image");
      }
      if (!Machine.hasC2()) {
        return scalar(
            "hot code does not end in the C2 compiler", "run java in mixed mode with all tiers");
      }
      if (!Machine.hasHardwareFma()) {
        return scalar(
            "there is no hardware fused multiply-add",
            "run on a processor with FMA and without -XX:-UseFMA");
      }
      return new Choice(true, "vector module, C2 and hardware fma are present");
    }

    private static Choice scalar(String reason, String cure) {
      log("Lanewise runs its scalar kernels, the same bits but slower: " + reason + "; " + cure);
      return new Choice(false, reason);
    }
  }
}
