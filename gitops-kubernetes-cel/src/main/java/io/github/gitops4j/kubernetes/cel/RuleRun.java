package io.github.gitops4j.kubernetes.cel;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.github.gitops4j.kubernetes.schema.RuleBudget;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** One run of an expression, which costs at most three million steps. */
final class RuleRun {
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

  private RuleRun() {}

  /** What became of it. */
  sealed interface Outcome {
    /** It gave a value. */
    record Made(Object value) implements Outcome {}

    /**
     * It has no value for this object, and would have none on a server.
     *
     * @param reason why, without any value
     * @param ofWhatIsMissing whether something is looked at that is not there
     */
    record Failed(String reason, boolean ofWhatIsMissing) implements Outcome {}

    /** What it gives is not known. */
    record GivenUp(String reason) implements Outcome {}

    /** Says whether it gave true. */
    default boolean isTrue() {
      return this instanceof Made made && Boolean.TRUE.equals(made.value());
    }
  }

  /** Runs a program, and takes what it cost from the budget. */
  static Outcome of(CelRuntime.Program program, Map<String, Object> variables, RuleBudget budget) {
    RuleCost cost = new RuleCost(Math.min(LIMIT, budget.left()));
    Outcome outcome = run(program, variables, cost);
    budget.take(cost.used());
    return cost.isTooMuch() ? tooMuch() : outcome;
  }

  private static Outcome run(
      CelRuntime.Program program, Map<String, Object> variables, RuleCost cost) {
    try {
      return new Outcome.Made(program.trace(variables, cost));
    } catch (CelEvaluationException e) {
      CelErrorCode code = e.getErrorCode();
      if (code == CelErrorCode.ITERATION_BUDGET_EXCEEDED) {
        return tooMuch();
      }
      return OF_THE_OBJECT.contains(code)
          ? new Outcome.Failed(said(code), code == CelErrorCode.ATTRIBUTE_NOT_FOUND)
          : new Outcome.GivenUp(said(code));
    } catch (IllegalArgumentException e) {
      return new Outcome.GivenUp("a value is not read as by a server");
    }
  }

  private static Outcome tooMuch() {
    return new Outcome.GivenUp("it takes too many steps");
  }

  /** Names a failure; the message of the library may hold values, the code does not. */
  static String said(CelErrorCode code) {
    return code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
