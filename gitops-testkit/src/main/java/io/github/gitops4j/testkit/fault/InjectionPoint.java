package io.github.gitops4j.testkit.fault;

/**
 * A place at which a fault can strike: before or after a call of an interface that a backend
 * implements.
 *
 * <p>After means that the call did its work and the engine does not learn of it, as if the answer
 * had been lost.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum InjectionPoint {
  /** Before a source says what it tracks. */
  BEFORE_LATEST,
  /** Before a source gives a revision. */
  BEFORE_FETCH,
  /** After a source gave a revision. */
  AFTER_FETCH,
  /** Before live is looked at. */
  BEFORE_OBSERVE,
  /** After live was looked at. */
  AFTER_OBSERVE,
  /** Before a batch is compared. */
  BEFORE_DIFF,
  /** After a batch was compared. */
  AFTER_DIFF,
  /** Before a session is opened. */
  BEFORE_OPEN,
  /** After a session was opened. */
  AFTER_OPEN,
  /** Before a wave is applied. */
  BEFORE_APPLY,
  /** Before an outcome reaches the engine: its action was performed. */
  OUTCOME,
  /** After a wave was applied. */
  AFTER_APPLY,
  /** Before the inventory is read. */
  BEFORE_READ,
  /** Before the inventory is changed. */
  BEFORE_COMMIT,
  /** After the inventory was changed. */
  AFTER_COMMIT,
  /** Before the state of the history is read. */
  BEFORE_STATE,
  /** Before a record is added to the history. */
  BEFORE_APPEND,
  /** After a record was added to the history. */
  AFTER_APPEND,
  /** Before the newest records of the history are read. */
  BEFORE_NEWEST
}
