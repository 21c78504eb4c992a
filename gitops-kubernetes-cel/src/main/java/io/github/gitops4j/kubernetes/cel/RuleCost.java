package io.github.gitops4j.kubernetes.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.exceptions.CelIterationLimitExceededException;
import dev.cel.runtime.CelEvaluationListener;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Counts what one run of a rule costs: each step, each item that is looked at and the length of
 * texts. It ends the run when that is too much.
 *
 * <p>Confined to one run.
 */
final class RuleCost implements CelEvaluationListener {
  private static final Set<String> PATTERNS = Set.of("matches", "find", "findAll");
  private static final int CHARACTERS = 10;

  private final long limit;
  private long used;
  private int longest;

  RuleCost(long limit) {
    this.limit = limit;
  }

  long used() {
    return used;
  }

  boolean isTooMuch() {
    return used > limit;
  }

  @Override
  public void callback(CelExpr expression, Object result) {
    used++;
    weigh(result);
    if (expression.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL
        && PATTERNS.contains(expression.call().function())) {
      // A pattern may do many steps for each character, of what was given to it.
      used += longest * 5L;
    }
    if (isTooMuch()) {
      throw new CelIterationLimitExceededException((int) Math.min(limit, Integer.MAX_VALUE));
    }
  }

  /** Looks at what the library looks at whenever it hands the value on. */
  private void weigh(Object value) {
    if (value instanceof String text) {
      used += text.length() / CHARACTERS;
      longest = Math.max(longest, text.length());
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        used++;
        weigh(entry.getKey());
        weigh(entry.getValue());
        if (isTooMuch()) {
          return;
        }
      }
    } else if (value instanceof Collection<?> items) {
      for (Object item : items) {
        used++;
        weigh(item);
        if (isTooMuch()) {
          return;
        }
      }
    }
  }
}
