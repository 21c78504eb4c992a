package io.github.gitops4j.kubernetes.live;

import io.github.gitops4j.call.Ticker;
import io.github.gitops4j.kubernetes.internal.fields.ManagerName;
import io.github.gitops4j.kubernetes.internal.fields.ServerObject;
import io.github.gitops4j.kubernetes.internal.fields.WatchEvent;
import io.github.gitops4j.live.ChangeFeed;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.Place;
import io.github.gitops4j.resource.ResourceKey;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Tells which objects may have changed, by watching the collections that were listed.
 *
 * <p>The watches begin when somebody listens, or with the second pass: a program that makes one
 * pass and ends has no use for them. An event says where to look and nothing else, so that one that
 * is late or doubled does no harm. What is asked for in a place that cannot be watched is told each
 * time, and once in a while everything is to be looked at.
 *
 * <p>Thread-safe.
 */
final class ClusterChanges implements ChangeFeed, Follower.Listener {
  private static final int FEW = 1024;

  private final Sightings sightings;
  private final KeptContents contents;
  private final ManagerName manager;
  private final Follower follower;
  private final Ticker ticker;
  private final Duration sweep;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private boolean drained;
  private boolean watching;
  private @Nullable Long looked;

  ClusterChanges(
      Sightings sightings,
      SharedWatches watches,
      KeptContents contents,
      ManagerName manager,
      Ticker ticker,
      Duration sweep) {
    this.sightings = sightings;
    this.contents = contents;
    this.manager = manager;
    this.ticker = ticker;
    this.sweep = sweep;
    this.follower = watches.follower(this);
  }

  @Override
  public synchronized Batch drain() {
    boolean first = !drained;
    drained = true;
    if (first) {
      return new Batch.Invalidated("nothing was looked at yet");
    }
    if (!watching) {
      watching = true;
      return new Batch.Invalidated("nothing was watched yet");
    }
    Optional<Set<ResourceKey>> keys = sightings.take(follower::covers);
    if (looked == null || ticker.nanos() - looked >= sweep.toNanos()) {
      return new Batch.Invalidated("it is time to look at everything");
    }
    if (keys.isEmpty() || keys.get().size() > Math.max(FEW, sightings.size() / 2)) {
      return new Batch.Invalidated("much may have changed");
    }
    return new Batch.Dirty(keys.get());
  }

  @Override
  public Optional<Listening> listen(Listener listener) {
    synchronized (this) {
      watching = true;
    }
    listeners.add(listener);
    return Optional.of(() -> listeners.remove(listener));
  }

  /** A look at everything begins. */
  synchronized void lookAnew() {
    looked = null;
    sightings.lookAnew();
  }

  /** A look at everything has listed these. */
  synchronized void lookedAt(Collection<WatchStart> lists) {
    looked = ticker.nanos();
    if (watching) {
      follower.followOnly(lists);
    }
  }

  /** A list of a place will be sent. */
  synchronized void expect(Place place) {
    if (watching) {
      follower.expect(place);
    }
  }

  /** Some more were listed. */
  synchronized void follow(Collection<WatchStart> lists) {
    if (watching) {
      follower.follow(lists);
    }
  }

  /** Says whether a place would have to be listed before it can be watched. */
  synchronized boolean lacks(Place place) {
    return watching && !follower.covers(place);
  }

  /** Keeps an object that the engine is told of, for as long as events tell whether it is so. */
  void keep(ResourceKey key, ServerObject seen) {
    if (isWatching()) {
      contents.keep(key, seen);
    }
  }

  private synchronized boolean isWatching() {
    return watching;
  }

  /** Returns an object with its content as it was told, if all that happens to it is. */
  Optional<LiveResource> told(ResourceKey key) {
    return lacks(Place.of(key)) || !isWatching() ? Optional.empty() : kept(key);
  }

  private Optional<LiveResource> kept(ResourceKey key) {
    return sightings
        .find(key)
        .flatMap(
            seen ->
                contents
                    .find(key, seen.token())
                    .map(
                        content ->
                            new LiveResource(
                                key,
                                seen.token(),
                                seen.digest(),
                                seen.uid(),
                                seen.owner(),
                                Optional.of(content))));
  }

  @Override
  public void event(ResourceKey key, WatchEvent event) {
    Sightings.News news = sightings.event(key, () -> seen(key, event));
    if (news == Sightings.News.CHANGED) {
      doubt();
    } else if (news == Sightings.News.STIRRED) {
      listeners.forEach(listener -> listener.stirred(key));
    }
  }

  private Sighting seen(ResourceKey key, WatchEvent event) {
    if (event.isDeletion()) {
      contents.drop(key);
      return Sighting.goneAt(event.version());
    }
    contents.keep(key, event.object());
    return Sighting.of(key, event.object(), manager);
  }

  @Override
  public void doubt() {
    listeners.forEach(Listener::pending);
  }

  /** Watches nothing any more. */
  void close() {
    follower.close();
  }
}
