package io.github.gitops4j.apply;

/**
 * What an action did, for counting and for switching on.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum Effect {
  /** Something that was absent was written. */
  CREATED,
  /** Something that was there was changed. */
  UPDATED,
  /** Something was deleted and created again. */
  REPLACED,
  /** Something is owned that was not; nothing was written. */
  ADOPTED,
  /** Something was removed. */
  PRUNED,
  /** Something was removed and its content kept aside. */
  QUARANTINED,
  /** Something is owned no longer; nothing was written. */
  RELEASED,
  /** Something was asked to go and is still there. */
  REMOVING,
  /** Nothing was done. */
  FAILED
}
