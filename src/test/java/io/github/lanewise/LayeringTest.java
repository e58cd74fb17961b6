package io.github.lanewise;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.MonitorInstruction;
import java.util.ArrayList;
import java.util.List;

/** The house: who may know whom. */
@AnalyzeClasses(packages = LayeringTest.ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {
  static final String ROOT = "io.github.lanewise";
  private static final String KERNELS = ROOT + ".kernels";
  private static final String SCALAR = KERNELS + ".scalar";
  private static final String SIMD = KERNELS + ".simd";

  @ArchTest
  static final ArchRule onlySimdKnowsTheIncubator =
      noClasses()
          .that()
          .resideOutsideOfPackage(SIMD)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator..");

  @ArchTest
  static final ArchRule theSeamKnowsNobody =
      noClasses()
          .that()
          .resideInAPackage(KERNELS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT, SCALAR, SIMD);

  @ArchTest
  static final ArchRule scalarKnowsOnlyTheSeam =
      noClasses()
          .that()
          .resideInAPackage(SCALAR)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT, SIMD);

  @ArchTest
  static final ArchRule simdKnowsTheSeamAndItsTwin =
      noClasses()
          .that()
          .resideInAPackage(SIMD)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT);

  /**
   * C2 inlines methods of ours where it pleases; elsewhere a vector that is passed is an object.
   */
  @ArchTest
  static final ArchRule noMethodPassesAVector =
      methods().that().areDeclaredInClassesThat().resideInAPackage(SIMD).should(new PassNoVector());

  /** A package that joins the house needs a place in it. */
  @ArchTest
  static final ArchRule thereAreFourPackages =
      classes().should().resideInAnyPackage(ROOT, KERNELS, SCALAR, SIMD);

  @ArchTest
  static final ArchRule noCycles = slices().assignedFrom(new ByPackage()).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule noDependencies =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "jdk.jfr",
              "com.sun.management",
              "jdk.incubator.vector",
              ROOT,
              KERNELS,
              SCALAR,
              SIMD);

  @ArchTest
  static final ArchRule theApiHidesTheKernels =
      classes().that().resideInAPackage(ROOT).and().arePublic().should(new HideTheKernels());

  @ArchTest
  static final ArchRule nothingStaticChanges = fields().that().areStatic().should().beFinal();

  /**
   * But what threads beside a warm-up must see: who answers until it is done, whether one ever was,
   * and what it came to.
   */
  @ArchTest
  static final ArchRule nothingIsVolatile =
      fields()
          .that()
          .doNotHaveFullName(ROOT + ".Inference.kernels")
          .and()
          .doNotHaveFullName(ROOT + ".Inference.warm")
          .and()
          .doNotHaveFullName(ROOT + ".Warmup.report")
          .should()
          .notHaveModifier(JavaModifier.VOLATILE);

  @ArchTest
  static final ArchRule noThreadLocal =
      noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class);

  /**
   * Whoever warms up must be a platform thread, may be interrupted, rests a millisecond for the
   * compilers, and is waited for; nothing else knows of threads.
   */
  @ArchTest
  static final ArchRule onlyTheWarmUpKnowsItsThread =
      noClasses()
          .that()
          .doNotHaveSimpleName("Warmup")
          .and()
          .doNotHaveSimpleName("DrillRun")
          .and()
          .doNotHaveSimpleName("Deadline")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.concurrent..")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class);

  @ArchTest
  static final ArchRule noSynchronizedMethods =
      methods().should().notHaveModifier(JavaModifier.SYNCHRONIZED);

  /**
   * ArchUnit does not see blocks; the instructions that they compile to are seen in the class
   * files.
   */
  @ArchTest
  static void noSynchronizedBlocks(JavaClasses library) {
    List<String> monitors = new ArrayList<>();
    for (JavaClass type : library) {
      ClassModel model = ClassFile.of().parse(bytes(type));
      model
          .methods()
          .forEach(
              method ->
                  method
                      .code()
                      .ifPresent(
                          code ->
                              code.forEach(
                                  element -> {
                                    if (element instanceof MonitorInstruction monitor
                                        && monitor.opcode() == Opcode.MONITORENTER) {
                                      monitors.add(type.getName() + "." + method.methodName());
                                    }
                                  })));
    }
    assertThat(monitors).isEmpty();
    assertThat(library).hasSizeGreaterThan(30);
  }

  private static byte[] bytes(JavaClass type) {
    try (var in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class ByPackage implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return type.getPackageName().startsWith(ROOT)
          ? SliceIdentifier.of(type.getPackageName())
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }

  private static final class PassNoVector extends ArchCondition<JavaMethod> {
    PassNoVector() {
      super("neither take nor return a vector");
    }

    @Override
    public void check(JavaMethod method, ConditionEvents events) {
      List<JavaClass> types = new ArrayList<>(method.getRawParameterTypes());
      types.add(method.getRawReturnType());
      for (JavaClass type : types) {
        if (type.getPackageName().equals("jdk.incubator.vector")) {
          events.add(
              SimpleConditionEvent.violated(
                  method, method.getFullName() + " passes " + type.getName()));
        }
      }
    }
  }

  private static final class HideTheKernels extends ArchCondition<JavaClass> {
    private static final DescribedPredicate<JavaClass> INSIDE =
        JavaClass.Predicates.resideInAPackage(KERNELS + "..");

    HideTheKernels() {
      super("have no kernel type in what users see");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      for (JavaCodeUnit unit : type.getCodeUnits()) {
        if (isSeen(unit.getModifiers())) {
          List<JavaClass> types = new ArrayList<>(unit.getRawParameterTypes());
          types.add(unit.getRawReturnType());
          types.addAll(unit.getExceptionTypes());
          report(unit.getFullName(), types, events);
        }
      }
      for (JavaField field : type.getFields()) {
        if (isSeen(field.getModifiers())) {
          report(field.getFullName(), List.of(field.getRawType()), events);
        }
      }
      List<JavaClass> above = new ArrayList<>(type.getAllRawSuperclasses());
      above.addAll(type.getAllRawInterfaces());
      report(type.getFullName(), above, events);
    }

    private static boolean isSeen(java.util.Set<JavaModifier> modifiers) {
      return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static void report(String where, List<JavaClass> types, ConditionEvents events) {
      for (JavaClass type : types) {
        if (INSIDE.test(type.getBaseComponentType())) {
          events.add(SimpleConditionEvent.violated(type, where + " shows " + type.getName()));
        }
      }
    }
  }
}
