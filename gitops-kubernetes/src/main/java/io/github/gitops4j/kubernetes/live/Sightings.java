package io.github.gitops4j.kubernetes.live;

import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.Place;
import io.github.gitops4j.resource.ResourceKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was last seen of the objects that the engine has asked for, and which of them may have
 * changed since it was told of them. What nobody asked for costs nothing.
 *
 * <p>While a full look is on its way it is not yet known what will be asked for, so the names of
 * all that changes meanwhile are kept.
 *
 * <p>Thread-safe.
 */
final class Sightings {
  /** What an event means. */
  enum News {
    /** Nothing: nobody asked for it, or it is known. */
    NONE,
    /** Something has changed that nobody could own, such as its status. */
    STIRRED,
    /** It may differ from what is declared. */
    CHANGED
  }

  /** So much may change during one look until all is looked at again. */
  private static final int MOST_EARLY = 100_000;

  private final Map<Place, Map<String, Sighting>> asked = new HashMap<>();
  // What may have changed, and what was seen of it that the engine does not know.
  private final Map<ResourceKey, Sighting> dirty = new HashMap<>();
  private final Set<ResourceKey> early = new HashSet<>();
  private boolean looking;
  private boolean tooMuch;
  private int size;

  /** Forgets what was asked for: a look at everything begins. */
  synchronized void lookAnew() {
    asked.clear();
    early.clear();
    size = 0;
    looking = true;
    tooMuch = false;
  }

  /** Notes that an object will be read now. */
  synchronized void expect(ResourceKey key) {
    if (sighting(key) == null) {
      put(key, Sighting.nothing());
    }
  }

  /** Notes that the engine was told of an object; {@link Sighting#nothing} if of none. */
  synchronized void told(ResourceKey key, Sighting seen) {
    if (early.remove(key)) {
      dirty.put(key, Sighting.nothing());
    }
    if (seen.resource() == null) {
      put(key, seen);
    } else {
      known(key, seen);
    }
  }

  /** Notes what a write of ours has left, of which the engine knows. */
  synchronized void written(LiveResource left, boolean terminating) {
    known(left.key(), Sighting.of(left, terminating));
  }

  /** The event of a write of ours may be here before the answer to it. */
  private void known(ResourceKey key, Sighting seen) {
    Sighting news = dirty.get(key);
    if (news != null && news.isNotNewerThan(seen)) {
      dirty.remove(key);
    }
    Sighting before = sighting(key);
    if (before == null || !seen.isNotNewerThan(before)) {
      put(key, seen);
    }
  }

  /** Notes that an object is gone, and the engine knows. */
  synchronized void gone(ResourceKey key) {
    put(key, Sighting.nothing());
  }

  /** Takes an event. The object is asked for only if it matters. */
  synchronized News event(ResourceKey key, Supplier<Sighting> now) {
    Sighting before = sighting(key);
    if (before == null) {
      if (looking && !tooMuch) {
        early.add(key);
        tooMuch = early.size() > MOST_EARLY;
      }
      return News.NONE;
    }
    Sighting seen = now.get();
    if (seen.isNotNewerThan(before)) {
      return News.NONE;
    }
    put(key, seen);
    if (!seen.isOfSameContent(before)) {
      dirty.put(key, seen);
      return News.CHANGED;
    }
    return seen.resource() == null ? News.NONE : News.STIRRED;
  }

  /** Returns an object as it was last seen; nothing if it was not, or was on its way out. */
  synchronized Optional<LiveResource> find(ResourceKey key) {
    return Optional.ofNullable(sighting(key))
        .filter(sighting -> !sighting.terminating())
        .map(Sighting::resource);
  }

  /**
   * Takes the keys that may have changed, with all that were asked for in places that nobody
   * watches.
   *
   * @return nothing if so much has changed that nobody kept it
   */
  synchronized Optional<Set<ResourceKey>> take(Predicate<Place> watched) {
    boolean lost = tooMuch;
    looking = false;
    tooMuch = false;
    early.clear();
    Set<ResourceKey> taken = new HashSet<>(dirty.keySet());
    dirty.clear();
    asked.forEach(
        (place, names) -> {
          if (!watched.test(place)) {
            names.keySet().forEach(name -> taken.add(place.key(name)));
          }
        });
    return lost ? Optional.empty() : Optional.of(taken);
  }

  /** Returns the number of objects asked for. */
  synchronized int size() {
    return size;
  }

  private @Nullable Sighting sighting(ResourceKey key) {
    Map<String, Sighting> names = asked.get(Place.of(key));
    return names == null ? null : names.get(key.name());
  }

  private void put(ResourceKey key, Sighting seen) {
    Map<String, Sighting> names = asked.computeIfAbsent(Place.of(key), any -> new HashMap<>());
    if (names.put(key.name(), seen) == null) {
      size++;
    }
  }
}
