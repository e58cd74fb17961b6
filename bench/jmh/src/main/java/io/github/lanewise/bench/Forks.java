package io.github.lanewise.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JVMs of this same jar that print lines of {@code key value}, and the medians over them. */
final class Forks {
  private Forks() {}

  /** Runs a hidden command in a JVM of its own, with this one's options. */
  static Map<String, Double> run(List<String> jvmArgs, List<String> command)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.addAll(MachineCard.flags());
    all.addAll(jvmArgs);
    all.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    all.addAll(command);
    Process process =
        new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + output);
    }
    Map<String, Double> values = new LinkedHashMap<>();
    for (String line : output.lines().toList()) {
      String[] words = line.split(" ");
      if (words.length == 2) {
        values.put(words[0], Double.parseDouble(words[1]));
      }
    }
    return values;
  }

  static double median(List<Map<String, Double>> forks, String key) {
    double[] sorted =
        forks.stream().mapToDouble(f -> f.getOrDefault(key, Double.NaN)).sorted().toArray();
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  static String text(Map<String, String> card) {
    StringBuilder text = new StringBuilder();
    card.forEach(
        (name, value) -> text.append("- ").append(name).append(": ").append(value).append('\n'));
    return text.toString();
  }

  static String row(Object... cells) {
    StringBuilder text = new StringBuilder("|");
    Arrays.stream(cells).forEach(cell -> text.append(' ').append(cell).append(" |"));
    return text.append('\n').toString();
  }
}
