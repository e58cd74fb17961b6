package io.github.lanewise.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.github.lanewise.bench.startup.StartupFork;
import io.github.lanewise.bench.suite.Cell;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CellTest {
  @Test
  void aCellsForkIsAJvmOfItsOwn() throws Exception {
    Cell cell =
        new Cell(
            "startup",
            Map.of("what", "4-2"),
            "lanewise-cold",
            List.of(),
            StartupFork.class,
            List.of("lanewise-cold", "4-2", "50"));

    assertThat(cell.fork()).containsKeys("first", "steady-micros", "call-1", "worst-1");
  }

  @Test
  void aForkThatFailsSaysWhy() {
    Cell cell =
        new Cell(
            "startup",
            Map.of(),
            "nobody",
            List.of(),
            StartupFork.class,
            List.of("nobody", "4-2", "50"));

    assertThatThrownBy(cell::fork).hasMessageContaining("there is no peer nobody");
  }

  @Test
  void aForkEndsWithTheProcessThatStartedIt() throws Exception {
    Process starter =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Starter.class.getName())
            .redirectErrorStream(true)
            .start();
    try {
      ProcessHandle fork = childOf(starter);

      starter.destroy();

      assertThat(fork.onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
    } finally {
      starter.destroyForcibly();
    }
  }

  private static ProcessHandle childOf(Process starter) throws InterruptedException {
    for (int i = 0; i < 300; i++) {
      Optional<ProcessHandle> child = starter.children().findAny();
      if (child.isPresent()) {
        return child.get();
      }
      Thread.sleep(Duration.ofMillis(100));
    }
    return fail("no fork has started");
  }

  /** Starts a fork and waits for it, as the suites do. */
  static final class Starter {
    private Starter() {}

    public static void main(String[] args) throws Exception {
      new Cell("none", Map.of(), "nobody", List.of(), Sleeper.class, List.of()).fork();
    }
  }

  /** A fork that takes long. */
  static final class Sleeper {
    private Sleeper() {}

    public static void main(String[] args) throws InterruptedException {
      Thread.sleep(Duration.ofMinutes(2));
    }
  }
}
