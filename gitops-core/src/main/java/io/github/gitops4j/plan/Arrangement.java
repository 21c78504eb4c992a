package io.github.gitops4j.plan;

import java.util.List;

/**
 * A target's last word on the order of actions, for what the general order cannot know: that a file
 * must go before a directory of its name can come.
 *
 * <p>It may move an action to another step and may turn it into a hold; it drops and adds none.
 *
 * <p>Thread-safe and pure.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Arrangement {
  /** Returns the same actions, rearranged. */
  List<PlannedAction> arrange(List<PlannedAction> actions);

  /** Returns the arrangement that changes nothing. */
  static Arrangement asPlanned() {
    return actions -> actions;
  }
}
