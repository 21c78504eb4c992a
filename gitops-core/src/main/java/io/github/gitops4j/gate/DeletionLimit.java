package io.github.gitops4j.gate;

import io.github.gitops4j.plan.ActionKind;
import io.github.gitops4j.plan.Plan;
import java.util.Map;

/**
 * Refuses a plan that removes more than expected, unless its digest was approved.
 *
 * <p>The default limit is the larger of 20 and a tenth of what is owned, rounded up: an unmounted
 * volume or a wrong path looks like the removal of everything.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class DeletionLimit implements Gate {
  private static final int DEFAULT_MINIMUM = 20;
  private static final int DEFAULT_SHARE = 10;
  private static final int RELATIVE = -1;

  private final int fixed;

  private DeletionLimit(int fixed) {
    this.fixed = fixed;
  }

  /** Returns the default limit. */
  public static DeletionLimit relative() {
    return new DeletionLimit(RELATIVE);
  }

  /** Returns a limit of that many removals. */
  public static DeletionLimit of(int removals) {
    if (removals < 0) {
      throw new IllegalArgumentException("a deletion limit is not negative: " + removals);
    }
    return new DeletionLimit(removals);
  }

  @Override
  public String name() {
    return "deletion-limit";
  }

  @Override
  public GateVerdict evaluate(Plan plan, GateFacts facts) {
    int removals = removals(plan.counts());
    int limit = fixed == RELATIVE ? relativeLimit(facts.owned()) : fixed;
    if (removals <= limit) {
      return GateVerdict.allow();
    }
    String count = removals + " removals, the limit is " + limit;
    if (facts.approvals().contains(plan.digest())) {
      return new GateVerdict.Allow(count + ", approved by digest");
    }
    return new GateVerdict.Deny(
        count + "; approve plan " + plan.digest().hex() + " to run it anyway");
  }

  private static int relativeLimit(int owned) {
    return Math.max(DEFAULT_MINIMUM, (owned + DEFAULT_SHARE - 1) / DEFAULT_SHARE);
  }

  private static int removals(Map<ActionKind, Integer> counts) {
    return counts.getOrDefault(ActionKind.PRUNE, 0)
        + counts.getOrDefault(ActionKind.QUARANTINE, 0)
        + counts.getOrDefault(ActionKind.REPLACE, 0);
  }
}
