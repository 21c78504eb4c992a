package io.github.gitops4j.micrometer;

import io.github.gitops4j.reconcile.PassResult;
import java.io.Serial;

/**
 * Why a pass failed, for traces: its message holds no secret, which cannot be said of the exception
 * behind it.
 */
final class PassFailedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  PassFailedException(PassResult.Failed failed) {
    super(failed.stage() + ": " + failed.failure().message(), null, false, false);
  }
}
