package io.github.gitops4j.git;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.source.Revision;
import java.util.Optional;

/**
 * A change could not be written to a branch.
 *
 * <table>
 * <caption>Who must act</caption>
 * <tr><td>{@link FailureCategory#STALE}</td><td>what was to be changed is no longer as it was when
 *     that was decided: look and decide again</td></tr>
 * <tr><td>{@link FailureCategory#CONFLICT}</td><td>the branch moved in each attempt: ask again
 *     </td></tr>
 * <tr><td>{@link FailureCategory#FORBIDDEN}</td><td>the server takes no such push; its words are in
 *     the message</td></tr>
 * <tr><td>{@link FailureCategory#INVALID_INPUT}, {@link FailureCategory#NOT_FOUND}</td><td>the
 *     change itself cannot be made</td></tr>
 * <tr><td>others</td><td>as for a fetch</td></tr>
 * </table>
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class GitWriteException extends GitOpsException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<Revision> movedBy;

  /** Creates the exception from its failure. */
  public GitWriteException(Failure failure) {
    this(failure, Optional.empty());
  }

  private GitWriteException(Failure failure, Optional<Revision> movedBy) {
    super(failure);
    this.movedBy = requireNonNull(movedBy, "movedBy");
  }

  static GitWriteException of(FailureCategory category, String message) {
    return new GitWriteException(Failure.of(category, message));
  }

  /** The same change can never succeed: it was decided on what is no more. */
  static GitWriteException stale(String message, Optional<Revision> movedBy) {
    return new GitWriteException(
        new Failure(FailureCategory.STALE, message, false, Optional.empty()), movedBy);
  }

  /** Returns the last commit that changed what was to be changed, if that is known. */
  public Optional<Revision> movedBy() {
    return movedBy;
  }
}
