package io.github.gitops4j.kubernetes.apply;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.ApplyException;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.kubernetes.internal.api.ApiAnswer;
import io.github.gitops4j.kubernetes.internal.api.ApiKind;
import io.github.gitops4j.kubernetes.internal.api.ApiRequest;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.kubernetes.internal.api.Discovery;
import io.github.gitops4j.kubernetes.internal.fields.ManagerName;
import io.github.gitops4j.kubernetes.internal.fields.ServerObject;
import io.github.gitops4j.resource.ResourceKey;
import java.util.Optional;

/** The requests on one object, under one field manager. Thread-safe. */
final class ObjectCalls {
  private final ApiServer server;
  private final Discovery discovery;
  private final ManagerName manager;

  ObjectCalls(ApiServer server, Discovery discovery, ManagerName manager) {
    this.server = server;
    this.discovery = discovery;
    this.manager = manager;
  }

  /** Whether fields of other managers are taken. */
  enum Force {
    /** A field of another manager with another value is a conflict. */
    NO,
    /** It becomes ours. */
    YES
  }

  ManagerName manager() {
    return manager;
  }

  ApiAnswer send(ApiRequest request, CallContext call) {
    return server.send(request, call);
  }

  /** Returns the path of an object in the preferred version. */
  String path(ResourceKey key, CallContext call) {
    ApiKind kind = kind(key, call);
    return kind.object(kind.version(), key.namespace(), key.name());
  }

  /** Returns an apply; the version is that of the manifest. */
  ApiRequest apply(ResourceKey key, String version, byte[] body, Force force, CallContext call) {
    String path = kind(key, call).object(version, key.namespace(), key.name());
    return ApiRequest.apply(path, manager.name(), force == Force.YES ? "&force=true" : "", body);
  }

  /** Says whether the server of a kind knows no apply, as it says itself. */
  boolean isPlain(ResourceKey key, CallContext call) {
    return !kind(key, call).isPatchable();
  }

  /** Returns a plain creation; the version is that of the manifest. */
  ApiRequest create(ResourceKey key, String version, byte[] body, CallContext call) {
    return ApiRequest.post(kind(key, call).collection(version, key.namespace()), body);
  }

  /** Returns a plain replacement; the body names the version that it replaces. */
  ApiRequest replace(ResourceKey key, String version, byte[] body, CallContext call) {
    return ApiRequest.put(kind(key, call).object(version, key.namespace(), key.name()), body);
  }

  /**
   * Reads an object; nothing if it is not there.
   *
   * @throws ApplyException if the server does not give it
   */
  Optional<ServerObject> read(ResourceKey key, CallContext call) {
    ApiAnswer answer = send(ApiRequest.get(path(key, call)), call);
    if (answer.status() == 404) {
      return Optional.empty();
    }
    if (!answer.isSuccess()) {
      throw new ApplyException(answer.failure(key, "reading"));
    }
    return Optional.of(ServerObject.read(answer.body()));
  }

  private ApiKind kind(ResourceKey key, CallContext call) {
    Optional<ApiKind> kind = discovery.find(key.group(), key.kind(), call);
    if (kind.isEmpty()) {
      throw new ApplyException(
          FailureCategory.UNAVAILABLE,
          key + ": applying failed: the server does not serve this kind, or not yet");
    }
    return kind.get();
  }
}
