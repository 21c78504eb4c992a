package io.github.gitops4j.kubernetes.live;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Ticker;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.kubernetes.internal.api.Discovery;
import io.github.gitops4j.kubernetes.internal.fields.ManagerName;
import io.github.gitops4j.live.ChangeFeed;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.LiveStateProvider;
import io.github.gitops4j.live.Scope;
import io.github.gitops4j.resource.ResourceKey;
import java.time.Duration;
import java.util.Optional;

/**
 * Looks at the objects of a cluster: one list for each kind and namespace in use, or one read for
 * each object if there are few. A kind in use in many namespaces is listed once for all of them, if
 * that is allowed.
 *
 * <p>Under {@link Scope.Everything} only what is declared or owned is looked at, so a Role in these
 * namespaces is enough. A place that the scope did not name is listed when the first key there is
 * asked for. What may not be listed is unreadable, and only that.
 *
 * <p>What was listed is watched from the second look at everything on, or from the first if
 * somebody {@linkplain ChangeFeed#listen listens}; of an object that was asked for some hundred
 * bytes are kept, and its content as far as there is room.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class ClusterLive implements LiveStateProvider, AutoCloseable {
  private final Looking looking;
  private final Discovery discovery;
  private final Sightings sightings = new Sightings();
  private final ClusterChanges changes;

  /**
   * Creates a provider that has looked at nothing yet.
   *
   * @param watches those of the cluster
   * @param contents what is kept of what the cluster has told
   * @param sweep how often everything is looked at although it is watched
   */
  public ClusterLive(
      ApiServer server,
      Discovery discovery,
      ManagerName manager,
      SharedWatches watches,
      KeptContents contents,
      Duration sweep) {
    this.discovery = requireNonNull(discovery, "discovery");
    this.looking = new Looking(server, discovery, manager);
    this.changes =
        new ClusterChanges(sightings, watches, contents, manager, Ticker.system(), sweep);
  }

  @Override
  public LiveState observe(Scope scope, CallContext call) {
    if (scope instanceof Scope.Keys keys) {
      Look look = new Look(looking, Optional.of(keys.keys()), sightings, changes, call);
      look.takeTold(keys.told());
      look.lookAtAll();
      return look;
    }
    // Fails if the server cannot be reached, so that this is not said of each object.
    discovery.refresh(call);
    changes.lookAnew();
    Look look = new Look(looking, Optional.empty(), sightings, changes, call);
    look.lookAtEverything(((Scope.Everything) scope).inUse());
    return look;
  }

  @Override
  public Optional<ChangeFeed> changeFeed() {
    return Optional.of(changes);
  }

  /** Returns an object as it was last seen or written, without its content. */
  public Optional<LiveResource> find(ResourceKey key) {
    return sightings.find(key);
  }

  /** Takes note of what a write of ours has left. */
  public void written(LiveResource left, boolean terminating) {
    sightings.written(left, terminating);
  }

  /** Takes note that a removal of ours has left nothing. */
  public void gone(ResourceKey key) {
    sightings.gone(key);
  }

  /** Ends the watches that nobody else needs. */
  @Override
  public void close() {
    changes.close();
  }
}
