package io.github.gitops4j.source;

/**
 * What is known about the signature of a revision.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum Trust {
  /** Nobody asked for a signature. */
  NOT_CHECKED,
  /** A signature by an allowed signer was verified. */
  VERIFIED
}
