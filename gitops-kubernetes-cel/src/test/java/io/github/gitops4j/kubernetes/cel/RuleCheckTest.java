package io.github.gitops4j.kubernetes.cel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.kubernetes.schema.KubernetesSchemas;
import io.github.gitops4j.source.InputFinding;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RuleCheckTest {
  private static final String DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: things.example.com}
      spec:
        group: example.com
        names: {kind: Thing}
        versions:
          - name: v1
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    x-kubernetes-validations:
                      - rule: "%s"
                        %s
                    properties:
                      size: {type: integer}
                      secret: {type: string}
                      list: {type: array, items: {type: string}}
                      map: {type: object, additionalProperties: {type: string}}
      ---
      """;

  private static final String THING =
      "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a%d}\nspec: {%s}\n---\n";

  @Test
  void everyBrokenRuleIsFoundAtItsLine() {
    String bad = RuleSamples.text("bad.yaml");

    assertThat(RuleSamples.shown(check(RuleSamples.text("definition.yaml"), bad)))
        .containsExactlyElementsOf(RuleSamples.expected(bad));
  }

  @Test
  void nothingIsWrongWithWhatIsFine() {
    String good = RuleSamples.text("good.yaml");

    assertThat(RuleSamples.shown(check(RuleSamples.text("definition.yaml"), good))).isEmpty();
  }

  @Test
  void withoutACompilerRulesAreLeftOut() {
    KubernetesSchemas schemas =
        KubernetesSchemas.builder()
            .add("definition.yaml", RuleSamples.text("definition.yaml").getBytes(UTF_8))
            .build();

    assertThat(RuleSamples.shown(RuleSamples.check(schemas, RuleSamples.text("bad.yaml"))))
        .isEmpty();
  }

  @Test
  void aRuleOfADefinitionBesideTheObjectsIsRunToo() {
    List<InputFinding> found =
        RuleSamples.check(
            KubernetesSchemas.builder().rules(CelSchemaRules.create()).build(),
            thing(1, "size: 0") + DEFINITION.formatted("self.size > 0", "message: more than 0"));

    assertThat(RuleSamples.shown(found)).contains("4 /spec: more than 0");
  }

  @Test
  void aRuleThatIsNotUnderstoodIsOneWarning() {
    List<InputFinding> found =
        check(
            DEFINITION.formatted("authorizer.group('').allowed() || self.size > 0", ""),
            thing(1, "size: 1") + thing(2, "size: 2"));

    assertThat(found)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(InputFinding.Severity.WARNING);
              assertThat(finding.message())
                  .isEqualTo(
                      "Thing.example.com/default/a1: the rule at /spec is not checked: undeclared"
                          + " reference to 'authorizer' (in container ''):"
                          + " authorizer.group('').allowed() || self.size > 0");
            });
  }

  @Test
  void aRuleThatTakesTooMuchIsGivenUpOnce() {
    String long1000 = "'" + "x".repeat(1000) + "'";
    String list = "list: [" + "a, ".repeat(400) + "a]";
    for (String rule :
        List.of(
            "self.list.all(a, self.list.all(b, self.list.all(c, a == b && b == c)))",
            "self.list.map(a, self.list.map(b, a + b)).size() < 0",
            "lists.range(1000000000).size() > 0",
            "lists.range(1000000).all(i, i >= 0)",
            "'a'.replace('a', %1$s).replace('x', %1$s).replace('x', %1$s).size() > 0",
            "lists.range(2000).map(i, %1$s).join(%1$s).size() > 0",
            "sets.contains(lists.range(100000), lists.range(100000))",
            "'%%s%%s'.format([%1$s, %1$s]).replace('x', %1$s).replace('x', %1$s) == ''",
            "lists.range(1000).all(i, %1$s.matches('(x+x+)+y') || true)",
            "self.list.all(a, self.list.all(b, self.list.all(c, c.size() < 9 || true)))")) {
      List<InputFinding> found =
          check(
              DEFINITION.formatted(rule.formatted(long1000), ""), thing(1, list) + thing(2, list));

      assertThat(found)
          .as(rule)
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.severity()).isEqualTo(InputFinding.Severity.WARNING);
                assertThat(finding.message()).contains("is not checked: it takes too many steps");
              });
    }
  }

  @Test
  void aRuleOfAnyShapeIsUnderstoodOrNamed() {
    for (String rule :
        List.of(
            "1" + " + 1".repeat(4_900) + " > 0",
            "1" + " + 1".repeat(4_900) + " < 0",
            "self.size == 1" + " || self.size == 1".repeat(1_000),
            "!".repeat(19_001) + "true",
            "(".repeat(9_000) + "true" + ")".repeat(9_000),
            "[".repeat(9_000) + "]".repeat(9_000) + " != []",
            "self" + ".size".repeat(3_900),
            "true ? ".repeat(2_000) + "true" + " : true".repeat(2_000),
            "'x'" + ".trim()".repeat(2_800) + " == ''",
            "self.list.all(a, ".repeat(1_000) + "true" + ")".repeat(1_000),
            "self.list.all(a, ".repeat(80) + "true" + ")".repeat(80),
            "(".repeat(240) + "true" + ")".repeat(240),
            "1" + " + 1".repeat(240) + " > 0",
            "true" + " ".repeat(100_000))) {
      List<InputFinding> found = check(DEFINITION.formatted(rule, ""), thing(1, "size: 1"));

      assertThat(found).as(rule).hasSizeLessThan(2);
      assertThat(found).allSatisfy(finding -> assertThat(finding.message()).hasSizeLessThan(600));
    }
  }

  @Test
  void noFindingHoldsAValue() {
    for (String rule :
        List.of(
            "self.secret == 'x'",
            "self.map['hunter2'] == self.secret",
            "self.map[self.secret] == 'x'",
            "int(self.secret) == 1",
            "quantity(self.secret).isInteger()",
            "self.list[self.secret.size()] == 'x'",
            "duration(self.secret) > duration('1s')",
            "'a'.matches(self.secret + '(')")) {
      List<InputFinding> found =
          check(
              DEFINITION.formatted(
                  rule.replace("hunter2", "absent"),
                  "messageExpression: \"'not ' + self.secret + self.map.a\""),
              thing(1, "secret: hunter2, map: {a: hunter2}, list: [hunter2]"));

      assertThat(found).as(rule).hasSize(1);
      assertThat(found.toString()).as(rule).doesNotContain("hunter2");
    }
  }

  @Test
  void rulesAreNotLookedAtIfTheFormIsWrong() {
    List<InputFinding> found =
        check(DEFINITION.formatted("self.size > 0", ""), thing(1, "size: zero"));

    assertThat(RuleSamples.shown(found))
        .containsExactly("4 /spec/size: expected an integer, not text");
  }

  @Test
  void aThousandObjectsAreCheckedWithRulesThatAreCompiledOnce() {
    String things =
        IntStream.range(0, 1000)
            .mapToObj(i -> thing(i, "size: " + i + ", list: [a, b], map: {a: b}"))
            .collect(Collectors.joining());

    List<InputFinding> found =
        check(DEFINITION.formatted("self.size < 999 && self.list.all(l, l != 'c')", ""), things);

    assertThat(found).hasSize(1);
  }

  private static String thing(int number, String spec) {
    return THING.formatted(number, spec);
  }

  private static List<InputFinding> check(String definition, String objects) {
    return RuleSamples.check(
        KubernetesSchemas.builder()
            .rules(CelSchemaRules.create())
            .add("definition.yaml", definition.getBytes(UTF_8))
            .build(),
        objects);
  }
}
