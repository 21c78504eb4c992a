package io.github.gitops4j.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.testkit.contract.Capability;
import io.github.gitops4j.testkit.contract.ContractKit;
import io.github.gitops4j.testkit.contract.ContractRule;
import io.github.gitops4j.tests.docs.NumberedRules.Rule;
import io.github.gitops4j.tests.files.SourceFiles;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every numbered rule has a test in the kits, and every kit is held against some backend. */
final class RuleCoverageTest {
  private static final List<Rule> RULES = NumberedRules.ofInterfaces();

  private static Set<String> numbers(List<Rule> rules) {
    return rules.stream().map(Rule::number).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> tested() {
    return NumberedRules.tests().stream()
        .map(test -> test.getAnnotation(ContractRule.class).value())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void readsRulesOutOfJavadoc() {
    String javadoc =
        """
        /**
         * <ul>
         *   <li>AB-1: {@link #read} gives {@code one} or {@link io.github.a.Thing.Other}, and
         *       {@link Thing#name() its name}.
         *   <li>AB-2: nothing else.
         * </ul>
         */
        """;
    assertThat(NumberedRules.in("Thing", javadoc))
        .containsExactly(
            new Rule("AB-1", "Thing", "`read` gives `one` or `Thing.Other`, and `its name`."),
            new Rule("AB-2", "Thing", "nothing else."));
  }

  @Test
  void numbersAreUniqueAndWithoutGaps() {
    assertThat(RULES).hasSizeGreaterThan(80);
    assertThat(RULES).extracting(Rule::number).doesNotHaveDuplicates();
    Map<String, Integer> last = new TreeMap<>();
    for (Rule rule : RULES) {
      int next = last.merge(rule.type(), 1, Integer::sum);
      assertThat(rule.number()).isEqualTo(rule.prefix() + "-" + next);
    }
  }

  @Test
  void everyRuleHasATest() {
    assertThat(numbers(RULES)).isSubsetOf(tested());
  }

  @Test
  void everyTestNamesARule() {
    assertThat(tested()).isSubsetOf(numbers(RULES));
  }

  @Test
  void aKitSaysWhichRulesItHolds() {
    for (Class<?> kit : NumberedRules.kits()) {
      Set<String> prefixes = new TreeSet<>();
      for (Method method : kit.getDeclaredMethods()) {
        ContractRule rule = method.getAnnotation(ContractRule.class);
        if (rule != null) {
          prefixes.add(rule.value().replaceAll("\\d+$", ""));
        }
      }
      for (String prefix : prefixes) {
        long count = RULES.stream().filter(rule -> rule.number().startsWith(prefix)).count();
        assertThat(NumberedRules.source(kit).replaceAll("\\s*\\n \\*\\s*", " "))
            .as(kit.getName())
            .contains("rules {@code " + prefix + "1} to {@code " + prefix + count + "}");
      }
    }
  }

  @Test
  void everyCapabilityIsNeededBySomeRule() {
    Set<Capability> needed = EnumSet.noneOf(Capability.class);
    NumberedRules.tests()
        .forEach(test -> needed.addAll(List.of(test.getAnnotation(ContractRule.class).needs())));
    assertThat(needed).containsExactlyInAnyOrder(Capability.values());
  }

  @Test
  void everyKitIsAdopted() throws IOException {
    List<String> adopted = new ArrayList<>();
    try (Stream<Path> modules = Files.list(NumberedRules.ROOT)) {
      for (Path tests : modules.map(module -> module.resolve("src/test/java")).toList()) {
        if (Files.isDirectory(tests)) {
          adopted.addAll(texts(tests));
        }
      }
    }
    for (Class<?> kit : NumberedRules.kits()) {
      if (ContractKit.class.isAssignableFrom(kit) && kit.getSimpleName().endsWith("Contract")) {
        assertThat(Modifier.isAbstract(kit.getModifiers())).isTrue();
        assertThat(adopted)
            .as(kit.getName())
            .anyMatch(text -> text.contains(" extends " + kit.getSimpleName() + " {"));
      }
    }
  }

  private static List<String> texts(Path folder) throws IOException {
    return SourceFiles.javaBelow(folder).stream()
        .filter(file -> file.toString().endsWith("Test.java"))
        .map(SourceFiles::read)
        .toList();
  }
}
