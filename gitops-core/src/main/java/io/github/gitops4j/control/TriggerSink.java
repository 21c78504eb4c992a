package io.github.gitops4j.control;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Takes what triggers tell.
 *
 * <p>Thread-safe.
 */
final class TriggerSink implements Trigger.Sink {
  private final Board board;

  TriggerSink(Board board) {
    this.board = board;
  }

  @Override
  public int remotesMoved(Predicate<String> mayHaveMoved) {
    Collection<Slot> there = board.heads().at(mayHaveMoved);
    there.forEach(slot -> board.ask(slot, Cause.SOURCE, Optional.empty()));
    return there.size();
  }

  @Override
  public boolean applicationMoved(String application) {
    Optional<Slot> slot = board.find(requireNonNull(application, "application"));
    slot.ifPresent(known -> board.ask(known, Cause.SOURCE, Optional.empty()));
    return slot.isPresent();
  }
}
