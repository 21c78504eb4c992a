package io.github.gitops4j.kubernetes.plan;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.error.LiveStateException;
import io.github.gitops4j.kubernetes.internal.api.ApiAnswer;
import io.github.gitops4j.kubernetes.internal.api.ApiKind;
import io.github.gitops4j.kubernetes.internal.api.ApiRequest;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.kubernetes.internal.api.Discovery;
import io.github.gitops4j.kubernetes.internal.fields.LiveObject;
import io.github.gitops4j.kubernetes.manifest.KeepAnnotations;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.plan.RemovalGuard;
import io.github.gitops4j.resource.ResourceKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Objects to removing what bears an annotation that keeps it, and to removing a namespace or
 * definition that holds anything that is not removed with it.
 *
 * <p>What is on its way out already is not looked at.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class ClusterRemovalGuard implements RemovalGuard {
  private final ApiServer server;
  private final Discovery discovery;
  private final Function<ResourceKey, Optional<LiveResource>> seen;

  /**
   * Creates a guard.
   *
   * @param seen gives objects as they were seen last, which spares reading them
   */
  public ClusterRemovalGuard(
      ApiServer server, Discovery discovery, Function<ResourceKey, Optional<LiveResource>> seen) {
    this.server = requireNonNull(server, "server");
    this.discovery = requireNonNull(discovery, "discovery");
    this.seen = requireNonNull(seen, "seen");
  }

  @Override
  public Map<ResourceKey, String> objections(Set<ResourceKey> removals, CallContext call) {
    HeldObjects held = new HeldObjects(server, discovery, removals);
    Map<ResourceKey, String> objections = new TreeMap<>();
    for (ResourceKey key : new TreeSet<>(removals)) {
      objection(key, held, call).ifPresent(why -> objections.put(key, why));
    }
    return objections;
  }

  private Optional<String> objection(ResourceKey key, HeldObjects held, CallContext call) {
    try {
      Optional<LiveObject> live = live(key, call).filter(object -> !object.isTerminating());
      if (live.isEmpty()) {
        return Optional.empty();
      }
      Optional<String> kept = KeepAnnotations.of(live.get()::annotation);
      return kept.isPresent()
          ? Optional.of("kept by its live annotation " + kept.get())
          : Holder.of(key).flatMap(holder -> held.objection(holder, call));
    } catch (CallException e) {
      throw e;
    } catch (GitOpsException e) {
      return Optional.of("nobody can say whether it may go: " + e.failure().message());
    }
  }

  private Optional<LiveObject> live(ResourceKey key, CallContext call) {
    Optional<LiveObject> known =
        seen.apply(key).flatMap(LiveResource::document).map(LiveObject::of);
    if (known.isPresent()) {
      return known;
    }
    Optional<ApiKind> kind = discovery.find(key.group(), key.kind(), call);
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    String path = kind.get().object(kind.get().version(), key.namespace(), key.name());
    ApiAnswer answer = server.send(ApiRequest.get(path), call);
    if (answer.status() == 404) {
      return Optional.empty();
    }
    if (!answer.isSuccess()) {
      throw new LiveStateException(answer.failure(key, "reading"));
    }
    return Optional.of(LiveObject.of(answer.document()));
  }
}
