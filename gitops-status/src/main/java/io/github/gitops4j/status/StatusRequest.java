package io.github.gitops4j.status;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What is asked of a {@link StatusPage}.
 *
 * <p>Immutable.
 *
 * @param method the method, in upper case
 * @param path the path below the place of the page, as it came: empty text or {@code /} is the page
 * @param query the query, as it came; empty text if there is none
 * @param ifNoneMatch the tag of what the asker has already
 * @since 0.1.0
 */
public record StatusRequest(
    String method, String path, String query, Optional<String> ifNoneMatch) {
  /** Checks the parts. */
  public StatusRequest {
    requireNonNull(method, "method");
    requireNonNull(path, "path");
    requireNonNull(query, "query");
    requireNonNull(ifNoneMatch, "ifNoneMatch");
  }

  /** Creates a request to read. */
  public static StatusRequest get(String path) {
    int mark = path.indexOf('?');
    return mark < 0
        ? new StatusRequest("GET", path, "", Optional.empty())
        : new StatusRequest(
            "GET", path.substring(0, mark), path.substring(mark + 1), Optional.empty());
  }
}
