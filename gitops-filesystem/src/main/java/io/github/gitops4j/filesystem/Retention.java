package io.github.gitops4j.filesystem;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long content stays in quarantine. By default for ever.
 *
 * <p>Immutable.
 *
 * @param age longest age
 * @param files most files
 * @param bytes most bytes
 * @since 0.1.0
 */
public record Retention(Duration age, long files, long bytes) {
  private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

  /** Checks the parts. */
  public Retention {
    requireNonNull(age, "age");
    if (age.isNegative() || files < 0 || bytes < 0) {
      throw new IllegalArgumentException("a limit is negative");
    }
  }

  /** Returns the limits that keep everything. */
  public static Retention forEver() {
    return new Retention(FOR_EVER, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** Returns these limits with another age. */
  public Retention withAge(Duration value) {
    return new Retention(value, files, bytes);
  }

  /** Returns these limits with another number of files. */
  public Retention withFiles(long value) {
    return new Retention(age, value, bytes);
  }

  /** Returns these limits with another number of bytes. */
  public Retention withBytes(long value) {
    return new Retention(age, files, value);
  }

  /** Says whether something is beyond any of the limits. */
  boolean exceeded(Duration itsAge, long filesSoFar, long bytesSoFar) {
    return itsAge.compareTo(age) > 0 || filesSoFar > files || bytesSoFar > bytes;
  }
}
