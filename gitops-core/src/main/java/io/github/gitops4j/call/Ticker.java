package io.github.gitops4j.call;

import java.time.Duration;

/**
 * Monotonic time in nanoseconds, with an arbitrary zero; the wall clock never decides a deadline.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Ticker {
  /** Returns nanoseconds since an arbitrary but fixed moment. */
  long nanos();

  /**
   * Returns a time that can be added to any reading: the time itself, or a hundred years if it is
   * longer. So a timeout that no clock can count to is none, and what is due then never is.
   */
  static Duration countable(Duration time) {
    Duration longest = Duration.ofDays(36_500);
    if (time.isNegative()) {
      return time.compareTo(longest.negated()) > 0 ? time : longest.negated();
    }
    return time.compareTo(longest) < 0 ? time : longest;
  }

  /** Returns the JVM's monotonic clock. */
  static Ticker system() {
    return System::nanoTime;
  }
}
