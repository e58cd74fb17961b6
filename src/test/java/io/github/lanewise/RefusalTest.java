package io.github.lanewise;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every public method refuses what makes no sense, says which argument it was, and has not written.
 */
class RefusalTest {
  static Stream<Refusal> refusals() {
    return Stream.of(
            MatrixRefusals.all(),
            ProductRefusals.all(),
            LayerRefusals.all(),
            NetworkRefusals.all(),
            WarmupRefusals.all())
        .flatMap(s -> s);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void isRefused(Refusal refusal) {
    refusal.verify();
  }

  /** A public method that joins the library joins the tables. */
  @Test
  void noMethodIsForgotten() {
    Set<String> all = new TreeSet<>();
    for (JavaClass javaClass :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.lanewise")) {
      if (javaClass.getPackageName().equals("io.github.lanewise")
          && javaClass.getModifiers().contains(JavaModifier.PUBLIC)) {
        all.addAll(methodsWithParameters(javaClass.reflect()));
      }
    }
    Set<String> refusing = refusals().map(Refusal::method).collect(Collectors.toSet());
    assertThat(all).containsAll(refusing);

    all.removeAll(refusing);
    assertThat(all)
        .containsExactlyInAnyOrder(
            // These take anything: any number, any object, and the names that every enum has.
            "Activation.value",
            "Activation.derivative",
            "Activation.equals",
            "FloatMatrix.equals",
            "Initializer.valueOf",
            "Loss.valueOf",
            "Lanewise.Description.new",
            "Lanewise.Description.equals",
            "Warmup.Step.new",
            "Warmup.Step.equals",
            "Warmup.Report.new",
            "Warmup.Report.equals",
            // Files are refused in SafetensorsRefusalTest.
            "Safetensors.load",
            "Safetensors.save");
  }

  private static Set<String> methodsWithParameters(Class<?> type) {
    List<Executable> executables = new ArrayList<>(List.of(type.getDeclaredMethods()));
    executables.addAll(List.of(type.getDeclaredConstructors()));
    return executables.stream()
        .filter(executable -> Modifier.isPublic(executable.getModifiers()))
        .filter(executable -> !Modifier.isAbstract(executable.getModifiers()))
        .filter(executable -> !executable.isSynthetic() && executable.getParameterCount() > 0)
        .map(executable -> name(type, executable))
        .collect(Collectors.toSet());
  }

  private static String name(Class<?> type, Executable executable) {
    String owner = type.isMemberClass() ? type.getEnclosingClass().getSimpleName() + "." : "";
    String member = executable instanceof Constructor ? "new" : ((Method) executable).getName();
    return owner + type.getSimpleName() + "." + member;
  }
}
