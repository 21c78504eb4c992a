package io.github.gitops4j.resource;

/**
 * What happens to a resource that is no longer declared.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum PrunePolicy {
  /** It is pruned. */
  PRUNE,
  /** It stays, and we go on owning it. */
  KEEP,
  /** It stays, and we give up owning it. */
  RELEASE
}
