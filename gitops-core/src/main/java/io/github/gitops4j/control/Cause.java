package io.github.gitops4j.control;

/**
 * Why an application has a turn. It only says where to look; a pass reads the real state.
 *
 * @since 0.1.0
 */
public enum Cause {
  /** The application was added or changed. */
  CHANGED,
  /** Its interval is over. */
  INTERVAL,
  /** Its source tracks something else, or may do so. */
  SOURCE,
  /** Its live system told that something may have changed. */
  DRIFT,
  /** Its live system told that a resource may have become healthy, or may not be any more. */
  HEALTH,
  /** An application that it depends on has moved on. */
  DEPENDENCY,
  /** It waited for something, or failed and is tried again. */
  RETRY,
  /** Somebody asked for it. */
  REQUESTED
}
