package io.github.gitops4j.resource;

/**
 * What may be done when a field that cannot change after creation differs.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum ReplacePolicy {
  /** Nothing: the change fails. */
  NEVER,
  /** Delete and create again, if the field is proven to be immutable. */
  IF_IMMUTABLE
}
