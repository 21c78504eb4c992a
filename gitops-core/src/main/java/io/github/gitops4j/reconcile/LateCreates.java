package io.github.gitops4j.reconcile;

import io.github.gitops4j.diff.Comparison;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.plan.Compared;
import io.github.gitops4j.resource.ResourceKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Creates that were begun, never seen, and are wanted no more. One that a process sent before it
 * was killed or fell asleep may still arrive, so its record is kept for a time, and with it the
 * claim to what it makes.
 *
 * <p>Confined to one call at a time.
 */
final class LateCreates {
  private static final Duration LONGEST = Duration.ofHours(1);

  private final InstantSource clock;
  private final Map<ResourceKey, Instant> since = new HashMap<>();

  LateCreates(InstantSource clock) {
    this.clock = clock;
  }

  /** Takes out what may still arrive. */
  void removeFrom(Collection<Compared> open) {
    Instant now = clock.instant();
    Set<ResourceKey> awaited = new HashSet<>();
    open.removeIf(compared -> isLate(compared.comparison()) && mayArrive(compared, now, awaited));
    since.keySet().retainAll(awaited);
  }

  private boolean mayArrive(Compared compared, Instant now, Set<ResourceKey> awaited) {
    Instant first = since.computeIfAbsent(compared.key(), key -> now);
    awaited.add(compared.key());
    return now.isBefore(first.plus(LONGEST));
  }

  private static boolean isLate(Comparison sides) {
    Optional<InventoryRecord> base = sides.base();
    return sides.desired().isEmpty()
        && sides.live() instanceof Observation.Absent
        && base.filter(record -> record.applied().isEmpty() && record.intended().isPresent())
            .isPresent();
  }
}
