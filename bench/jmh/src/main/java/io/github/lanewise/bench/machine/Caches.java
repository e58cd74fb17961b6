package io.github.lanewise.bench.machine;

import io.github.lanewise.bench.peer.GemmShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes of the data caches that a core of this machine sees, as Linux reports them; elsewhere those
 * of a common server.
 */
public record Caches(long l1, long l2, long l3, boolean known) {
  /** Operands that must lie outside every cache never take more than this. */
  static final long MOST_COLD_BYTES = 1L << 30;

  /** More copies than this do not make small weights any colder, only slower to set up. */
  private static final long MOST_COPIES = 1 << 16;

  public static Caches read() {
    long[] level = new long[4];
    for (int i = 0; i < 8; i++) {
      Path index = Path.of("/sys/devices/system/cpu/cpu0/cache/index" + i);
      try {
        if (!Files.readString(index.resolve("type")).strip().equals("Instruction")) {
          int l = Integer.parseInt(Files.readString(index.resolve("level")).strip());
          level[l] = bytes(Files.readString(index.resolve("size")).strip());
        }
      } catch (IOException | RuntimeException absent) {
        break;
      }
    }
    boolean known = level[1] > 0 && level[2] > 0;
    return known
        ? new Caches(level[1], level[2], Math.max(level[2], level[3]), true)
        : new Caches(32 << 10, 1 << 20, 32 << 20, false);
  }

  /** Twice the last level, so that nothing of it is left when its turn comes again; but capped. */
  public long coldBytes() {
    return Math.min(2 * l3, MOST_COLD_BYTES);
  }

  /** How many copies of a product's A are walked through, so that a mode is what it says. */
  public static int copies(String mode, GemmShape shape) {
    return switch (mode) {
      case "hot", "polluted" -> 1;
      case "cold" -> {
        long bytes = read().coldBytes();
        yield (int) Math.clamp(bytes / shape.bytesA(), 2, MOST_COPIES);
      }
      default -> throw new IllegalArgumentException(mode + " is no mode: hot, cold or polluted");
    };
  }

  private static long bytes(String size) {
    long number = Long.parseLong(size.replaceAll("\\D", ""));
    return number << (size.endsWith("K") ? 10 : size.endsWith("M") ? 20 : 0);
  }

  @Override
  public String toString() {
    return "L1d "
        + (l1 >> 10)
        + " KiB, L2 "
        + (l2 >> 10)
        + " KiB, L3 "
        + (l3 >> 20)
        + " MiB"
        + (known ? "" : " (assumed)");
  }
}
