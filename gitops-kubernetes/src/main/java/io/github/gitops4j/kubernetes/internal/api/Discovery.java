package io.github.gitops4j.kubernetes.internal.api;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.LiveStateException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Which kinds the server serves: asked once with two requests, and again when a kind is not among
 * them.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class Discovery {
  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

  private final ApiServer server;
  private final AtomicReference<@Nullable KindTable> known = new AtomicReference<>();

  /** Creates a discovery that has asked nothing yet. */
  public Discovery(ApiServer server) {
    this.server = requireNonNull(server, "server");
  }

  /**
   * Returns the kinds as they were when last asked.
   *
   * @throws LiveStateException if they cannot be read
   */
  public KindTable kinds(CallContext call) {
    KindTable table = known.get();
    return table == null ? refresh(call) : table;
  }

  /** Returns how a kind is reached, asking the server anew if it was not served before. */
  public Optional<ApiKind> find(String group, String kind, CallContext call) {
    KindTable before = known.get();
    if (before == null) {
      return refresh(call).find(group, kind);
    }
    Optional<ApiKind> found = before.find(group, kind);
    return found.isPresent() ? found : refresh(call).find(group, kind);
  }

  /**
   * Asks the server anew.
   *
   * @throws LiveStateException if they cannot be read
   */
  public KindTable refresh(CallContext call) {
    KindTable table = KindTable.read(read("/api", call), read("/apis", call));
    known.set(table);
    return table;
  }

  private ApiAnswer read(String path, CallContext call) {
    ApiAnswer answer = server.send(ApiRequest.get(path).accepting(AGGREGATED), call);
    if (!answer.isSuccess()) {
      throw new LiveStateException(
          answer.refusal().failure(server.address() + ": reading which kinds there are"));
    }
    return answer;
  }
}
