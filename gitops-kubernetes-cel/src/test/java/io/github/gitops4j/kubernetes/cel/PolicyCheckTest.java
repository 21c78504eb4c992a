package io.github.gitops4j.kubernetes.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.source.InputFinding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Policies of a cluster, asked about declared objects. */
class PolicyCheckTest {
  private static final String POLICY =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicy
      metadata: {name: p}
      spec:
        %s
        matchConstraints:
          %s
          resourceRules:
            - {apiGroups: ["*"], apiVersions: ["*"], operations: ["*"], resources: ["*"]}
        validations:
          - {expression: "%s", message: nope}
      ---
      """;

  private static final String MAPS =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: one}
      data: {password: s3cr3t}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: two}
      data: {password: s3cr3t}
      ---
      """;

  private static final String BINDING =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicyBinding
      metadata: {name: b}
      spec: {policyName: p, validationActions: [%s]}
      ---
      """;

  private static String policy(String expression) {
    return POLICY.formatted("failurePolicy: Fail", "matchPolicy: Exact", expression);
  }

  private static List<String> found(String given, String objects) {
    return PolicySamples.shown("shop", PolicySamples.check("shop", given, objects));
  }

  @Test
  void eachObjectIsJudgedAsItsCommentSays() {
    assertThat(found(PolicySamples.policies("shop"), PolicySamples.objects()))
        .containsExactlyElementsOf(PolicySamples.expected(PolicySamples.objects()));
  }

  @Test
  void thoseThatAreDeclaredCountWhereTheyAreBound() {
    assertThat(found("", MAPS + policy("false"))).isEmpty();
    assertThat(found("", MAPS + policy("false") + BINDING.formatted("Deny")))
        .containsExactly("1 wrong: policy p: nope", "6 wrong: policy p: nope");
    assertThat(found("", MAPS + policy("false") + BINDING.formatted("Warn")))
        .containsExactly("1 warning: policy p: nope", "6 warning: policy p: nope");
    assertThat(found(BINDING.formatted("Deny"), MAPS + policy("false"))).hasSize(2);
  }

  @Test
  void whatNeedsAServerIsOneWarning() {
    for (String expression :
        List.of(
            "authorizer.group('').resource('configmaps').check('create').allowed()",
            "request.userInfo.username == 'ada'",
            "object.kind.nonsense(",
            "namespaceObject.metadata.name == 'shop'",
            "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].all(a, lists.range(100000).all(b, a != b + 100000))")) {
      assertThat(found(policy(expression), MAPS))
          .as(expression)
          .singleElement()
          .satisfies(line -> assertThat(line).startsWith("1 warning: policy p is not checked: "));
    }
    String labelled =
        POLICY.formatted(
            "failurePolicy: Fail", "namespaceSelector: {matchLabels: {env: prod}}", "false");
    assertThat(found(labelled, MAPS))
        .containsExactly(
            "1 warning: policy p is not checked: it selects namespaces by labels, and shop is"
                + " not declared");
    String parameters =
        POLICY.formatted(
            "paramKind: {apiVersion: v1, kind: Limits}", "matchPolicy: Exact", "false");
    assertThat(found(parameters, MAPS))
        .containsExactly("1 warning: policy p is not checked: its parameters are not declared");
  }

  @Test
  void theNameOfANamespaceIsKnownAlthoughItIsNotDeclared() {
    String named =
        "namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: %s,"
            + " values: [shop, other]}]}";
    String in = POLICY.formatted("failurePolicy: Fail", named.formatted("In"), "false");
    String notIn = POLICY.formatted("failurePolicy: Fail", named.formatted("NotIn"), "false");
    String space = "apiVersion: v1\nkind: Namespace\nmetadata: {name: other}\n---\n";

    assertThat(found(in, MAPS)).hasSize(2).allMatch(line -> line.endsWith("policy p: nope"));
    assertThat(found(notIn, MAPS)).isEmpty();
    assertThat(found(in, space)).containsExactly("1 wrong: policy p: nope");
  }

  @Test
  void noFindingHoldsAValue() {
    for (String expression :
        List.of(
            "object.data.password == 'x'",
            "int(object.data.password) > 1",
            "object.data.password.find('[')  == ''",
            "object.data[object.data.password] == 'x'")) {
      assertThat(PolicySamples.check("shop", policy(expression), MAPS))
          .as(expression)
          .isNotEmpty()
          .extracting(InputFinding::message)
          .noneMatch(message -> message.contains("s3cr3t"));
    }
  }

  @Test
  void policiesThatAreOfAnyFormHarmNobody() {
    for (String spec :
        List.of(
            "[]",
            "{}",
            "null",
            "{matchConstraints: 1, validations: x}",
            "{validations: [{expression: 1}]}",
            "{variables: [1], matchConditions: [null]}")) {
      String odd =
          "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\n"
              + "metadata: {name: odd}\nspec: "
              + spec
              + "\n---\n";
      assertThat(PolicySamples.check("shop", odd, MAPS))
          .as(spec)
          .allMatch(finding -> finding.severity() == InputFinding.Severity.WARNING);
    }
  }

  @Test
  void aFileWithoutObjectsIsAnError() {
    assertThatThrownBy(() -> AdmissionPolicies.builder().add("none.yaml", new byte[0]))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("none.yaml: expected policies");
  }
}
