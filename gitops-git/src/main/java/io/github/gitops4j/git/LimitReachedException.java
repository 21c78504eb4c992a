package io.github.gitops4j.git;

import java.io.IOException;

/** More bytes came than are allowed. */
final class LimitReachedException extends IOException {
  private static final long serialVersionUID = 1L;

  LimitReachedException(String message) {
    super(message);
  }
}
