package io.github.lanewise;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lanewise.example.WhichKernels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which kernels run, in virtual machines of their own: on the class path and as a module. */
class LanewiseTest {
  private static final String VECTOR = "--add-modules=jdk.incubator.vector";

  @Test
  void thisRunHasTheKernelsItAskedFor() {
    Lanewise.Description description = Lanewise.describe();
    boolean scalar = "scalar".equals(System.getProperty("lanewise.kernels"));
    assertThat(description.kernels()).isEqualTo(scalar ? "scalar" : "simd");
    assertThat(description.reason()).isNotEmpty();
    if (!scalar) {
      assertThat(description.vectorBits()).isGreaterThanOrEqualTo(64);
      assertThat(description.tileRows()).isEqualTo(description.vectorRegisters() == 32 ? 12 : 6);
      assertThat(description.tileColumns()).isEqualTo(2 * description.vectorBits() / 32);
    }
  }

  @Test
  void simdWhereEverythingIsThere() throws Exception {
    String output = classPath(VECTOR);
    assertThat(output).contains("kernels=simd", " 7.0").doesNotContain("scalar");
  }

  @Test
  void scalarWithoutTheModuleAndOneLineThatSaysWhatToPass() throws Exception {
    String output = classPath();
    assertThat(output).contains("kernels=scalar", " 7.0");
    assertThat(output).containsOnlyOnce("WARNING: Lanewise runs its scalar kernels");
    assertThat(output).contains("pass " + VECTOR);
  }

  @ParameterizedTest
  @CsvSource({
    "-XX:TieredStopAtLevel=1, C2 compiler",
    "-XX:CompilationMode=quick-only, C2 compiler",
    "-Xint, C2 compiler",
    "-XX:-UseFMA, no hardware fused multiply-add"
  })
  void scalarWhereVectorsWouldBeSlow(String flag, String reason) throws Exception {
    String output = classPath(VECTOR, flag);
    assertThat(output).contains("kernels=scalar", reason, " 7.0");
  }

  /** As a run-time image without that module. */
  @Test
  void scalarWhereTheFlagsCannotBeRead() throws Exception {
    String output = classPath(VECTOR, "--limit-modules=java.management,jdk.incubator.vector");
    assertThat(output).contains("kernels=scalar", " 7.0");
    assertThat(output).containsOnlyOnce("WARNING: Lanewise runs its scalar kernels");
    assertThat(output).contains("add the module jdk.management");
  }

  @Test
  void thePropertyChooses() throws Exception {
    assertThat(classPath(VECTOR, "-Dlanewise.kernels=scalar"))
        .contains("kernels=scalar", " 7.0")
        .doesNotContain("WARNING: Lanewise");
    assertThat(classPath(VECTOR, "-Dlanewise.kernels=simd", "-XX:TieredStopAtLevel=1"))
        .contains("kernels=simd", " 7.0");
    assertThat(classPath("-Dlanewise.kernels=simd")).contains("kernels=scalar", " 7.0");
    assertThat(classPath(VECTOR, "-Dlanewise.kernels=fast"))
        .contains("kernels=simd", "-Dlanewise.kernels=fast is unknown");
  }

  @Test
  void moduleNeedsNoFlag() throws Exception {
    String output =
        run(List.of("-p", classes(), "--add-modules", "io.github.lanewise", "-cp", testClasses()));
    assertThat(output).contains("kernels=simd", " 7.0");
  }

  private static String classPath(String... flags) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(flags));
    arguments.addAll(
        List.of("-cp", classes() + System.getProperty("path.separator") + testClasses()));
    return run(arguments);
  }

  private static String run(List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+IgnoreUnrecognizedVMOptions");
    command.addAll(arguments);
    command.add(WhichKernels.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static String classes() throws Exception {
    return where(Lanewise.class);
  }

  private static String testClasses() throws Exception {
    return where(LanewiseTest.class);
  }

  private static String where(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }
}
