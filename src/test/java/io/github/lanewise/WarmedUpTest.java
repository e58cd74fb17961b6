package io.github.lanewise;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lanewise.example.WarmedUp;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the virtual machine's compilers have done when a warm-up is over, in machines of their own
 * that answer requests all the while, or none: nothing is left to do.
 */
class WarmedUpTest {
  /**
   * Twenty machines where they have most kernels to compile, some with each other kind of lanes.
   */
  private static final int MACHINES =
      "lanes-widest".equals(System.getProperty("lanewise.run")) ? 20 : 4;

  /** Machines of each further kind. */
  private static final int ALONE = MACHINES / 4 + 1;

  private static final int RECORDED = 3;

  /** C2 inlines no larger method into another, so its own code is what runs. */
  private static final int INLINED = 325;

  /** [12ms] 345 b 4 a.b.C::method @ 3 (678 bytes) made not entrant */
  private static final Pattern COMPILATION =
      Pattern.compile(
          "\\[\\d+ms]\\s+(\\d+)\\s+([%sbn! ]*)([0-4])\\s+(\\S+::\\S+)(?: @ \\d+)? \\((\\d+) bytes\\)(.*)");

  private static final Pattern UPTIME = Pattern.compile("^\\[(\\d+)ms]");

  /** Of all answers, before and after the exchange: the same everywhere. */
  private static final String NETWORKS = "-1125270170 967719018";

  private static final String PRODUCTS = "1073630441 1073630441";

  @TempDir private Path folder;

  /**
   * No kernel stays in tiers 1 to 3, where vectors are objects, however the two compilers and the
   * requests get in each other's way.
   */
  @Test
  void noKernelStaysBehind() throws Exception {
    noKernelStaysBehind(MACHINES);
  }

  /** Where there are no requests meanwhile, the compilers' idleness is seen at once. */
  @Test
  void noKernelStaysBehindWithoutRequests() throws Exception {
    noKernelStaysBehind(ALONE, "alone");
  }

  @Test
  void noKernelOfAProductStaysBehind() throws Exception {
    noKernelStaysBehind(ALONE, "products");
  }

  private void noKernelStaysBehind(int machines, String... arguments) throws Exception {
    for (int machine = 0; machine < machines; machine++) {
      Path log = folder.resolve("jit-" + machine + ".log");
      List<String> said =
          run(
              List.of(
                  "-XX:CICompilerCount=2",
                  "-Xlog:jit+compilation=debug,deoptimization=debug:file=" + log + ":uptimemillis"),
              arguments);
      // Times are cut to milliseconds on both sides: what belongs to the last one of the warm-up
      // may count.
      long warm = Long.parseLong(value(said, "warm").split(" ", -1)[1]) + 1;
      List<String> lines = Files.readAllLines(log);
      List<String> told = new ArrayList<>(said);
      lines.stream().filter(line -> millis(line) > warm).forEach(told::add);
      assertWarm(said, List.of(arguments).contains("products") ? PRODUCTS : NETWORKS, join(told));
      Map<String, Integer> tiers = new TreeMap<>();
      Map<String, String> alive = new HashMap<>();
      List<String> late = new ArrayList<>();
      for (String line : lines) {
        Matcher m = COMPILATION.matcher(line);
        if (!m.matches() || !ours(m.group(4)) || m.group(2).contains("%")) {
          continue;
        }
        if (millis(line) > warm) {
          late.add(line);
        }
        String method = m.group(4) + " " + m.group(5);
        if (m.group(6).contains("made not entrant")) {
          alive.remove(m.group(1));
        } else {
          alive.put(m.group(1), method + " " + m.group(3));
        }
      }
      for (String nmethod : alive.values()) {
        String[] words = nmethod.split(" ", -1);
        if (Integer.parseInt(words[1]) > INLINED && words[0].contains(".kernels.")) {
          tiers.merge(words[0], Integer.parseInt(words[2]), Math::max);
        }
      }
      assertThat(late).as("compiled or thrown away after the warm-up").isEmpty();
      assertThat(tiers)
          .isNotEmpty()
          .allSatisfy((method, tier) -> assertThat(tier).as(method).isEqualTo(4));
      assertThat(lines)
          .noneMatch(line -> line.contains("COMPILE SKIPPED") && line.contains("lanewise"));
    }
  }

