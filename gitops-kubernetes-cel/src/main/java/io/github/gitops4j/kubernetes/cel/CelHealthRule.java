package io.github.gitops4j.kubernetes.cel;

import static java.util.Objects.requireNonNull;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.kubernetes.health.HealthRule;
import io.github.gitops4j.resource.Document;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A health rule of CEL expressions over an object. It is asked in this order whether the object is
 * suspended, progressing, degraded or healthy, and the first expression that is true decides; if
 * none is, the object is PROGRESSING.
 *
 * <p>An expression reads the object as {@code object} or {@code self}, and its parts as {@code
 * apiVersion}, {@code kind}, {@code metadata}, {@code spec}, {@code status} and {@code data}, so
 * those of Flux's {@code healthCheckExprs} work as they are. One about a field that is not there is
 * not true; if it cannot be evaluated for another reason, the object is UNKNOWN.
 *
 * <p>Expressions are compiled once. They have 4,096 characters at most and make 10,000 steps of
 * their loops at most.
 *
 * <p>Immutable.
 *
 * @see <a href="https://github.com/google/cel-spec/blob/master/doc/langdef.md">CEL</a>
 * @since 0.1.0
 */
public final class CelHealthRule implements HealthRule {
  private static final List<Health> ORDER =
      List.of(Health.SUSPENDED, Health.PROGRESSING, Health.DEGRADED, Health.HEALTHY);

  private final Map<Health, CelExpression> cases;
  private final @Nullable CelExpression reason;

  private CelHealthRule(Builder builder) {
    this.cases = new EnumMap<>(builder.cases);
    this.reason = builder.reason;
  }

  /**
   * Returns a builder.
   *
   * @param healthy says whether the object is healthy
   * @throws InvalidInputException if it is no such expression; its place is in the expression
   */
  public static Builder builder(String healthy) {
    return new Builder(healthy);
  }

  @Override
  public HealthReport judge(Document live, HealthInput input) {
    Map<String, Object> variables = ObjectVariables.of(live);
    for (Health health : ORDER) {
      CelExpression expression = cases.get(health);
      if (expression == null) {
        continue;
      }
      try {
        if (holds(expression, variables)) {
          return report(health, expression, variables);
        }
      } catch (CelEvaluationException e) {
        return HealthReport.of(Health.UNKNOWN, failed(expression, e));
      }
    }
    return HealthReport.progressing(why(variables).orElse("no expression of its rule is true"));
  }

  private static boolean holds(CelExpression expression, Map<String, Object> variables)
      throws CelEvaluationException {
    try {
      return expression.isTrue(variables);
    } catch (CelEvaluationException e) {
      if (e.getErrorCode() == CelErrorCode.ATTRIBUTE_NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  private HealthReport report(
      Health health, CelExpression expression, Map<String, Object> variables) {
    return health == Health.HEALTHY
        ? HealthReport.healthy()
        : HealthReport.of(
            health,
            why(variables).orElse("the expression " + expression.name() + " of its rule is true"));
  }

  /** The verdict stands also if the reason cannot be told. */
  private Optional<String> why(Map<String, Object> variables) {
    if (reason == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(reason.text(variables)).filter(text -> !text.isBlank());
    } catch (CelEvaluationException e) {
      return Optional.empty();
    }
  }

  /** The message of the library may hold values, the code does not. */
  private static String failed(CelExpression expression, CelEvaluationException e) {
    return "the expression " + expression.name() + " of its rule failed: " + e.getErrorCode();
  }

  /** Builds a {@link CelHealthRule}. Confined to one thread. */
  public static final class Builder {
    private final Map<Health, CelExpression> cases = new EnumMap<>(Health.class);
    private @Nullable CelExpression reason;

    private Builder(String healthy) {
      cases.put(Health.HEALTHY, CelExpression.condition("healthy", healthy));
    }

    /**
     * Default never: says whether somebody stopped it on purpose.
     *
     * @throws InvalidInputException if it is no such expression; its place is in the expression
     */
    public Builder suspended(String value) {
      return put(Health.SUSPENDED, "suspended", value);
    }

    /**
     * Default if no other is true: says whether it is on its way, whatever the later ones say.
     *
     * @throws InvalidInputException if it is no such expression; its place is in the expression
     */
    public Builder progressing(String value) {
      return put(Health.PROGRESSING, "progressing", value);
    }

    /**
     * Default never: says whether it failed and waiting alone will not help.
     *
     * @throws InvalidInputException if it is no such expression; its place is in the expression
     */
    public Builder degraded(String value) {
      return put(Health.DEGRADED, "degraded", value);
    }

    /**
     * Default the name of the expression that is true: a text that says why it is not healthy.
     *
     * @throws InvalidInputException if it is no such expression; its place is in the expression
     */
    public Builder reason(String value) {
      this.reason = CelExpression.text("reason", requireNonNull(value, "reason"));
      return this;
    }

    private Builder put(Health health, String name, String value) {
      cases.put(health, CelExpression.condition(name, requireNonNull(value, name)));
      return this;
    }

    /** Builds the rule. */
    public CelHealthRule build() {
      return new CelHealthRule(this);
    }
  }
}
