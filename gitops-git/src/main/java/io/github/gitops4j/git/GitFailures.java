package io.github.gitops4j.git;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.error.SourceException;
import java.io.FileNotFoundException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TooLargePackException;
import org.jspecify.annotations.Nullable;

/** Turns what JGit throws into our exceptions. JGit's texts are judged here and nowhere else. */
final class GitFailures {
  private GitFailures() {}

  /** Returns the exception for a transfer that failed. */
  static GitOpsException transfer(GitUrl url, Throwable thrown) {
    if (thrown instanceof GitOpsException ours) {
      return ours;
    }
    FailureCategory category = category(thrown);
    return new SourceException(
        category, url + ": fetching failed: " + words(category, thrown), thrown);
  }

  private static FailureCategory category(Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      FailureCategory found = ofType(at);
      if (found == null) {
        found = ofText(String.valueOf(at.getMessage()));
      }
      if (found != null) {
        return found;
      }
    }
    return FailureCategory.UNAVAILABLE;
  }

  private static @Nullable FailureCategory ofType(Throwable thrown) {
    if (thrown instanceof LimitReachedException
        || thrown instanceof OutOfMemoryError
        || thrown instanceof TooLargePackException
        || thrown instanceof TooLargeObjectInPackException) {
      return FailureCategory.LIMIT_EXCEEDED;
    } else if (thrown instanceof ForeignHostException
        || thrown instanceof HostKeyException
        || thrown instanceof SSLException) {
      return FailureCategory.FORBIDDEN;
    } else if (thrown instanceof NoRemoteRepositoryException
        || thrown instanceof FileNotFoundException) {
      return FailureCategory.NOT_FOUND;
    } else if (thrown instanceof SocketTimeoutException
        || thrown instanceof InterruptedIOException) {
      return FailureCategory.TIMEOUT;
    } else if (thrown instanceof UnknownHostException) {
      return FailureCategory.UNAVAILABLE;
    } else if (thrown instanceof CorruptObjectException
        || thrown instanceof MissingObjectException) {
      return FailureCategory.UNAVAILABLE;
    }
    return thrown instanceof NotSupportedException ? FailureCategory.UNSUPPORTED : null;
  }

  private static @Nullable FailureCategory ofText(String message) {
    if (message.contains("not authorized")
        || message.contains("Authentication is required")
        || message.contains("Cannot log in")
        || message.contains("authentication not supported")) {
      return FailureCategory.UNAUTHENTICATED;
    } else if (message.contains("not permitted")
        || message.contains("Redirection blocked")
        || message.contains("403")) {
      return FailureCategory.FORBIDDEN;
    } else if (message.contains("not found") || message.contains("404")) {
      return FailureCategory.NOT_FOUND;
    } else if (message.contains("Read timed out") || message.contains("time out")) {
      return FailureCategory.TIMEOUT;
    }
    return null;
  }

  private static String words(FailureCategory category, Throwable thrown) {
    return switch (category) {
      case UNAUTHENTICATED -> "credentials are missing or wrong";
      case FORBIDDEN ->
          (thrown instanceof HostKeyException
                  ? "not trusted"
                  : "not allowed: " + thrown.getClass().getSimpleName())
              + reason(thrown);
      case NOT_FOUND -> "there is no such repository";
      case TIMEOUT -> "no answer in time";
      case LIMIT_EXCEEDED -> "more than the limits allow" + reason(thrown);
      default -> thrown.getClass().getSimpleName() + reason(thrown);
    };
  }

  /** JGit puts the URL, which holds no credentials, and the server's words into its messages. */
  private static String reason(Throwable thrown) {
    Throwable deepest = thrown;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.getMessage() == null ? "" : ": " + deepest.getMessage();
  }
}
