package io.github.gitops4j.kubernetes.live;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.live.Place;
import io.github.gitops4j.resource.ResourceKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** One look. What it has seen once it does not look at again. Thread-safe. */
final class Look implements LiveState {
  /** From so many objects in one place on, a list is cheaper than reading each. */
  private static final int WORTH_A_LIST = 4;

  private final Looking looking;
  private final Optional<Set<ResourceKey>> only;
  private final Sightings sightings;
  private final ClusterChanges changes;
  private final CallContext call;
  private final Map<ResourceKey, LiveResource> told = new ConcurrentHashMap<>();
  private final Map<ResourceKey, Looking.Seen> present = new ConcurrentHashMap<>();
  private final Map<Place, Optional<Failure>> places = new ConcurrentHashMap<>();
  private final Map<ResourceKey, Failure> unread = new ConcurrentHashMap<>();

  /** Begins a look at some keys, or at everything. */
  Look(
      Looking looking,
      Optional<Set<ResourceKey>> only,
      Sightings sightings,
      ClusterChanges changes,
      CallContext call) {
    this.looking = looking;
    this.only = only;
    this.sightings = sightings;
    this.changes = changes;
    this.call = call;
  }

  /** Takes what was told of some keys, as far as it can be checked later. */
  void takeTold(Set<ResourceKey> keys) {
    for (ResourceKey key : keys) {
      if (looking.isApplied(key, call)) {
        changes.told(key).ifPresent(resource -> told.put(key, resource));
      }
    }
  }

  /** Looks at all other keys that were asked for. */
  void lookAtAll() {
    Map<Place, Set<ResourceKey>> byPlace = new HashMap<>();
    Set<ResourceKey> keysToSee = new HashSet<>(only.orElseThrow());
    keysToSee.removeAll(told.keySet());
    for (ResourceKey key : keysToSee) {
      byPlace.computeIfAbsent(Place.of(key), place -> new HashSet<>()).add(key);
    }
    Set<Place> toList = new HashSet<>();
    byPlace.forEach(
        (place, keys) -> {
          if (keys.size() >= WORTH_A_LIST || changes.lacks(place)) {
            toList.add(place);
            // What is told of them before the list is here is not lost.
            keys.forEach(sightings::expect);
          }
        });
    Looking.Lists lists = looking.lists(toList, changes::expect, call);
    byPlace.forEach(
        (place, keys) -> {
          Looking.Listed listed = lists.places().get(place);
          if (listed != null && (listed.failure().isEmpty() || keys.size() >= WORTH_A_LIST)) {
            take(place, listed);
            keys.forEach(this::note);
          } else {
            keys.forEach(this::read);
          }
        });
    changes.follow(lists.lists());
  }

  void lookAtEverything(Collection<Place> inUse) {
    Looking.Lists lists = looking.lists(inUse, changes::expect, call);
    lists.places().forEach(this::take);
    changes.lookedAt(lists.lists());
  }

  private void take(Place place, Looking.Listed listed) {
    for (Looking.Seen seen : listed.resources()) {
      ResourceKey key = seen.resource().key();
      if (only.isEmpty() || only.get().contains(key)) {
        present.put(key, seen);
      }
    }
    places.put(place, listed.failure());
  }

  /** What happens to the object from now on is noted, so that nothing is missed. */
  private void read(ResourceKey key) {
    sightings.expect(key);
    Looking.Listed read = looking.read(key, call);
    read.resources().forEach(seen -> present.put(key, seen));
    read.failure().ifPresent(failure -> unread.put(key, failure));
    note(key);
  }

  private void note(ResourceKey key) {
    Looking.Seen seen = present.get(key);
    sightings.told(key, seen == null ? Sighting.nothing() : seen.small());
    if (seen != null) {
      changes.keep(key, seen.object());
    }
  }

  @Override
  public Observation observation(ResourceKey key) {
    only.filter(keys -> !keys.contains(key))
        .ifPresent(
            keys -> {
              throw new IllegalArgumentException(key + " was not in the scope");
            });
    if (only.isPresent()) {
      Failure failure = unread.get(key);
      return seen(key, failure == null ? failureOf(key) : Optional.of(failure));
    }
    if (places.containsKey(Place.of(key))) {
      return tell(key);
    }
    Looking.Lists lists = looking.lists(List.of(Place.of(key)), changes::expect, call);
    lists.places().forEach(this::take);
    Observation told = tell(key);
    changes.follow(lists.lists());
    return told;
  }

  private Observation tell(ResourceKey key) {
    note(key);
    return seen(key, failureOf(key));
  }

  private Optional<Failure> failureOf(ResourceKey key) {
    return places.getOrDefault(Place.of(key), Optional.empty());
  }

  private Observation seen(ResourceKey key, Optional<Failure> failure) {
    LiveResource known = told.get(key);
    if (known != null) {
      return new Observation.Present(known);
    }
    Looking.Seen seen = present.get(key);
    if (seen != null) {
      return new Observation.Present(seen.resource());
    }
    return failure
        .<Observation>map(Observation.Unreadable::new)
        .orElse(Observation.Absent.INSTANCE);
  }

  @Override
  public void forEachPresent(Consumer<LiveResource> visitor) {
    told.values().forEach(visitor);
    present.values().forEach(seen -> visitor.accept(seen.resource()));
  }
}
