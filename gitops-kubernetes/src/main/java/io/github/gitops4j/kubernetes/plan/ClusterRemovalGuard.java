package io.github.gitops4j.kubernetes.plan;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.kubernetes.internal.api.Discovery;
import io.github.gitops4j.kubernetes.internal.fields.LiveObject;
import io.github.gitops4j.kubernetes.manifest.KeepAnnotations;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.plan.RemovalGuard;
import io.github.gitops4j.resource.ResourceKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

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

  /** Creates a guard. */
  public ClusterRemovalGuard(ApiServer server, Discovery discovery) {
    this.server = requireNonNull(server, "server");
    this.discovery = requireNonNull(discovery, "discovery");
  }

  @Override
  public Map<ResourceKey, String> objections(List<LiveResource> removals, CallContext call) {
    Set<ResourceKey> keys = removals.stream().map(LiveResource::key).collect(Collectors.toSet());
    HeldObjects held = new HeldObjects(server, discovery, keys);
    Map<ResourceKey, String> objections = new TreeMap<>();
    for (LiveResource removal : removals) {
      objection(removal, held, call).ifPresent(why -> objections.put(removal.key(), why));
    }
    return objections;
  }

  private Optional<String> objection(LiveResource removal, HeldObjects held, CallContext call) {
    LiveObject live = LiveObject.of(removal.document().orElseThrow());
    if (live.isTerminating()) {
      return Optional.empty();
    }
    Optional<String> kept = KeepAnnotations.of(live::annotation);
    if (kept.isPresent()) {
      return Optional.of("kept by its live annotation " + kept.get());
    }
    try {
      return Holder.of(removal.key()).flatMap(holder -> held.objection(holder, call));
    } catch (CallException e) {
      throw e;
    } catch (GitOpsException e) {
      return Optional.of("nobody can say whether it may go: " + e.failure().message());
    }
  }
}
