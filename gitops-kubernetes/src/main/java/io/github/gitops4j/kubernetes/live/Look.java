package io.github.gitops4j.kubernetes.live;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.live.Place;
import io.github.gitops4j.resource.ResourceKey;
import java.util.ArrayList;
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
  private final CallContext call;
  private final Map<ResourceKey, LiveResource> present = new ConcurrentHashMap<>();
  private final Map<Place, Optional<Failure>> places = new ConcurrentHashMap<>();
  private final Map<ResourceKey, Failure> unread = new ConcurrentHashMap<>();

  private Look(Looking looking, Optional<Set<ResourceKey>> only, CallContext call) {
    this.looking = looking;
    this.only = only;
    this.call = call;
  }

  static Look ofKeys(Looking looking, Set<ResourceKey> keys, CallContext call) {
    return new Look(looking, Optional.of(keys), call);
  }

  static Look ofEverything(Looking looking, CallContext call) {
    return new Look(looking, Optional.empty(), call);
  }

  /** Looks at all keys that were asked for. */
  void lookAtAll() {
    Map<Place, Set<ResourceKey>> byPlace = new HashMap<>();
    for (ResourceKey key : only.orElseThrow()) {
      byPlace.computeIfAbsent(Place.of(key), place -> new HashSet<>()).add(key);
    }
    List<Place> worthAList = new ArrayList<>();
    byPlace.forEach(
        (place, keys) -> {
          if (keys.size() >= WORTH_A_LIST) {
            worthAList.add(place);
          } else {
            keys.forEach(this::read);
          }
        });
    lookAt(worthAList);
  }

  void lookAt(Collection<Place> which) {
    looking.lists(which, call).forEach(this::take);
  }

  private Optional<Failure> list(Place place) {
    lookAt(List.of(place));
    return places.getOrDefault(place, Optional.empty());
  }

  private void take(Place place, Looking.Listed listed) {
    listed.resources().forEach(resource -> present.put(resource.key(), resource));
    places.put(place, listed.failure());
  }

  private void read(ResourceKey key) {
    Observation seen = looking.read(key, call);
    if (seen instanceof Observation.Present there) {
      present.put(key, there.resource());
    } else if (seen instanceof Observation.Unreadable unreadable) {
      unread.put(key, unreadable.failure());
    }
  }

  @Override
  public Observation observation(ResourceKey key) {
    only.filter(keys -> !keys.contains(key))
        .ifPresent(
            keys -> {
              throw new IllegalArgumentException(key + " was not in the scope");
            });
    Place place = Place.of(key);
    Optional<Failure> failure = places.get(place);
    if (failure == null) {
      failure = only.isPresent() ? Optional.ofNullable(unread.get(key)) : list(place);
    }
    LiveResource seen = present.get(key);
    if (seen != null) {
      return new Observation.Present(seen);
    }
    return failure.isPresent()
        ? new Observation.Unreadable(failure.get())
        : Observation.Absent.INSTANCE;
  }

  Optional<LiveResource> seen(ResourceKey key) {
    return Optional.ofNullable(present.get(key));
  }

  @Override
  public void forEachPresent(Consumer<LiveResource> visitor) {
    present.values().stream()
        .filter(resource -> only.isEmpty() || only.get().contains(resource.key()))
        .forEach(visitor);
  }
}
