package io.github.gitops4j.testkit.contract;

/**
 * What a fixture may be unable to do, because its backend has no such thing.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum Capability {
  /** A single resource can be made unreadable. */
  UNREADABLE_RESOURCE,
  /** The backend as a whole can be made unreachable. */
  UNREACHABLE,
  /** The backend tells what changed. */
  CHANGE_FEED,
  /** What the backend tells is exact as long as there is no doubt. */
  PRECISE_FEED,
  /** The backend tells by itself that something changed. */
  LISTENED_FEED,
  /** A resource is replaced without being away for a moment. */
  NEVER_ABSENT,
  /** Resources have fields: rules about fields and about secrets in them apply. */
  FIELDS,
  /** A source can be without any revision. */
  EMPTY_SOURCE,
  /** Revisions other than the latest can be had. */
  PAST_REVISIONS,
  /** Names that some file system does not take can be in a tree. */
  HOSTILE_NAMES,
  /** What is read can be counted. */
  MEASURED_READS,
  /** What changed between two states is known. */
  KNOWN_CHANGES,
  /** Two files can declare one resource. */
  DUPLICATE_KEYS,
  /** Health is more than being there. */
  JUDGED_CONTENT,
  /** Credentials can be given to a source. */
  CREDENTIALS,
  /** What is declared is kept in files that can be broken. */
  BROKEN_INPUT,
  /** What is kept outlives the object that keeps it. */
  REOPEN,
  /** What is kept can be damaged behind the store's back. */
  DAMAGE,
  /** The last write can be cut short, as a crash does. */
  TORN_WRITE,
  /** The number of bytes kept can be measured. */
  MEASURED_SIZE,
  /** Content that gives way is kept aside. */
  KEPT_ASIDE,
  /** A resource can stay for a while after it was asked to go. */
  SLOW_REMOVAL
}
