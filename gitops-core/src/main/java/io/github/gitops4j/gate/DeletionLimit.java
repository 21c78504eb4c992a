package io.github.gitops4j.gate;

import io.github.gitops4j.plan.ActionKind;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.resource.ResourceKey;
import java.util.Set;

/**
 * Refuses a plan that removes more than expected, unless its digest was approved.
 *
 * <p>The default limit is the larger of 20 and a tenth of what is owned, rounded up: an unmounted
 * volume or a wrong path looks like the removal of everything. What was asked to go by an earlier
 * pass and is still there does not count again.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class DeletionLimit implements Gate {
  private static final int DEFAULT_MINIMUM = 20;
  private static final int DEFAULT_SHARE = 10;
  private static final int RELATIVE = -1;
  private static final Set<ActionKind> COUNTED =
      Set.of(ActionKind.PRUNE, ActionKind.QUARANTINE, ActionKind.REPLACE);

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
    int removals = removals(plan, facts.standing().going());
    int limit = fixed == RELATIVE ? relativeLimit(facts.standing().owned()) : fixed;
    if (removals <= limit) {
      return GateVerdict.allow();
    }
    String count = removals + " removals, the limit is " + limit;
    if (facts.isApproved(plan)) {
      return new GateVerdict.Allow(count + ", approved by digest");
    }
    return new GateVerdict.Deny(
        count + "; approve plan " + plan.digest().hex() + " to run it anyway");
  }

  private static int relativeLimit(int owned) {
    return Math.max(DEFAULT_MINIMUM, (owned + DEFAULT_SHARE - 1) / DEFAULT_SHARE);
  }

  private static int removals(Plan plan, Set<ResourceKey> going) {
    return (int)
        plan.actions().stream()
            .filter(action -> COUNTED.contains(action.kind()))
            .filter(action -> !going.contains(action.key()))
            .count();
  }
}
