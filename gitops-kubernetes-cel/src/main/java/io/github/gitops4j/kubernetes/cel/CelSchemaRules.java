package io.github.gitops4j.kubernetes.cel;

import dev.cel.common.CelValidationException;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.github.gitops4j.kubernetes.schema.CompiledRule;
import io.github.gitops4j.kubernetes.schema.KubernetesSchemas;
import io.github.gitops4j.kubernetes.schema.RuleBudget;
import io.github.gitops4j.kubernetes.schema.RuleCompiler;
import io.github.gitops4j.kubernetes.schema.RuleProgram;
import io.github.gitops4j.kubernetes.schema.RuleVerdict;
import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Value;
import java.util.Map;
import java.util.Optional;

/**
 * The rules in CEL that definitions of custom kinds have, {@code x-kubernetes-validations}, for
 * {@link KubernetesSchemas.Builder#rules}. They see of an object what they see on a server, and
 * have the functions that they have there, other than those about rights.
 *
 * <p>A rule costs about as much as it takes steps, and is given up at three million of them.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class CelSchemaRules implements RuleCompiler {
  private CelSchemaRules() {}

  /** Creates a compiler of rules. */
  public static CelSchemaRules create() {
    return new CelSchemaRules();
  }

  @Override
  public CompiledRule compile(Mapping rule, Mapping schema, boolean resource) {
    boolean optional = Bool.TRUE.equals(rule.get("optionalOldSelf").orElse(null));
    Optional<SelfSchema> self = SelfSchema.of(schema, resource);
    if (self.isEmpty()) {
      return new CompiledRule.NotUnderstood("its schema has no type");
    }
    try {
      RuleExpression expression =
          RuleExpression.condition(rule.text("rule").orElse(""), self.get(), optional);
      if (expression.isOnChange() && !optional) {
        return new CompiledRule.OnChange();
      }
      return new CompiledRule.Ready(
          rule.text("messageExpression").flatMap(text -> constant(text, self.get(), optional)),
          new Program(expression.program(), self.get()));
    } catch (CelValidationException e) {
      return new CompiledRule.NotUnderstood(e.getErrors().get(0).getMessage());
    } catch (CelEvaluationException e) {
      return new CompiledRule.NotUnderstood(RuleRun.said(e.getErrorCode()));
    } catch (RuntimeException e) {
      return new CompiledRule.NotUnderstood("the compiler failed");
    }
  }

  private static Optional<String> constant(String text, SelfSchema self, boolean optional) {
    try {
      return RuleExpression.text(text, self, optional).constant();
    } catch (CelValidationException e) {
      return Optional.empty();
    }
  }

  private record Program(CelRuntime.Program program, SelfSchema schema) implements RuleProgram {
    @Override
    public RuleVerdict judge(Value self, RuleBudget budget) {
      Map<String, Object> variables;
      try {
        variables = Map.of("self", SelfValue.of(self, schema), "oldSelf", Optional.empty());
      } catch (IllegalArgumentException e) {
        return new RuleVerdict.GivenUp("a value is not read as by a server");
      }
      RuleRun.Outcome outcome = RuleRun.of(program, variables, budget);
      if (outcome instanceof RuleRun.Outcome.Failed failed) {
        return new RuleVerdict.Failed(failed.reason());
      } else if (outcome instanceof RuleRun.Outcome.GivenUp givenUp) {
        return new RuleVerdict.GivenUp(givenUp.reason());
      }
      return outcome.isTrue() ? new RuleVerdict.Holds() : new RuleVerdict.Broken();
    }
  }
}
