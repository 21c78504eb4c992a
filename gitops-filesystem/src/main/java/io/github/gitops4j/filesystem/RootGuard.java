package io.github.gitops4j.filesystem;

import io.github.gitops4j.call.CallContext;

/**
 * Proves that the root is the directory it was, and not the empty mount point below it.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
interface RootGuard {
  /**
   * Checks.
   *
   * @throws io.github.gitops4j.error.LiveStateException if the root is not there or another one
   */
  void check(CallContext call);
}
