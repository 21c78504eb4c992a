package io.github.gitops4j.reconcile;

import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.history.OperationResult;
import java.time.Instant;
import java.util.Optional;

/** Decides whether what has become healthy may still count as failed. */
final class LateFailure {
  private LateFailure() {}

  /**
   * Returns what to record, if what was applied last became healthy, nothing was begun since, the
   * target is at no pin, and it has not failed already.
   *
   * @param notBefore its operation may not have ended earlier
   */
  static Optional<HistoryEvent> of(HistoryState history, Instant notBefore, String reason) {
    boolean isLongAgo = history.lastEndedAt().filter(end -> !end.isBefore(notBefore)).isEmpty();
    if (isLongAgo || history.running().isPresent() || history.pin().isPresent()) {
      return Optional.empty();
    }
    return history
        .lastEnded()
        .filter(ended -> ended.result() == OperationResult.SUCCEEDED)
        .flatMap(
            ended ->
                history
                    .lastEndedContent()
                    .filter(content -> history.failureOf(content).isEmpty())
                    .map(
                        content ->
                            new HistoryEvent.RevisionFailed(ended.revision(), content, reason)));
  }
}
