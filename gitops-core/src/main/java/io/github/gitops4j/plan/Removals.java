package io.github.gitops4j.plan;

/** Which actions take something away or give it up. */
final class Removals {
  private Removals() {}

  static boolean isRemoval(PlannedAction action) {
    return switch (action.kind()) {
      case PRUNE, QUARANTINE, RELEASE -> true;
      case CREATE, UPDATE, REPLACE, ADOPT, RUN_HOOK, HOLD -> false;
    };
  }
}
