package io.github.gitops4j.forge.webhook;

/** A payload is not understood; the message holds nothing of it. */
final class PayloadException extends Exception {
  private static final long serialVersionUID = 1L;

  PayloadException(String message) {
    super(message);
  }
}
