package io.github.gitops4j.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The rules that compiled classes are held against. */
final class ClassRules {
  static final String ROOT = "io.github.gitops4j";

  /** From the lowest to the highest; a package imports only what stands before it. */
  static final List<String> LAYERS =
      List.of(
          "error",
          "call",
          "resource",
          "source",
          "live",
          "inventory",
          "diff",
          "plan",
          "health",
          "gate",
          "apply",
          "history",
          "reconcile",
          "report",
          "application",
          "control");

  /**
   * The only classes of core that may ask the process for time or for a pause: they are the
   * system's variants of what is otherwise handed in.
   */
  static final Set<String> CLOCK_HOLDERS = Set.of(ROOT + ".call.Ticker", ROOT + ".call.Pause");

  private static final List<String> LIBRARIES =
      List.of(
          "org.eclipse.jgit.",
          "org.apache.sshd.",
          "com.fasterxml.jackson.",
          "com.google.",
          "dev.cel.",
          "org.yaml.",
          "org.bouncycastle.",
          "io.fabric8.",
          "io.micrometer.",
          "picocli.");

  /** The user makes them, with whatever they need, and hands them in. */
  private static final Set<String> HANDED_IN =
      Set.of(
          "com.fasterxml.jackson.databind.JsonNode",
          "com.fasterxml.jackson.databind.ObjectMapper",
          "io.fabric8.kubernetes.client.KubernetesClient",
          "io.micrometer.core.instrument.MeterRegistry",
          "io.micrometer.observation.ObservationRegistry");

  private ClassRules() {}

  static ArchRule importsOnlyLowerLayers(String root, int layer) {
    String[] higher =
        LAYERS.subList(layer + 1, LAYERS.size()).stream()
            .map(name -> root + "." + name + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(root + "." + LAYERS.get(layer) + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(higher)
        .allowEmptyShould(true)
        .because("the layers are " + LAYERS);
  }

  static ArchRule noCycles(String root) {
    return slices().matching(root + ".(**)").should().beFreeOfCycles();
  }

  static ArchRule nullMarkedPackages() {
    return classes()
        .should(
            condition(
                "be in a @NullMarked package",
                type ->
                    type.getPackage().isAnnotatedWith(NullMarked.class)
                        ? Stream.empty()
                        : Stream.of(type.getPackageName() + " is not @NullMarked")));
  }

  static ArchRule noLibraryTypeInSignatures() {
    return classes()
        .that()
        .arePublic()
        .should(condition("show no library's type", ClassRules::leaks));
  }

  static ArchRule noEmptyNames() {
    return noClasses()
        .should()
        .haveNameMatching(".*(Utils?|Helper|Manager|Impl|Common|Misc|Info|Data)")
        .because("a name says what a class does");
  }

  static ArchRule noProcessState() {
    return noClasses()
        .that(
            DescribedPredicate.describe(
                "hold no system clock", type -> !CLOCK_HOLDERS.contains(type.getName())))
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe("is state of the process", ClassRules::isProcessState))
        .because("time, settings, output and threads are handed in");
  }

  static ArchRule noJavaUtilLogging() {
    return noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");
  }

  static ArchRule noForeignInternals(Function<JavaClass, String> moduleOf) {
    return classes()
        .should(
            condition(
                "use no internal package of another module",
                type ->
                    type.getDirectDependenciesFromSelf().stream()
                        .filter(use -> use.getTargetClass().getName().startsWith(ROOT))
                        .filter(use -> isInternal(use.getTargetClass()))
                        .filter(
                            use ->
                                !moduleOf.apply(type).equals(moduleOf.apply(use.getTargetClass())))
                        .map(use -> use.getDescription())));
  }

  private static boolean isInternal(JavaClass type) {
    return (type.getPackageName() + ".").contains(".internal.");
  }

  private static boolean isProcessState(JavaAccess<?> access) {
    AccessTarget target = access.getTarget();
    String owner = target.getOwner().getName();
    String name = target.getName();
    return switch (owner) {
      case "java.lang.System" ->
          Set.of("out", "err", "currentTimeMillis", "nanoTime", "getenv", "getProperty")
              .contains(name);
      case "java.time.Instant" -> name.equals("now");
      case "java.lang.Thread" -> name.equals("sleep") || name.equals("<init>");
      case "java.util.concurrent.Executors" -> true;
      default -> false;
    };
  }

  private static Stream<String> leaks(JavaClass type) {
    Stream<JavaType> ofType =
        Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
    Stream<JavaType> ofMembers =
        type.getMembers().stream().filter(ClassRules::isShown).flatMap(ClassRules::typesOf);
    return Stream.concat(ofType, ofMembers)
        .flatMap(shown -> shown.getAllInvolvedRawTypes().stream())
        .map(JavaClass::getName)
        .filter(name -> LIBRARIES.stream().anyMatch(name::startsWith))
        .filter(name -> !HANDED_IN.contains(name))
        .distinct()
        .map(name -> type.getName() + " shows " + name);
  }

  private static boolean isShown(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static Stream<JavaType> typesOf(JavaMember member) {
    if (member instanceof JavaField field) {
      return Stream.of(field.getType());
    }
    if (member instanceof JavaCodeUnit unit) {
      Stream<JavaType> inputs =
          Stream.concat(unit.getParameterTypes().stream(), unit.getExceptionTypes().stream());
      return Stream.concat(Stream.of(unit.getReturnType()), inputs);
    }
    throw new AssertionError(member);
  }

  private static ArchCondition<JavaClass> condition(
      String description, Function<JavaClass, Stream<String>> violations) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        violations
            .apply(type)
            .forEach(message -> events.add(SimpleConditionEvent.violated(type, message)));
      }
    };
  }
}
