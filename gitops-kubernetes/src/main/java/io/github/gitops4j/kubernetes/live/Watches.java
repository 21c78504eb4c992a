package io.github.gitops4j.kubernetes.live;

import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.call.Ticker;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.kubernetes.internal.fields.WatchEvent;
import io.github.gitops4j.live.Place;
import io.github.gitops4j.resource.ResourceKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The watches of the collections that were listed, up to a number; what is beyond it is not
 * covered.
 *
 * <p>Thread-safe.
 */
final class Watches {
  /** An API server has 250 requests at a time on one connection; most are left to others. */
  private static final int MOST = 100;

  private final ApiServer server;
  private final RetryPolicy retry;
  private final Ticker ticker;
  private final BiConsumer<ResourceKey, WatchEvent> events;
  private final Runnable doubt;
  private final Map<Place, Watch> running = new HashMap<>();
  private final Map<Place, Integer> lostAtOnce = new HashMap<>();
  private boolean closed;

  Watches(
      ApiServer server,
      RetryPolicy retry,
      Ticker ticker,
      BiConsumer<ResourceKey, WatchEvent> events,
      Runnable doubt) {
    this.server = server;
    this.retry = retry;
    this.ticker = ticker;
    this.events = events;
    this.doubt = doubt;
  }

  /**
   * A collection as it was listed, from where its watch goes on.
   *
   * @param place the kind and its namespace; no namespace if it is all of them
   * @param path the path of the collection
   * @param version the version of the list
   */
  record Listed(Place place, String path, String version) {}

  /** Watches collections beside those that are watched already. */
  synchronized void follow(Collection<Listed> lists) {
    for (Listed list : lists) {
      Watch before = running.get(list.place());
      boolean isWanted = before == null ? running.size() < MOST : before.isOver();
      if (!closed && isWanted) {
        int lost = before == null ? 0 : lostAtOnce.merge(list.place(), 1, Integer::sum);
        Watch watch =
            new Watch(server, list.path(), list.version(), retry, ticker, listener(list.place()));
        running.put(list.place(), watch);
        watch.begin(lost);
      }
    }
  }

  /** Watches these collections and no other. */
  synchronized void followOnly(Collection<Listed> lists) {
    Set<Place> kept = new HashSet<>();
    lists.forEach(list -> kept.add(list.place()));
    running
        .entrySet()
        .removeIf(
            entry -> {
              if (kept.contains(entry.getKey())) {
                return false;
              }
              entry.getValue().close();
              return true;
            });
    follow(lists);
  }

  private Watch.Listener listener(Place place) {
    return new Watch.Listener() {
      @Override
      public void event(WatchEvent event) {
        synchronized (Watches.this) {
          lostAtOnce.remove(place);
        }
        ResourceKey key =
            ResourceKey.of(place.group(), place.kind(), event.namespace(), event.name());
        events.accept(key, event);
      }

      @Override
      public void doubt() {
        doubt.run();
      }
    };
  }

  /** Says whether what happens in a place is told. */
  synchronized boolean cover(Place place) {
    return isFollowing(place) || isFollowing(new Place(place.group(), place.kind(), ""));
  }

  private boolean isFollowing(Place place) {
    Watch watch = running.get(place);
    return watch != null && watch.isFollowing();
  }

  /** Ends all watches, for good. */
  synchronized void close() {
    closed = true;
    running.values().forEach(Watch::close);
    running.clear();
  }
}
