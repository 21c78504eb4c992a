package io.github.gitops4j.kubernetes.live;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.error.LiveStateException;
import io.github.gitops4j.kubernetes.internal.api.ApiAnswer;
import io.github.gitops4j.kubernetes.internal.api.ApiKind;
import io.github.gitops4j.kubernetes.internal.api.ApiRequest;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.kubernetes.internal.api.Discovery;
import io.github.gitops4j.kubernetes.internal.fields.ManagerName;
import io.github.gitops4j.kubernetes.internal.fields.ServerObject;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.Place;
import io.github.gitops4j.resource.ResourceKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Lists and reads objects. Thread-safe. */
final class Looking {
  private final ApiServer server;
  private final Discovery discovery;
  private final ManagerName manager;

  Looking(ApiServer server, Discovery discovery, ManagerName manager) {
    this.server = server;
    this.discovery = discovery;
    this.manager = manager;
  }

  /**
   * One object that was seen.
   *
   * @param resource it, with its content
   * @param object as the server gave it
   */
  record Seen(LiveResource resource, ServerObject object) {
    static Seen of(ResourceKey key, ServerObject object, ManagerName manager) {
      return new Seen(object.observed(key, manager), object);
    }

    Sighting small() {
      return Sighting.of(resource, object.isTerminating());
    }
  }

  /**
   * What looking at a place or at an object gave.
   *
   * @param resources what is there
   * @param failure why nothing can be said of what is not among them
   */
  record Listed(List<Seen> resources, Optional<Failure> failure) {
    static Listed of(List<Seen> resources) {
      return new Listed(resources, Optional.empty());
    }

    static Listed failed(Failure failure) {
      return new Listed(List.of(), Optional.of(failure));
    }
  }

  /**
   * What some lists gave.
   *
   * @param places what is in each place
   * @param lists what was listed for it
   */
  record Lists(Map<Place, Listed> places, List<WatchStart> lists) {}

  /**
   * Lists places, the first pages at the same time.
   *
   * @param before is told of each place that a list is of, before it is sent
   */
  Lists lists(Collection<Place> places, Consumer<Place> before, CallContext call) {
    return new Listing(server, discovery, manager, this::unserved, before).of(places, call);
  }

  /** A kind that a complete discovery does not have has no objects; else nobody can say. */
  Listed unserved(Place place, CallContext call) {
    if (discovery.kinds(call).isUnreachable(place.group())) {
      return Listed.failed(
          Failure.of(
              FailureCategory.UNAVAILABLE,
              place + ": listing failed: the server behind " + place.group() + " is away"));
    }
    return Listed.of(List.of());
  }

  /** Says whether the server of an object knows apply, as it says itself. */
  boolean isApplied(ResourceKey key, CallContext call) {
    return discovery.find(key.group(), key.kind(), call).filter(ApiKind::isPatchable).isPresent();
  }

  /** Reads one object. */
  Listed read(ResourceKey key, CallContext call) {
    try {
      Optional<ApiKind> kind = discovery.find(key.group(), key.kind(), call);
      if (kind.isEmpty()) {
        return unserved(Place.of(key), call);
      }
      ApiKind found = kind.get();
      String path = found.object(found.version(), key.namespace(), key.name());
      ApiAnswer answer = server.send(ApiRequest.get(path), call);
      if (answer.status() == 404) {
        return Listed.of(List.of());
      }
      if (!answer.isSuccess()) {
        throw new LiveStateException(answer.refusal().failure(key + ": reading"));
      }
      return Listed.of(List.of(Seen.of(key, ServerObject.read(answer.body()), manager)));
    } catch (CallException e) {
      throw e;
    } catch (GitOpsException e) {
      return Listed.failed(ofThis(e));
    }
  }

  /**
   * Returns why one place or object cannot be read.
   *
   * @throws GitOpsException if that is so of all: nobody knows us any more
   */
  static Failure ofThis(GitOpsException thrown) {
    if (thrown.category() == FailureCategory.UNAUTHENTICATED) {
      throw thrown;
    }
    return thrown.failure();
  }
}
