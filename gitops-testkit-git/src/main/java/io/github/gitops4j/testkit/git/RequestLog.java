package io.github.gitops4j.testkit.git;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/**
 * The requests that a {@link GitHttpServer} got, in order, also those that it refused. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RequestLog {
  private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
  private final LongAdder bodyBytes = new LongAdder();

  RequestLog() {}

  /** Give all requests since the start or the last {@link #clear()}. */
  public List<RecordedRequest> all() {
    return List.copyOf(requests);
  }

  /** Count the requests of a kind. */
  public long count(RequestKind kind) {
    requireNonNull(kind, "kind");
    return requests.stream().filter(request -> request.kind() == kind).count();
  }

  /** Count the bytes of the bodies sent in answers. */
  public long bytesSent() {
    return bodyBytes.sum();
  }

  /** Forget all requests and bytes. */
  public void clear() {
    requests.clear();
    bodyBytes.reset();
  }

  void add(RecordedRequest request) {
    requests.add(request);
  }

  void sent(long bytes) {
    bodyBytes.add(bytes);
  }
}
