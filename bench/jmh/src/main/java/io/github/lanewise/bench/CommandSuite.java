package io.github.lanewise.bench;

import io.github.lanewise.bench.report.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * A suite that has a command of its own, which understands {@code --forks}, {@code --out} and
 * {@code --label} and writes its results to a JSON file. Each round is that command with one fork.
 */
record CommandSuite(CommandLine commands, String name, List<String> quick) implements Suite {
  /**
   * The suite of a command, if there is such a command.
   *
   * @param quick what to tell it in the preset quick
   */
  static Optional<Suite> named(CommandLine commands, String name, String... quick) {
    return commands.getSubcommands().containsKey(name)
        ? Optional.of(new CommandSuite(commands, name, List.of(quick)))
        : Optional.empty();
  }

  @Override
  public List<Step> round(Preset preset, List<GemmPeer> here) {
    return List.of(new Step(name, recording -> run(preset, recording)));
  }

  private void run(Preset preset, Recording recording) throws IOException {
    Path folder = Files.createTempDirectory(name);
    try {
      List<String> args = new ArrayList<>(List.of(name, "--forks", "1", "--label", name));
      args.addAll(List.of("--out", folder.toString()));
      args.addAll(preset == Preset.QUICK ? quick : List.of());
      int code = commands.execute(args.toArray(String[]::new));
      List<Path> results =
          files(folder).stream()
              .filter(file -> file.toString().endsWith(".json"))
              .filter(file -> !file.toString().endsWith(".card.json"))
              .toList();
      if (results.isEmpty()) {
        throw new IOException("the command " + name + " ended with " + code + " and no results");
      }
      recording.add(Results.read(results));
    } finally {
      for (Path file : files(folder)) {
        Files.delete(file);
      }
      Files.delete(folder);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
