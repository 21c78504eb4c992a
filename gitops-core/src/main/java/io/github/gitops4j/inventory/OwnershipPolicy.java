package io.github.gitops4j.inventory;

/**
 * What may be done with a live resource that is declared but that we do not own.
 *
 * <p>A live resource that equals what is declared is always adopted, as that writes nothing.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum OwnershipPolicy {
  /** It is held and reported. */
  MUST_MATCH,
  /** It is taken over, its content kept aside, unless another owner's mark is on it. */
  ADOPT_UNOWNED,
  /** It is taken over, its content kept aside, whoever owns it. */
  ADOPT_ALL
}
