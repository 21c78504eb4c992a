package io.github.gitops4j.git;

/** A signature that is missing, wrong or not by an allowed signer; the message says why. */
final class UntrustedException extends Exception {
  private static final long serialVersionUID = 1L;

  UntrustedException(String message) {
    super(message);
  }
}
