package io.github.gitops4j.kubernetes.manifest;

import io.github.gitops4j.call.CallContext;

/**
 * Says which custom kinds a cluster has that live in no namespace.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface KindScopes {
  /** Knows no cluster: only the definitions that are declared beside an object count. */
  KindScopes NONE = (group, kind, call) -> false;

  /**
   * Says whether a kind is served and its objects live in no namespace.
   *
   * @throws io.github.gitops4j.error.LiveStateException if the cluster does not answer
   */
  boolean isClusterWide(String group, String kind, CallContext call);
}
