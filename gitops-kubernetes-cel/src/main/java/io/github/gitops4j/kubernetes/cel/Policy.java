package io.github.gitops4j.kubernetes.cel;

import io.github.gitops4j.kubernetes.cel.PolicyExpression.NotUnderstoodException;
import io.github.gitops4j.resource.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@code ValidatingAdmissionPolicy}.
 *
 * @param name its name
 * @param match which objects it is about
 * @param demandsParameters whether it is run with parameters only
 * @param ignoresFailures whether an object passes of which an expression has no value
 * @param conditions all have to be true of what is judged
 * @param variables what expressions name, in their order
 * @param validations what has to be true
 */
record Policy(
    String name,
    PolicyMatch match,
    boolean demandsParameters,
    boolean ignoresFailures,
    List<PolicyExpression> conditions,
    Map<String, PolicyExpression> variables,
    List<Validation> validations) {
  /**
   * What has to be true.
   *
   * @param expression says whether it is
   * @param message what is said if it is not; nothing of it is from an object
   */
  record Validation(PolicyExpression expression, String message) {}

  /**
   * Reads a policy.
   *
   * @throws NotUnderstoodException if one of its expressions cannot be run
   */
  static Policy of(Mapping object) throws NotUnderstoodException {
    Mapping spec = Parts.part(object, "spec");
    List<PolicyExpression> conditions = new ArrayList<>();
    for (Mapping condition : Parts.parts(spec, "matchConditions")) {
      conditions.add(PolicyExpression.condition(condition.text("expression").orElse("")));
    }
    Map<String, PolicyExpression> variables = new LinkedHashMap<>();
    for (Mapping variable : Parts.parts(spec, "variables")) {
      variables.put(
          variable.text("name").orElse(""),
          PolicyExpression.value(variable.text("expression").orElse("")));
    }
    List<Validation> validations = new ArrayList<>();
    for (Mapping validation : Parts.parts(spec, "validations")) {
      PolicyExpression expression =
          PolicyExpression.condition(validation.text("expression").orElse(""));
      validations.add(
          new Validation(
              expression,
              validation.text("message").orElse("failed expression: " + expression.source())));
    }
    return new Policy(
        Parts.part(object, "metadata").text("name").orElse(""),
        PolicyMatch.of(Parts.part(spec, "matchConstraints")),
        spec.get("paramKind").isPresent(),
        spec.text("failurePolicy").orElse("Fail").equals("Ignore"),
        conditions,
        variables,
        validations);
  }

  /** Says whether an expression looks at the namespace of an object. */
  boolean asksForNamespace() {
    return conditions.stream().anyMatch(Policy::asksForNamespace)
        || variables.values().stream().anyMatch(Policy::asksForNamespace)
        || validations.stream().anyMatch(each -> asksForNamespace(each.expression()));
  }

  private static boolean asksForNamespace(PolicyExpression expression) {
    return expression.source().contains("namespaceObject");
  }
}
