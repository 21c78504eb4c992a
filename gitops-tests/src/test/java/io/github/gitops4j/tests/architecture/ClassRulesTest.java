package io.github.gitops4j.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ClassRulesTest {
  private static final String BAD = ClassRules.ROOT + ".tests.architecture.bad";
  private static final Pattern MODULE = Pattern.compile("/(gitops-[a-z-]+)/target/");

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ClassRules.ROOT);
  private static final JavaClasses FIXTURES = new ClassFileImporter().importPackages(BAD);

  @Test
  void seesTheModules() {
    assertThat(MAIN.stream().map(ClassRulesTest::moduleOf))
        .contains(
            "gitops-core",
            "gitops-git",
            "gitops-filesystem",
            "gitops-kubernetes",
            "gitops-jackson",
            "gitops-micrometer",
            "gitops-status",
            "gitops-forge",
            "gitops-testkit",
            "gitops-testkit-git",
            "gitops-testkit-kubernetes",
            "gitops-cli")
        .doesNotContain("gitops-tests");
    assertThat(core()).hasSizeGreaterThan(150);
  }

  @Test
  void packagesImportOnlyLowerLayers() {
    layers(ClassRules.ROOT).forEach(rule -> rule.check(MAIN));
    assertThat(layers(BAD)).anyMatch(rule -> rule.evaluate(FIXTURES).hasViolation());
  }

  @Test
  void everyCorePackageHasALayer() {
    assertThat(core().stream().map(JavaClass::getPackageName).distinct())
        .allMatch(
            name ->
                name.equals(ClassRules.ROOT)
                    || ClassRules.LAYERS.contains(
                        name.substring(ClassRules.ROOT.length() + 1).replaceAll("\\..*", "")));
  }

  @Test
  void packagesHaveNoCycles() {
    ClassRules.noCycles(ClassRules.ROOT).check(MAIN);
    assertFails(ClassRules.noCycles(BAD));
  }

  @Test
  void packagesAreNullMarked() {
    ClassRules.nullMarkedPackages().check(MAIN);
    assertFails(ClassRules.nullMarkedPackages());
  }

  @Test
  void signaturesShowNoLibrary() {
    ArchRule rule = ClassRules.noLibraryTypeInSignatures();
    rule.check(outside("gitops-cli"));
    assertThat(rule.evaluate(FIXTURES).getFailureReport().getDetails())
        .containsExactly(BAD + ".signature.LeakUtils shows org.yaml.snakeyaml.nodes.Node");
  }

  @Test
  void namesSaySomething() {
    ClassRules.noEmptyNames().check(MAIN);
    assertFails(ClassRules.noEmptyNames());
  }

  @Test
  void coreTakesNothingFromTheProcess() {
    ClassRules.noProcessState().check(core());
    assertThat(ClassRules.noProcessState().evaluate(FIXTURES).getFailureReport().getDetails())
        .as("one for each call in the fixture")
        .hasSize(10);
  }

  @Test
  void nobodyLogsToJavaUtilLogging() {
    ClassRules.noJavaUtilLogging().check(MAIN);
    assertFails(ClassRules.noJavaUtilLogging());
  }

  @Test
  void internalPackagesStayInTheirModule() {
    ClassRules.noForeignInternals(ClassRulesTest::moduleOf).check(MAIN);
    assertFails(ClassRules.noForeignInternals(JavaClass::getPackageName));
  }

  private static void assertFails(ArchRule rule) {
    assertThat(rule.evaluate(FIXTURES).hasViolation()).as(rule.getDescription()).isTrue();
  }

  private static List<ArchRule> layers(String root) {
    return IntStream.range(0, ClassRules.LAYERS.size() - 1)
        .mapToObj(layer -> ClassRules.importsOnlyLowerLayers(root, layer))
        .toList();
  }

  private static JavaClasses core() {
    return MAIN.that(
        DescribedPredicate.describe("in core", type -> moduleOf(type).equals("gitops-core")));
  }

  private static JavaClasses outside(String module) {
    return MAIN.that(
        DescribedPredicate.describe("outside " + module, type -> !moduleOf(type).equals(module)));
  }

  /** The directory of the module whose classes or jar the class was read from. */
  private static String moduleOf(JavaClass type) {
    String from = type.getSource().map(source -> source.getUri().toString()).orElse("");
    Matcher matcher = MODULE.matcher(from);
    return matcher.find() ? matcher.group(1) : "";
  }
}