  /** Nothing of the library's is thrown away or compiled any more, in any machine. */
  @Test
  void theFlightRecorderSeesNothingAfterwards() throws Exception {
    for (int machine = 0; machine < RECORDED; machine++) {
      assertThat(seenAfterwards()).isEmpty();
    }
  }

  /** A warm-up makes requests, but they are nobody's; and it gets there, recorded or not. */
  @Test
  void itsOwnRequestsAreNoEvents() throws Exception {
    List<String> said = run(List.of(), "record", "events", "alone");
    assertThat(value(said, "ready")).as(join(said)).isEqualTo("true");
    long warm = Long.parseLong(value(said, "warm").split(" ", -1)[0]);
    assertThat(said)
        .filteredOn(line -> line.contains(" io.github.lanewise.Request "))
        .noneMatch(line -> Long.parseLong(line.split(" ", -1)[1]) < warm);
  }

  /** Events of the library's methods after the warm-up, in a machine of its own. */
  private static List<String> seenAfterwards() throws Exception {
    List<String> said = run(List.of(), "record");
    assertWarm(said, NETWORKS, join(said));
    long warm = Long.parseLong(value(said, "warm").split(" ", -1)[0]);
    List<String> events = said.stream().filter(line -> line.startsWith("event ")).toList();
    assertThat(events)
        .filteredOn(line -> line.contains("jdk.Compilation ") && line.endsWith(" false"))
        .noneMatch(WarmedUpTest::ours);
    // It did look.
    assertThat(events).anyMatch(line -> line.contains("jdk.Deoptimization "));
    assertThat(events)
        .anyMatch(
            line -> line.contains("jdk.Compilation ") && ours(line) && line.endsWith(" true"));
    assertThat(events)
        .anyMatch(line -> line.contains("lanewise.KernelChoice " + Lanewise.describe().reason()))
        .anyMatch(line -> line.contains("lanewise.Warmup ") && line.endsWith("true"))
        .anyMatch(
            line -> line.contains("lanewise.WarmupStep ") && line.contains("layer 0, 70×40: gelu"));
    return events.stream()
        .filter(line -> Long.parseLong(line.split(" ", -1)[1]) > warm)
        .filter(line -> line.contains(" jdk.") && ours(line))
        .toList();
  }

  /** What requests call; the warm-up's own methods have done their work. */
  private static boolean ours(String method) {
    return method.contains("io.github.lanewise.")
        && !method.matches(".*lanewise\\.(example|Warmup|Drill|CompilerSilence|Deadline|Usage).*");
  }

  /** The answers were right and the thread of the requests has made no garbage. */
  private static void assertWarm(List<String> said, String digests, String told) {
    assertThat(value(said, "ready")).as(told).isEqualTo("true");
    assertThat(value(said, "steady")).as(told).isEqualTo("true");
    assertThat(value(said, "wrong")).as(told).isEqualTo("0");
    assertThat(value(said, "digests")).as(told).isEqualTo(digests);
    assertThat(value(said, "sweep")).as(told).isEqualTo("0");
    // The machine itself allocates some hundred bytes; one product of vectors as objects, 100,000.
    assertThat(Long.parseLong(value(said, "meanwhile"))).as(told).isLessThan(30_000);
  }

  /** When a line of the compilers' log was written; 0 of another. */
  private static long millis(String line) {
    Matcher m = UPTIME.matcher(line);
    return m.find() ? Long.parseLong(m.group(1)) : 0;
  }

  private static String join(List<String> lines) {
    return String.join("\n", lines);
  }

  private static String value(List<String> said, String key) {
    return said.stream()
        .filter(line -> line.startsWith(key + " "))
        .map(line -> line.substring(key.length() + 1))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + key + " in " + join(said)));
  }

  /** With the flags of this test run, and those. */
  private static List<String> run(List<String> flags, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+IgnoreUnrecognizedVMOptions");
    command.add("--add-modules=jdk.incubator.vector");
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("-XX:") || flag.startsWith("-Dlanewise."))
        .forEach(command::add);
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(WarmedUp.class.getName());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().toList();
  }
}
