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
import io.github.gitops4j.kubernetes.internal.fields.LiveObject;
import io.github.gitops4j.kubernetes.internal.fields.ManagerName;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists and reads objects. Thread-safe. */
final class Looking {
  private static final int PAGE = 500;
  private static final int RESTARTS = 3;

  private final ApiServer server;
  private final Discovery discovery;
  private final ManagerName manager;

  Looking(ApiServer server, Discovery discovery, ManagerName manager) {
    this.server = server;
    this.discovery = discovery;
    this.manager = manager;
  }

  /**
   * What a list gave.
   *
   * @param resources what is there
   * @param failure why nothing can be said of what is not among them
   */
  record Listed(List<LiveResource> resources, Optional<Failure> failure) {}

  Listed list(Place place, CallContext call) {
    try {
      Optional<ApiKind> kind = discovery.find(place.group(), place.kind(), call);
      return kind.isEmpty() ? unserved(place, call) : pages(place, kind.get(), call);
    } catch (CallException e) {
      throw e;
    } catch (GitOpsException e) {
      return new Listed(List.of(), Optional.of(e.failure()));
    }
  }

  /** A kind that a complete discovery does not have has no objects; else nobody can say. */
  private Listed unserved(Place place, CallContext call) {
    if (discovery.kinds(call).isUnreachable(place.group())) {
      return new Listed(
          List.of(),
          Optional.of(
              Failure.of(
                  FailureCategory.UNAVAILABLE,
                  place + ": listing failed: the server behind " + place.group() + " is away")));
    }
    return new Listed(List.of(), Optional.empty());
  }

  private Listed pages(Place place, ApiKind kind, CallContext call) {
    String path = kind.collection(kind.version(), place.namespace()) + "?limit=" + PAGE;
    for (int attempt = 1; ; attempt++) {
      List<LiveResource> resources = new ArrayList<>();
      ApiAnswer answer = page(path, "", call);
      while (answer.isSuccess()) {
        String more = take(place, answer.document(), resources);
        if (more.isEmpty()) {
          return new Listed(resources, Optional.empty());
        }
        answer = page(path, more, call);
      }
      // 410: the pages that were left are too old by now, so the list begins anew.
      if (answer.status() != 410 || attempt > RESTARTS) {
        return new Listed(List.of(), Optional.of(answer.refusal().failure(place + ": listing")));
      }
    }
  }

  private ApiAnswer page(String path, String more, CallContext call) {
    String next =
        more.isEmpty()
            ? path
            : path + "&continue=" + URLEncoder.encode(more, StandardCharsets.UTF_8);
    return server.send(ApiRequest.get(next), call);
  }

  private String take(Place place, Document list, List<LiveResource> resources) {
    if (!(list.root() instanceof Mapping root)
        || !(root.get("items").orElse(null) instanceof Sequence items)) {
      throw new LiveStateException(
          FailureCategory.UNAVAILABLE, place + ": listing failed: the answer is no list");
    }
    for (int i = 0; i < items.size(); i++) {
      LiveObject object = LiveObject.of(Document.of(items.get(i)));
      resources.add(object.observed(place.key(object.name()), manager));
    }
    Mapping metadata =
        root.get("metadata").orElse(Mapping.empty()) instanceof Mapping found
            ? found
            : Mapping.empty();
    return metadata.get("continue").orElse(Text.of("")) instanceof Text text ? text.value() : "";
  }

  /** Reads one object. */
  Observation read(ResourceKey key, CallContext call) {
    try {
      Optional<ApiKind> kind = discovery.find(key.group(), key.kind(), call);
      if (kind.isEmpty()) {
        return unserved(Place.of(key), call)
            .failure()
            .<Observation>map(Observation.Unreadable::new)
            .orElse(Observation.Absent.INSTANCE);
      }
      ApiKind found = kind.get();
      String path = found.object(found.version(), key.namespace(), key.name());
      ApiAnswer answer = server.send(ApiRequest.get(path), call);
      if (answer.status() == 404) {
        return Observation.Absent.INSTANCE;
      }
      if (!answer.isSuccess()) {
        return new Observation.Unreadable(answer.refusal().failure(key + ": reading"));
      }
      return new Observation.Present(LiveObject.of(answer.document()).observed(key, manager));
    } catch (CallException e) {
      throw e;
    } catch (GitOpsException e) {
      return new Observation.Unreadable(e.failure());
    }
  }
}
