package io.github.gitops4j.git;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.error.SourceException;
import java.io.FileNotFoundException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.LockFailedException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.PackInvalidException;
import org.eclipse.jgit.errors.PackMismatchException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TooLargePackException;
import org.eclipse.jgit.internal.JGitText;
import org.jspecify.annotations.Nullable;

/** Turns what JGit throws into our exceptions. JGit's texts are judged here and nowhere else. */
final class GitFailures {
  /** A host name holds no space, so no URL before it can look like this. */
  private static final Pattern LOGIN_DENIED = Pattern.compile("(?m)(^|: )Cannot log in at [^ ]+$");

  private static final Pattern CHANNEL_SILENT =
      Pattern.compile(" timed out after [0-9]+ seconds while opening the channel$");

  /** What servers say when a ref is held by another push: theirs, JGit's and Git's. */
  private static final Pattern REF_LOCKED =
      Pattern.compile("\\block\\b|failed to update ref", Pattern.CASE_INSENSITIVE);

  private static final int MOST_WORDS = 1000;

  private GitFailures() {}

  /**
   * Returns the exception for a transfer that failed.
   *
   * @param tried the beginning of its message: where, and what failed
   */
  static GitOpsException transfer(String tried, Throwable thrown) {
    return transfer(tried, thrown, LastStatus.NONE);
  }

  /**
   * Returns the exception for a transfer that failed.
   *
   * @param tried the beginning of its message: where, and what failed
   * @param status what an HTTP server answered last with, or {@link LastStatus#NONE}
   */
  static GitOpsException transfer(String tried, Throwable thrown, int status) {
    if (thrown instanceof GitOpsException ours) {
      return ours;
    }
    FailureCategory category = category(thrown, status);
    return new SourceException(category, tried + words(category, thrown), thrown);
  }

  /** Says whether objects could not be read, whether those sent or those here. */
  static boolean isOfObjects(Throwable thrown) {
    return has(thrown, MissingObjectException.class)
        || has(thrown, CorruptObjectException.class)
        || has(thrown, PackInvalidException.class)
        || has(thrown, PackMismatchException.class);
  }

  /** Returns on one line why a server refused a push, and what else it said. */
  static String serverWords(@Nullable String reason, String messages) {
    String said = messages.strip().replaceAll("\\s*[\r\n]+\\s*", "; ");
    String words = (reason == null ? "no reason given" : reason) + (said.isEmpty() ? "" : ": ");
    String all = words + said;
    return all.length() > MOST_WORDS ? all.substring(0, MOST_WORDS) + "..." : all;
  }

  /** Says whether a push was refused only because another one was under way. */
  static boolean isOfAnotherPush(String words) {
    return REF_LOCKED.matcher(words).find();
  }

  /** Says whether a ref was locked; who holds the lock of the cache may remove that. */
  static boolean isOfLock(Throwable thrown) {
    return has(thrown, LockFailedException.class);
  }

  /** Also among what is suppressed: closing a connection half-way fails in its own way. */
  private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (type.isInstance(at) || Stream.of(at.getSuppressed()).anyMatch(one -> has(one, type))) {
        return true;
      }
    }
    return false;
  }

  /** Types say most, then the status; texts, which quote URLs and paths, come last. */
  private static FailureCategory category(Throwable thrown, int status) {
    return first(thrown, GitFailures::ofType)
        .or(() -> Optional.ofNullable(ofStatus(status)))
        .or(() -> first(thrown, GitFailures::ofText))
        .orElse(FailureCategory.UNAVAILABLE);
  }

  private static Optional<FailureCategory> first(
      Throwable thrown, Function<Throwable, @Nullable FailureCategory> judge) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      FailureCategory found = judge.apply(at);
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
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

  /** A redirect that is the last answer was not followed. */
  private static @Nullable FailureCategory ofStatus(int status) {
    return switch (status) {
      case 401, 407 -> FailureCategory.UNAUTHENTICATED;
      case 300, 301, 302, 303, 307, 308, 403, 451 -> FailureCategory.FORBIDDEN;
      case 404, 410 -> FailureCategory.NOT_FOUND;
      default -> null;
    };
  }

  /** What only a text tells, most of it from SSH: a host and a command are part of it. */
  private static @Nullable FailureCategory ofText(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    if (LOGIN_DENIED.matcher(message).find()) {
      return FailureCategory.UNAUTHENTICATED;
    } else if (message.endsWith(JGitText.get().pushNotPermitted)) {
      return FailureCategory.FORBIDDEN;
    }
    return CHANNEL_SILENT.matcher(message).find() ? FailureCategory.TIMEOUT : null;
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
      default -> otherwise(thrown);
    };
  }

  private static String otherwise(Throwable thrown) {
    return deepest(thrown) instanceof UnknownHostException host
        ? Failure.reasonOf(host)
        : thrown.getClass().getSimpleName() + reason(thrown);
  }

  /** JGit puts the URL, which holds no credentials, and the server's words into its messages. */
  private static String reason(Throwable thrown) {
    String said = deepest(thrown).getMessage();
    return said == null ? "" : ": " + said;
  }

  private static Throwable deepest(Throwable thrown) {
    Throwable deepest = thrown;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest;
  }
}
