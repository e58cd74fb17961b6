package io.github.lanewise.bench.suite;

import io.github.lanewise.bench.machine.MachineCard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What JVMs of this same jar measure without JMH: one peer at one set of parameters.
 *
 * @param params names and values, without the peer
 * @param program whose {@code main} prints lines of {@code key value}
 */
public record Cell(
    String suite,
    Map<String, String> params,
    String peer,
    List<String> jvmArgs,
    Class<?> program,
    List<String> args) {
  private static final Pattern VALUE =
      Pattern.compile("(?m)^([a-z][\\w.-]*) (-?[\\d.]+(?:E-?\\d+)?|NaN)$");

  /** The last cause of a stack trace, or its first line where it has one cause only. */
  private static final Pattern CAUSE =
      Pattern.compile(
          "(?m)^(?:Caused by: |Exception in thread \"main\" )?((?:\\w+\\.)+\\w+(?:Exception|Error)\\b.*)$");

  static { // a fork goes on where only this process is told to stop, and disturbs what comes next
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> ProcessHandle.current().children().forEach(ProcessHandle::destroy)));
  }

  @Override
  public String toString() {
    return suite + " " + String.join(" ", params.values()) + " " + peer;
  }

  /**
   * Runs one more fork, in a JVM with this one's options.
   *
   * @return what it printed, in its order
   * @throws IOException with the reason that the fork has given, if it has failed
   */
  public Map<String, Double> fork() throws IOException, InterruptedException {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.addAll(MachineCard.flags());
    all.addAll(jvmArgs);
    all.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    all.addAll(args);
    Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      System.err.println(this + ":\n" + output);
      throw new IOException(reason(output));
    }
    Map<String, Double> values = new LinkedHashMap<>();
    for (Matcher line = VALUE.matcher(output); line.find(); ) {
      values.put(line.group(1), Double.parseDouble(line.group(2)));
    }
    return values;
  }

  private static String reason(String output) {
    String reason = "the JVM ended without a word";
    for (Matcher cause = CAUSE.matcher(output); cause.find(); ) {
      reason = cause.group(1);
    }
    return reason;
  }
}
