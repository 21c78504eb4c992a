package io.github.gitops4j.examples.flags;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.LiveStateException;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.LiveStateProvider;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.live.Scope;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.ResourceKey;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reports the flags of a service. Its one request gives them all, so a scope saves nothing.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class FlagLive implements LiveStateProvider {
  private final FlagService service;

  /** Creates a provider. */
  public FlagLive(FlagService service) {
    this.service = requireNonNull(service, "service");
  }

  @Override
  public LiveState observe(Scope scope, CallContext call) {
    call.checkActive("observe flags");
    SortedMap<ResourceKey, LiveResource> flags = new TreeMap<>();
    try {
      service.all().values().forEach(flag -> flags.put(FlagModel.key(flag.name()), live(flag)));
    } catch (IllegalStateException e) {
      // Not reached is not empty: this ends the pass, and nothing is pruned.
      throw new LiveStateException(FailureCategory.UNAVAILABLE, "flags: observing failed", e);
    }
    return new Flags(scope, flags);
  }

  static LiveResource live(FlagService.Flag flag) {
    Document document = FlagModel.document(flag.value());
    return new LiveResource(
        FlagModel.key(flag.name()),
        String.valueOf(flag.version()),
        document.digest(),
        "",
        "",
        Optional.of(document));
  }

  private record Flags(Scope scope, SortedMap<ResourceKey, LiveResource> flags)
      implements LiveState {
    @Override
    public Observation observation(ResourceKey key) {
      if (scope instanceof Scope.Keys asked && !asked.keys().contains(key)) {
        throw new IllegalArgumentException(key + " was not asked for");
      }
      LiveResource live = flags.get(key);
      return live == null ? Observation.Absent.INSTANCE : new Observation.Present(live);
    }

    @Override
    public void forEachPresent(Consumer<LiveResource> visitor) {
      flags.values().forEach(visitor);
    }
  }
}
