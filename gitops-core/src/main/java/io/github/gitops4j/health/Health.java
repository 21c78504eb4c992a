package io.github.gitops4j.health;

/**
 * Readiness of a live resource. The words are kstatus's where it has one: Current is {@link
 * #HEALTHY}, InProgress {@link #PROGRESSING}, Failed {@link #DEGRADED}, Terminating {@link
 * #TERMINATING}, NotFound {@link #MISSING}.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum Health {
  /** It does what it is there for. */
  HEALTHY,
  /** It is on its way. */
  PROGRESSING,
  /** Somebody stopped it on purpose. */
  SUSPENDED,
  /** It failed, and waiting alone will not help. */
  DEGRADED,
  /** It is being deleted. */
  TERMINATING,
  /** It is not there. */
  MISSING,
  /** Nobody can say. */
  UNKNOWN
}
