package io.github.gitops4j.filesystem;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.GitOpsException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;

/** Says in our words why a write failed. */
final class WriteFailure {
  private WriteFailure() {}

  /** Returns the failure of something that was to be written. */
  static Failure of(Object what, Exception e) {
    if (e instanceof GitOpsException ours) {
      return ours.failure();
    }
    String tried = what + ": writing failed: ";
    if (e instanceof AccessDeniedException) {
      return Failure.of(FailureCategory.FORBIDDEN, tried + "permission denied", e);
    } else if (e instanceof FileAlreadyExistsException || e instanceof NoSuchFileException) {
      return Failure.of(FailureCategory.STALE, tried + Publishing.CHANGED, e);
    } else if (e instanceof FileSystemException fileSystem) {
      return ofReason(tried, fileSystem);
    } else if (e instanceof InvalidPathException) {
      return Failure.of(
          FailureCategory.UNSUPPORTED,
          tried + "this system's file name encoding cannot spell it",
          e);
    } else if (e instanceof IOException) {
      return Failure.of(FailureCategory.UNAVAILABLE, tried + Failure.reasonOf(e), e);
    }
    return Failure.from(e);
  }

  private static Failure ofReason(String tried, FileSystemException e) {
    String why = Failure.reasonOf(e);
    if (why.contains("cross-device")) {
      return Failure.of(
          FailureCategory.UNSUPPORTED, tried + "another file system is mounted below the root", e);
    } else if (why.contains("not permitted")) {
      return Failure.of(FailureCategory.FORBIDDEN, tried + "operation not permitted", e);
    } else if (why.contains("too long")) {
      return Failure.of(FailureCategory.UNSUPPORTED, tried + "its path is too long here", e);
    }
    return Failure.of(FailureCategory.UNAVAILABLE, tried + why, e);
  }
}
