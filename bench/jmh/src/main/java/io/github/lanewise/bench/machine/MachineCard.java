package io.github.lanewise.bench.machine;

import io.github.lanewise.Lanewise;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryManagerMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** What a figure is worthless without: processor, caches, JDK, flags, date, commit. */
public final class MachineCard {
  private static final int WARMUP = 1_000;

  private MachineCard() {}

  /** Names and values in the order to print them. */
  public static Map<String, String> read() {
    Map<String, String> card = new LinkedHashMap<>();
    card.put("date", LocalDate.now().toString());
    card.put("commit", commit());
    card.put("processor", cpu("model name", System.getProperty("os.arch")) + ", " + isa());
    card.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    card.put("caches", Caches.read().toString());
    card.put("governor", file("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"));
    card.put("huge pages", file("/sys/kernel/mm/transparent_hugepage/enabled"));
    card.put("load", file("/proc/loadavg"));
    card.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    card.put(
        "JVM", System.getProperty("java.vendor") + " " + System.getProperty("java.vm.version"));
    card.put("collector", collector());
    card.put("flags", String.join(" ", flags()));
    Lanewise.Description lanewise = Lanewise.describe();
    card.put(
        "lanes",
        lanewise.vectorBits() + " bits, " + lanewise.vectorBits() / Float.SIZE + " floats");
    card.put("registers", String.valueOf(lanewise.vectorRegisters()));
    card.put("Lanewise", lanewise.toString());
    return card;
  }

  /** How to repeat a run: {@code bench/run} builds, and passes its arguments on. */
  public static String command(CommandSpec spec) {
    List<String> args = spec.root().commandLine().getParseResult().originalArgs();
    return args.getFirst().equals("run")
        ? ("bench/run " + String.join(" ", args.subList(1, args.size()))).strip()
        : "java "
            + String.join(" ", flags())
            + " -jar bench/peers/target/benchmarks.jar "
            + String.join(" ", args);
  }

  /** By the names of its parts; with one core HotSpot chooses another one than with two. */
  private static String collector() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .map(MemoryManagerMXBean::getName)
        .collect(Collectors.joining(", "));
  }

  /** The options of this JVM, which the forks inherit. */
  public static List<String> flags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments();
  }

  /** The limits of one core, measured here and now; the rows have their own. */
  public static Map<String, String> limits() {
    Map<String, String> limits = new LinkedHashMap<>();
    limits.put(
        "FMA peak", String.format(Locale.ROOT, "%.1f GFLOP/s", new PeakProbe().warmUp(WARMUP)));
    Caches caches = Caches.read();
    for (BandwidthProbe.CacheLevel level : BandwidthProbe.CacheLevel.values()) {
      BandwidthProbe bandwidth = new BandwidthProbe();
      bandwidth.resize(level.bytes(caches));
      limits.put(
          "reading " + level,
          String.format(
              Locale.ROOT,
              "%.1f GB/s (%,d KiB)",
              bandwidth.warmUp(WARMUP),
              level.bytes(caches) >> 10));
    }
    return limits;
  }

  private static String isa() {
    String flags = " " + cpu("flags", "") + " ";
    return Stream.of("fma", "avx2", "avx512f", "avx512_bf16", "amx_tile")
        .filter(flag -> flags.contains(" " + flag + " "))
        .collect(Collectors.joining(" "));
  }

  private static String cpu(String key, String otherwise) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(otherwise);
    } catch (IOException absent) {
      return otherwise;
    }
  }

  private static String file(String path) {
    try {
      return Files.readString(Path.of(path)).strip();
    } catch (IOException absent) {
      return "not readable";
    }
  }

  private static String commit() {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return git.waitFor() == 0 ? commit.strip() : "unknown";
    } catch (IOException absent) {
      return "unknown";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }
}
