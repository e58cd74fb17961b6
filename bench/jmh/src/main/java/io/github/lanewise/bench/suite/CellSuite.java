package io.github.lanewise.bench.suite;

import io.github.lanewise.bench.peer.Peers;
import io.github.lanewise.bench.report.Fork;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A suite of {@link Cell}s. Each fork of each cell is a step, so nothing that was measured is lost.
 */
public record CellSuite(String name, BiFunction<Preset, Peers, List<Cell>> cells) implements Suite {
  @Override
  public List<Step> round(Preset preset, Peers peers) {
    return cells.apply(preset, peers).stream()
        .map(
            cell ->
                new Step(
                    cell.toString(),
                    recording ->
                        recording.add(Fork.report(name, cell.params(), cell.peer(), cell.fork()))))
        .toList();
  }
}
