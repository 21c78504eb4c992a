package io.github.gitops4j.call;

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

  /** Returns the JVM's monotonic clock. */
  static Ticker system() {
    return System::nanoTime;
  }
}
