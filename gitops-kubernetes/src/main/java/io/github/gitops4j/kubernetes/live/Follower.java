package io.github.gitops4j.kubernetes.live;

import io.github.gitops4j.kubernetes.internal.fields.WatchEvent;
import io.github.gitops4j.live.Place;
import io.github.gitops4j.resource.ResourceKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one target follows of the watches that it shares with others.
 *
 * <p>Thread-safe.
 */
final class Follower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

  private final SharedWatches shared;
  private final Listener listener;

  /** Belongs to the shared watches, and is read and changed under their lock. */
  private final Map<Place, Spot> spots = new HashMap<>();

  Follower(SharedWatches shared, Listener listener) {
    this.shared = shared;
    this.listener = listener;
  }

  /** What a target is told. Called from threads of the client; must not block. */
  interface Listener {
    /** Something happened to an object. */
    void event(ResourceKey key, WatchEvent event);

    /** In some place something may have happened that nobody will tell. */
    void doubt();
  }

  /** How what is told of a place goes together with what was listed there. */
  enum Standing {
    /** Something between the list and what is told may be missing. */
    STALE,
    /** All that happens is told; a list that is sent from now on is not older. */
    JOINED,
    /** All that happened since the list is told. */
    LISTED
  }

  /** A place that is followed, and by which watch. */
  static final class Spot {
    private @Nullable Feed feed;
    private Standing standing = Standing.STALE;

    @Nullable Feed feed() {
      return feed;
    }

    Standing standing() {
      return standing;
    }

    void set(@Nullable Feed by, Standing now) {
      feed = by;
      standing = now;
    }

    boolean isLive() {
      return feed != null && !feed.watch().isOver();
    }

    boolean isCovered() {
      return standing == Standing.LISTED && feed != null && feed.watch().isFollowing();
    }
  }

  Map<Place, Spot> spots() {
    return spots;
  }

  void tell(ResourceKey key, WatchEvent event) {
    alone(() -> listener.event(key, event));
  }

  void tellDoubt() {
    alone(listener::doubt);
  }

  /** A listener that fails is no harm to the others. */
  private static void alone(Runnable telling) {
    try {
      telling.run();
    } catch (RuntimeException e) {
      LOG.warn("a listener failed", e);
    }
  }

  /** A list of a place will be sent; what happens from now on is told, if it is told to others. */
  void expect(Place place) {
    shared.expect(this, place);
  }

  /** Follows places beside those that are followed already. */
  void follow(Collection<WatchStart> lists) {
    shared.follow(this, lists);
  }

  /** Follows these places and no other. */
  void followOnly(Collection<WatchStart> lists) {
    shared.followOnly(this, lists);
  }

  /** Says whether all that happens in a place is told since it was listed. */
  boolean covers(Place place) {
    return shared.covers(this, place);
  }

  /** Is told nothing any more. */
  @Override
  public void close() {
    shared.leave(this);
  }
}
