package io.github.gitops4j.error;

import static java.util.Objects.requireNonNull;

import java.nio.file.InvalidPathException;
import java.util.Optional;

/**
 * Why one thing did not work, as a value: the other things go on.
 *
 * <p>Immutable.
 *
 * @param category who must act
 * @param message one line: what was tried, on what, and why it failed; never a secret
 * @param retryable whether the same call may succeed later
 * @param cause the exception behind it, if there is one
 * @since 0.1.0
 */
public record Failure(
    FailureCategory category, String message, boolean retryable, Optional<Throwable> cause) {

  /** Checks the parts and folds control characters of the message to one line. */
  public Failure {
    requireNonNull(category, "category");
    requireNonNull(cause, "cause");
    message = OneLine.of(requireNonNull(message, "message"));
  }

  /** Creates a failure that is retryable if its category is. */
  public static Failure of(FailureCategory category, String message) {
    return new Failure(category, message, category.retryable(), Optional.empty());
  }

  /** Creates a failure with its cause, retryable if its category is. */
  public static Failure of(FailureCategory category, String message, Throwable cause) {
    return new Failure(category, message, category.retryable(), Optional.of(cause));
  }

  /**
   * Turns anything thrown by a plug-in into a failure: our exceptions keep theirs, everything else
   * is {@link FailureCategory#INTERNAL} with the class name, as the message of an unknown exception
   * may hold a secret.
   */
  public static Failure from(Throwable thrown) {
    if (thrown instanceof GitOpsException ours) {
      return ours.failure();
    }
    if (thrown instanceof InvalidPathException path) {
      // Mostly a process that was started in a locale whose encoding has not the signs of the name.
      return of(
          FailureCategory.UNSUPPORTED,
          path.getInput()
              + ": not a path for this process: "
              + path.getReason()
              + "; is its locale one of UTF-8?",
          thrown);
    }
    return of(FailureCategory.INTERNAL, "unexpected " + thrown.getClass().getName(), thrown);
  }

  /**
   * Returns why input or output failed, in words for the end of a message: an exception of the JDK
   * may say it by its class alone, and have the path of a file or nothing as its message.
   */
  public static String reasonOf(Exception problem) {
    return IoReason.of(problem);
  }

  /** Returns {@code category: message}. */
  @Override
  public String toString() {
    return category + ": " + message;
  }
}
