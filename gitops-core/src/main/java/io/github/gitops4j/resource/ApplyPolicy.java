package io.github.gitops4j.resource;

/**
 * What may be written of a declared resource.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum ApplyPolicy {
  /** Create it and keep it equal. */
  APPLY,
  /** Create it if it is absent and leave it alone afterwards. */
  CREATE_ONLY,
  /** Do not touch it at all. */
  IGNORE
}
