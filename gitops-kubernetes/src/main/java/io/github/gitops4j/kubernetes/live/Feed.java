package io.github.gitops4j.kubernetes.live;

import io.github.gitops4j.kubernetes.internal.fields.WatchEvent;
import io.github.gitops4j.live.Place;
import io.github.gitops4j.resource.ResourceKey;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One watch and who is told of it. It holds no lock while it tells, and nothing of the objects.
 *
 * <p>Thread-safe.
 */
final class Feed implements Watch.Listener {
  private final SharedWatches shared;
  private final Place place;
  private final Order order;
  private final Watch watch;
  private final Map<String, Set<Follower>> followers = new ConcurrentHashMap<>();
  private final Object lock = new Object();
  private CompletableFuture<@Nullable Void> steps = CompletableFuture.completedFuture(null);

  Feed(
      SharedWatches shared,
      Place place,
      Order order,
      BiFunction<Place, Watch.Listener, Watch> watches) {
    this.shared = shared;
    this.place = place;
    this.order = order;
    this.watch = watches.apply(place, this);
  }

  /** Whether it begins before the end of those that it takes over from. */
  enum Order {
    /** It does, so that nothing is missing. */
    KNOWN,
    /** Nobody can say. */
    UNKNOWN
  }

  Place place() {
    return place;
  }

  Order order() {
    return order;
  }

  Watch watch() {
    return watch;
  }

  void add(Follower follower, String namespace) {
    followers.computeIfAbsent(namespace, any -> ConcurrentHashMap.newKeySet()).add(follower);
  }

  void remove(Follower follower, String namespace) {
    followers.computeIfPresent(
        namespace,
        (any, those) -> {
          those.remove(follower);
          return those.isEmpty() ? null : those;
        });
  }

  boolean hasNobody() {
    return followers.isEmpty();
  }

  @Override
  public void event(WatchEvent event) {
    shared.isWell(place);
    ResourceKey key = ResourceKey.of(place.group(), place.kind(), event.namespace(), event.name());
    tell(event.namespace(), key, event);
    if (!event.namespace().isEmpty()) {
      tell("", key, event);
    }
  }

  private void tell(String namespace, ResourceKey key, WatchEvent event) {
    followers.getOrDefault(namespace, Set.of()).forEach(follower -> follower.tell(key, event));
  }

  @Override
  public void doubt() {
    later(() -> shared.doubt(this));
  }

  @Override
  public void opened() {
    later(() -> shared.opened(this));
  }

  @Override
  public void forbidden() {
    later(() -> shared.forbidden(this));
  }

  /** The watch may hold its lock here, and the shared watches take it under theirs. */
  private void later(Runnable step) {
    synchronized (lock) {
      steps =
          steps.handleAsync(
              (nothing, failure) -> {
                step.run();
                return null;
              });
    }
  }
}
