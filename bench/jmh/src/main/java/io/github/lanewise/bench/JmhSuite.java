package io.github.lanewise.bench;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/**
 * A suite that is one JMH benchmark class with all that its {@link Param} fields name; {@code
 * quick} takes the first value of each, and every peer.
 */
record JmhSuite(String name, Class<?> benchmark) implements Suite {
  private static final String PEER = "peer";

  /** The suite of the class {@code NameBenchmark} in this package, if there is such a class. */
  static Optional<Suite> named(String name) {
    String first = name.substring(0, 1).toUpperCase(Locale.ROOT);
    try {
      Class<?> benchmark =
          Class.forName(
              JmhSuite.class.getPackageName() + "." + first + name.substring(1) + "Benchmark",
              false,
              JmhSuite.class.getClassLoader());
      return Optional.of(new JmhSuite(name, benchmark));
    } catch (ClassNotFoundException absent) {
      return Optional.empty();
    }
  }

  @Override
  public List<Step> round(Preset preset, List<GemmPeer> here) {
    return combinations(preset).stream().map(params -> step(preset, params)).toList();
  }

  private Step step(Preset preset, Map<String, String> params) {
    String key = name + " " + String.join(" ", params.values());
    List<String> jvmArgs =
        GemmPeers.all().stream()
            .filter(peer -> peer.name().equals(params.get(PEER)))
            .findFirst()
            .map(GemmPeer::jvmArgs)
            .orElse(List.of());
    return new Step(
        key,
        recording -> {
          ChainedOptionsBuilder options =
              JmhRuns.fork(benchmark, jvmArgs, preset.warmup, preset.iterations, preset.time);
          params.forEach(options::param);
          recording.jmh(key, options.build());
        });
  }

  /** Every choice of one value for each parameter, the last parameter changing fastest. */
  List<Map<String, String>> combinations(Preset preset) {
    List<Map<String, String>> all = List.of(Map.of());
    for (Field field : benchmark.getFields()) {
      Param param = field.getAnnotation(Param.class);
      if (param == null) {
        continue;
      }
      boolean first = preset == Preset.QUICK && !field.getName().equals(PEER);
      List<String> values =
          Arrays.asList(param.value()).subList(0, first ? 1 : param.value().length);
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> chosen : all) {
        for (String value : values) {
          Map<String, String> one = new LinkedHashMap<>(chosen);
          one.put(field.getName(), value);
          longer.add(one);
        }
      }
      all = longer;
    }
    return all;
  }
}
