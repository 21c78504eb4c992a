package io.github.gitops4j.kubernetes.cel;

import dev.cel.common.values.NullValue;
import io.github.gitops4j.kubernetes.schema.RuleBudget;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.source.InputFinding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What policies say about one object. Confined to one thread. */
final class PolicyHearing {
  private static final long BUDGET = 30_000_000;

  private final PolicySubject subject;
  private final Optional<Mapping> namespace;
  private final Map<String, Object> variables = new HashMap<>();
  private final RuleBudget budget = RuleBudget.of(BUDGET);
  private final Set<InputFinding> findings = new LinkedHashSet<>();
  private final Map<String, String> notAsked = new LinkedHashMap<>();

  /**
   * Begins to ask.
   *
   * @param namespace where the object is, if that is known
   */
  PolicyHearing(PolicySubject subject, Optional<Mapping> namespace) {
    this.subject = subject;
    this.namespace = namespace;
  }

  List<InputFinding> findings() {
    return new ArrayList<>(findings);
  }

  /** Returns the policies that were not asked, and why. */
  Map<String, String> notAsked() {
    return notAsked;
  }

  void leave(String policy, String reason) {
    notAsked.putIfAbsent(policy, reason);
  }

  boolean knowsNamespace() {
    return namespace.isPresent();
  }

  /**
   * Asks a policy.
   *
   * @param parameters those that it is asked with
   * @param denies whether it refuses what it finds; else it only warns
   */
  void ask(Policy policy, Object parameters, boolean denies) {
    if (variables.isEmpty()) {
      // Most objects are no policy's, and cost nothing.
      variables.putAll(subject.variables());
      variables.put(
          "namespaceObject", namespace.map(ObjectVariables::plain).orElse(NullValue.NULL_VALUE));
    }
    variables.put("params", parameters);
    Map<String, Object> own = new LinkedHashMap<>();
    variables.put("variables", own);
    for (PolicyExpression condition : policy.conditions()) {
      RuleRun.Outcome outcome = condition.run(variables, budget);
      if (!outcome.isTrue()) {
        unlessMade(policy, condition, outcome, denies);
        return;
      }
    }
    // One that has no value counts where it is used.
    policy
        .variables()
        .forEach(
            (name, expression) -> {
              if (expression.run(variables, budget) instanceof RuleRun.Outcome.Made made) {
                own.put(name, made.value());
              }
            });
    for (Policy.Validation validation : policy.validations()) {
      RuleRun.Outcome outcome = validation.expression().run(variables, budget);
      if (outcome instanceof RuleRun.Outcome.Made && !outcome.isTrue()) {
        say(policy, validation.message(), denies);
      } else {
        unlessMade(policy, validation.expression(), outcome, denies);
      }
    }
  }

  private void unlessMade(
      Policy policy, PolicyExpression expression, RuleRun.Outcome outcome, boolean denies) {
    if (outcome instanceof RuleRun.Outcome.GivenUp givenUp) {
      leave(policy.name(), givenUp.reason() + ": " + expression.source());
    } else if (outcome instanceof RuleRun.Outcome.Failed failed && !policy.ignoresFailures()) {
      // The server fills in what is not written before it asks.
      boolean mayBeSet = failed.ofWhatIsMissing();
      String why =
          mayBeSet
              ? "it looks at what is not written, and a server may set: "
              : "it fails (" + failed.reason() + "): ";
      say(policy, why + expression.source(), denies && !mayBeSet);
    }
  }

  private void say(Policy policy, String message, boolean denies) {
    String said = "policy " + policy.name() + ": " + message.strip().replaceAll("\\s+", " ");
    findings.add(
        denies
            ? InputFinding.error(InputFinding.Rule.POLICY, subject.resource(), said)
            : InputFinding.warning(InputFinding.Rule.POLICY, subject.resource(), said));
  }
}
