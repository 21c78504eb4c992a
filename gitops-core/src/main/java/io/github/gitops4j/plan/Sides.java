package io.github.gitops4j.plan;

import io.github.gitops4j.diff.Comparison;
import io.github.gitops4j.diff.IgnoreRule;
import io.github.gitops4j.inventory.Applied;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.source.DesiredEntry;
import java.util.List;
import java.util.Optional;

/** Questions about the three sides of one key; each is answered in one place. */
final class Sides {
  private Sides() {}

  /** Says whether declared, live and inventory agree, so that nothing is left to do. */
  static boolean settled(Comparison sides, List<IgnoreRule> rules) {
    if (sides.desired().isEmpty() || sides.base().isEmpty()) {
      return false;
    }
    DesiredEntry desired = sides.desired().get();
    InventoryRecord base = sides.base().get();
    return base.intended().isEmpty()
        && base.applied().map(Applied::desired).equals(Optional.of(desired.digest()))
        && base.traits().equals(desired.traits())
        && sameRules(base, rules)
        && live(sides).map(resource -> isWhatWasApplied(resource, base)).orElse(false);
  }

  /** Returns the live resource, if it is there. */
  static Optional<LiveResource> live(Comparison sides) {
    return sides.live() instanceof Observation.Present present
        ? Optional.of(present.resource())
        : Optional.empty();
  }

  /** Says whether live is what we wrote last, or were about to write. */
  static boolean isOurs(LiveResource live, InventoryRecord base) {
    return isWhatWasApplied(live, base) || base.intended().equals(Optional.of(live.digest()));
  }

  /**
   * Says whether what we applied is gone and another resource, without our mark, is there. What we
   * were about to write is none: a pass may have made it anew and not come to record that.
   */
  static boolean isAnothersInItsPlace(LiveResource live, InventoryRecord base, String owner) {
    return !markedByUs(live, owner)
        && !base.intended().equals(Optional.of(live.digest()))
        && base.applied()
            .map(Applied::uid)
            .filter(uid -> !uid.isEmpty() && !uid.equals(live.uid()))
            .isPresent();
  }

  /** Says whether the same paths counted when it was applied. */
  static boolean sameRules(InventoryRecord base, List<IgnoreRule> rules) {
    String ignored = base.applied().map(Applied::ignored).orElse("");
    return ignored.equals(IgnoreRule.lineFor(rules, base.key()));
  }

  /** Says whether nobody has declared anything else since we applied. */
  static boolean declarationUnchanged(DesiredEntry desired, InventoryRecord base) {
    Optional<ContentDigest> applied = base.applied().map(Applied::desired);
    return applied.equals(Optional.of(desired.digest()));
  }

  /** Says whether another owner's mark is on it. */
  static boolean markedByAnother(LiveResource live, String owner) {
    return !live.owner().isEmpty() && !live.owner().equals(owner);
  }

  /** Says whether our mark is on it. */
  static boolean markedByUs(LiveResource live, String owner) {
    return !live.owner().isEmpty() && live.owner().equals(owner);
  }

  private static boolean isWhatWasApplied(LiveResource live, InventoryRecord base) {
    return base.applied()
        .map(applied -> applied.live().equals(live.digest()) && applied.uid().equals(live.uid()))
        .orElse(false);
  }
}
