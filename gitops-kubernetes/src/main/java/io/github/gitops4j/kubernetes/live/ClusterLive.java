package io.github.gitops4j.kubernetes.live;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.kubernetes.internal.api.Discovery;
import io.github.gitops4j.kubernetes.internal.fields.ManagerName;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.LiveStateProvider;
import io.github.gitops4j.live.Scope;
import io.github.gitops4j.resource.ResourceKey;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the objects of a cluster: one list for each kind and namespace in use, or one read for
 * each object if there are few. A kind in use in many namespaces is listed once for all of them, if
 * that is allowed.
 *
 * <p>Under {@link Scope.Everything} only what is declared or owned is looked at, so a Role in these
 * namespaces is enough. A place that the scope did not name is listed when the first key there is
 * asked for. What may not be listed is unreadable, and only that.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class ClusterLive implements LiveStateProvider {
  private final Looking looking;
  private final Discovery discovery;
  private final AtomicReference<@Nullable Look> last = new AtomicReference<>();

  /** Creates a provider that has looked at nothing yet. */
  public ClusterLive(ApiServer server, Discovery discovery, ManagerName manager) {
    this.discovery = requireNonNull(discovery, "discovery");
    this.looking = new Looking(server, discovery, manager);
  }

  @Override
  public LiveState observe(Scope scope, CallContext call) {
    if (scope instanceof Scope.Keys keys) {
      Look look = Look.ofKeys(looking, keys.keys(), call);
      look.lookAtAll();
      return look;
    }
    // Fails if the server cannot be reached, so that this is not said of each object.
    discovery.refresh(call);
    Look look = Look.ofEverything(looking, call);
    look.lookAt(((Scope.Everything) scope).inUse());
    last.set(look);
    return look;
  }

  /** Returns an object as the last look at everything saw it; nothing if it did not. */
  public Optional<LiveResource> find(ResourceKey key) {
    Look look = last.get();
    return look == null ? Optional.empty() : look.seen(key);
  }
}
