package io.github.gitops4j.control;

import io.github.gitops4j.source.Revision;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which application waits for which. An application is ready when live is as declared and
 * everything in it is healthy; if both come from one remote and track the same, only at the same
 * revision.
 *
 * <p>Guarded by the lock of the {@link Board}.
 */
final class Dependencies {
  private final Map<String, Slot> slots;
  private final Map<String, Set<Slot>> dependents = new HashMap<>();

  Dependencies(Map<String, Slot> slots) {
    this.slots = slots;
  }

  void join(Slot slot) {
    for (String name : slot.application.dependsOn()) {
      dependents.computeIfAbsent(name, any -> new HashSet<>()).add(slot);
    }
  }

  void leave(Slot slot) {
    for (String name : slot.application.dependsOn()) {
      dependents.computeIfPresent(
          name,
          (any, known) -> {
            known.remove(slot);
            return known.isEmpty() ? null : known;
          });
    }
  }

  /** Returns the applications that depend on one. */
  Set<Slot> of(Slot slot) {
    return dependents.getOrDefault(slot.name(), Set.of());
  }

  /** Returns what an application waits for before it may go to a head; nothing if it may. */
  List<Condition> waits(Slot slot, Revision head) {
    List<String> names = slot.application.dependsOn();
    if (names.isEmpty()) {
      return List.of();
    }
    Optional<String> cycle = cycle(slot);
    if (cycle.isPresent()) {
      return List.of(new Condition(Condition.Type.DEPENDENCY_CYCLE, cycle.get()));
    }
    List<Condition> waits = new ArrayList<>();
    for (String name : names) {
      Slot needed = slots.get(name);
      if (needed == null) {
        String message = "no application is called " + name;
        waits.add(new Condition(Condition.Type.DEPENDENCY_MISSING, message));
      } else {
        whyNot(needed, slot, head)
            .map(why -> new Condition(Condition.Type.DEPENDENCY_NOT_READY, name + " " + why))
            .ifPresent(waits::add);
      }
    }
    return waits;
  }

  private static Optional<String> whyNot(Slot needed, Slot slot, Revision head) {
    if (needed.remover != null) {
      return Optional.of("is being removed");
    }
    if (!needed.isReady()) {
      return Optional.of("is not ready");
    }
    Optional<Revision> reached = Optional.ofNullable(needed.reached);
    boolean isBehind =
        Heads.share(needed, slot) && reached.filter(at -> isOtherOfSameTrack(at, head)).isPresent();
    return isBehind ? Optional.of("is not at " + head.id() + " yet") : Optional.empty();
  }

  private static boolean isOtherOfSameTrack(Revision one, Revision other) {
    return one.ref().equals(other.ref()) && !one.sameContentAs(other);
  }

  /** Returns the way from an application back to itself. */
  private Optional<String> cycle(Slot slot) {
    Map<String, String> cameFrom = new HashMap<>();
    Deque<String> open = new ArrayDeque<>(List.of(slot.name()));
    while (!open.isEmpty()) {
      String name = open.remove();
      Slot at = slots.get(name);
      for (String next : at == null ? List.<String>of() : at.application.dependsOn()) {
        if (next.equals(slot.name())) {
          return Optional.of(way(name, cameFrom) + " -> " + next);
        }
        if (cameFrom.putIfAbsent(next, name) == null) {
          open.add(next);
        }
      }
    }
    return Optional.empty();
  }

  private static String way(String last, Map<String, String> cameFrom) {
    Deque<String> names = new ArrayDeque<>();
    for (String name = last; name != null; name = cameFrom.get(name)) {
      names.addFirst(name);
    }
    return String.join(" -> ", names);
  }

  /** Returns what an application waits for before what it owns may be removed. */
  List<Condition> waitsForRemoval(Slot slot) {
    return of(slot).stream().anyMatch(other -> other.remover != null)
        ? List.of(
            new Condition(Condition.Type.DEPENDENCY_NOT_READY, "what depends on it is still there"))
        : List.of();
  }
}
