package io.github.gitops4j.kubernetes.internal.api;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Ticker;
import io.github.gitops4j.error.LiveStateException;
import java.time.Duration;
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

  /** What another one has read so lately is not read again. */
  private static final Duration YOUNG = Duration.ofSeconds(10);

  private final ApiServer server;
  private final AtomicReference<@Nullable Answer> known;
  private final AtomicReference<@Nullable Answer> taken = new AtomicReference<>();

  /** Creates a discovery that has asked nothing yet. */
  public Discovery(ApiServer server) {
    this(server, new AtomicReference<>());
  }

  private Discovery(ApiServer server, AtomicReference<@Nullable Answer> known) {
    this.server = requireNonNull(server, "server");
    this.known = known;
  }

  /**
   * What the server has said.
   *
   * @param table the kinds
   * @param asked when it was asked
   */
  private record Answer(KindTable table, long asked) {}

  /** Returns a discovery that asks in another way and knows what this one knows. */
  public Discovery through(ApiServer other) {
    return new Discovery(other, known);
  }

  /**
   * Returns the kinds as they were when last asked.
   *
   * @throws LiveStateException if they cannot be read
   */
  public KindTable kinds(CallContext call) {
    Answer answer = known.get();
    return answer == null ? refresh(call) : answer.table();
  }

  /** Returns how a kind is reached, asking the server anew if it was not served before. */
  public Optional<ApiKind> find(String group, String kind, CallContext call) {
    Answer before = known.get();
    if (before == null) {
      return refresh(call).find(group, kind);
    }
    Optional<ApiKind> found = before.table().find(group, kind);
    return found.isPresent() ? found : ask(call).find(group, kind);
  }

  /**
   * Asks the server anew, unless one that shares this knowledge has just done so.
   *
   * @throws LiveStateException if they cannot be read
   */
  public KindTable refresh(CallContext call) {
    Answer shared = known.get();
    if (shared != null
        && !shared.equals(taken.getAndSet(shared))
        && Ticker.system().nanos() - shared.asked() < YOUNG.toNanos()) {
      return shared.table();
    }
    return ask(call);
  }

  private KindTable ask(CallContext call) {
    long asked = Ticker.system().nanos();
    Answer answer = new Answer(KindTable.read(read("/api", call), read("/apis", call)), asked);
    known.set(answer);
    taken.set(answer);
    return answer.table();
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
