package io.github.gitops4j.kubernetes.cel;

import dev.cel.common.CelErrorCode;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
  private static final long LIMIT = 3_000_000;

  /** What a server refuses an object for; other failures may be those of a library. */
  private static final Set<CelErrorCode> OF_THE_OBJECT =
      Set.of(
          CelErrorCode.ATTRIBUTE_NOT_FOUND,
          CelErrorCode.INDEX_OUT_OF_BOUNDS,
          CelErrorCode.DIVIDE_BY_ZERO,
          CelErrorCode.DUPLICATE_ATTRIBUTE,
          CelErrorCode.INVALID_ARGUMENT,
          CelErrorCode.NUMERIC_OVERFLOW,
          CelErrorCode.OVERLOAD_NOT_FOUND,
          CelErrorCode.BAD_FORMAT);

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
      return new CompiledRule.NotUnderstood(said(e.getErrorCode()));
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

  /** The message of the library may hold values, the code does not. */
  private static String said(CelErrorCode code) {
    return code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private record Program(CelRuntime.Program program, SelfSchema schema) implements RuleProgram {
    @Override
    public RuleVerdict judge(Value self, RuleBudget budget) {
      RuleCost cost = new RuleCost(Math.min(LIMIT, budget.left()));
      RuleVerdict verdict = run(self, cost);
      budget.take(cost.used());
      return cost.isTooMuch() ? tooMuch() : verdict;
    }

    private RuleVerdict run(Value self, RuleCost cost) {
      try {
        Map<String, Object> variables =
            Map.of("self", SelfValue.of(self, schema), "oldSelf", Optional.empty());
        return Boolean.TRUE.equals(program.trace(variables, cost))
            ? new RuleVerdict.Holds()
            : new RuleVerdict.Broken();
      } catch (CelEvaluationException e) {
        return failed(e.getErrorCode());
      } catch (IllegalArgumentException e) {
        return new RuleVerdict.GivenUp("a value is not read as by a server");
      }
    }

    private static RuleVerdict failed(CelErrorCode code) {
      if (code == CelErrorCode.ITERATION_BUDGET_EXCEEDED) {
        return tooMuch();
      }
      return OF_THE_OBJECT.contains(code)
          ? new RuleVerdict.Failed(said(code))
          : new RuleVerdict.GivenUp(said(code));
    }

    private static RuleVerdict tooMuch() {
      return new RuleVerdict.GivenUp("it takes too many steps");
    }
  }
}
