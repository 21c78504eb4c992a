package io.github.gitops4j.git;

import java.io.IOException;

/** A server did not prove to be the one that we know. */
final class HostKeyException extends IOException {
  private static final long serialVersionUID = 1L;

  HostKeyException(String message) {
    super(message);
  }
}
