package io.github.gitops4j.resource;

/**
 * Something that has a resource key.
 *
 * @since 0.1.0
 */
public interface Keyed {
  /** Returns the identity; it never changes. */
  ResourceKey key();
}
