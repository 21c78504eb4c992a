package io.github.gitops4j.testkit.kubernetes;

import static java.util.Objects.requireNonNull;

/**
 * What an API server answered. Immutable.
 *
 * @param status the HTTP status
 * @param body the text, mostly JSON
 * @since 0.1.0
 */
public record PlaneAnswer(int status, String body) {
  /** Check that there is a body. */
  public PlaneAnswer {
    requireNonNull(body, "body");
  }

  /** Say whether the status is one of 200 to 299. */
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }
}
