package io.github.lanewise.bench.suite;

import io.github.lanewise.bench.peer.Peer;
import io.github.lanewise.bench.peer.Peers;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/**
 * A suite that is one JMH benchmark class with all that its {@link Param} fields name; {@code
 * quick} takes the first value of each, and every peer.
 */
public record JmhSuite(String name, Class<?> benchmark, MorePeers more) implements Suite {
  private static final String PEER = "peer";

  /** Peers that the class is given on demand, as its own command line would. */
  public interface MorePeers {
    /**
     * Their names.
     *
     * @param params of one task
     * @param peers those that run here
     */
    List<String> of(Map<String, String> params, Peers peers);
  }

  @Override
  public List<Step> round(Preset preset, Peers peers) {
    return combinations(preset, peers).stream().map(params -> step(preset, params)).toList();
  }

  private Step step(Preset preset, Map<String, String> params) {
    String key = name + " " + String.join(" ", params.values());
    List<String> jvmArgs =
        Peer.all().stream()
            .filter(peer -> peer.name().equals(params.get(PEER)))
            .findFirst()
            .map(Peer::jvmArgs)
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

  /** Every choice of one value for each parameter, the peer changing fastest: they take turns. */
  public List<Map<String, String>> combinations(Preset preset, Peers peers) {
    List<Map<String, String>> tasks = List.of(Map.of());
    List<String> named = List.of();
    for (Field field : benchmark.getFields()) {
      Param param = field.getAnnotation(Param.class);
      if (param != null && field.getName().equals(PEER)) {
        named = List.of(param.value());
      } else if (param != null) {
        int first = preset == Preset.QUICK ? 1 : param.value().length;
        tasks = each(tasks, field.getName(), List.of(param.value()).subList(0, first));
      }
    }
    List<Map<String, String>> all = new ArrayList<>();
    for (Map<String, String> task : tasks) {
      List<String> names = new ArrayList<>(named);
      names.addAll(more.of(task, peers));
      all.addAll(each(List.of(task), PEER, names));
    }
    return all;
  }

  private static List<Map<String, String>> each(
      List<Map<String, String>> chosen, String name, List<String> values) {
    List<Map<String, String>> longer = new ArrayList<>();
    for (Map<String, String> one : chosen) {
      for (String value : values) {
        Map<String, String> more = new LinkedHashMap<>(one);
        more.put(name, value);
        longer.add(more);
      }
    }
    return longer;
  }
}
