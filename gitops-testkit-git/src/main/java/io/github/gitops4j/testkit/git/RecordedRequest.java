package io.github.gitops4j.testkit.git;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * One request as a {@link GitHttpServer} saw it. Values of headers are not kept. Immutable.
 *
 * @param kind what it asked for
 * @param method the HTTP method
 * @param path path and query
 * @param headerNames in lower case
 * @since 0.1.0
 */
public record RecordedRequest(
    RequestKind kind, String method, String path, Set<String> headerNames) {
  /** Copy the parts. */
  public RecordedRequest {
    requireNonNull(kind, "kind");
    requireNonNull(method, "method");
    requireNonNull(path, "path");
    headerNames = Set.copyOf(headerNames);
  }

  /** Give whether the client sent credentials. */
  public boolean sentAuthorization() {
    return headerNames.contains("authorization");
  }
}
