package io.github.lanewise;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README promises a reader can type. */
class ReadmeTest {
  private static final Path README = Path.of("README.md");

  @Test
  void theExampleCompilesAndRuns(@TempDir Path folder) throws Exception {
    Path source = folder.resolve("Example.java");
    Files.writeString(source, block("java"));

    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int errors =
        compiler.run(
            null,
            null,
            null,
            "-d",
            folder.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            source.toString());
    assertThat(errors).isZero();

    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      Class<?> example = loader.loadClass("Example");
      var constructor = example.getDeclaredConstructor();
      var main = example.getDeclaredMethod("main");
      constructor.setAccessible(true);
      main.setAccessible(true);
      main.invoke(constructor.newInstance());
    }
  }

  @Test
  void theExampleHasTenLines() throws Exception {
    long lines = block("java").lines().filter(line -> !line.isBlank()).count();
    assertThat(lines).isEqualTo(10);
  }

  /** First the main job, then the tests; .ci/run relies on it. */
  @Test
  void quickStartHasExactlyTwoCommands() throws Exception {
    List<String> commands = block("sh").lines().toList();
    assertThat(commands).hasSize(2);
    assertThat(commands.get(0)).contains("exec:exec@digits");
    assertThat(commands.get(1)).endsWith("verify");
  }

  private static String block(String language) throws Exception {
    Matcher fence =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(README));
    assertThat(fence.find()).isTrue();
    String block = fence.group(1);
    assertThat(fence.find()).as("a single block of %s", language).isFalse();
    return block;
  }
}
