package io.github.gitops4j.git;

import java.io.IOException;

/** A server sent us on to another host. */
final class ForeignHostException extends IOException {
  private static final long serialVersionUID = 1L;

  ForeignHostException(String origin) {
    super("it redirects to " + origin);
  }
}
