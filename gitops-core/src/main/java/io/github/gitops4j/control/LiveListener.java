package io.github.gitops4j.control;

import io.github.gitops4j.live.ChangeFeed;
import io.github.gitops4j.resource.ResourceKey;

/**
 * Takes what a live system tells of an application.
 *
 * <p>Thread-safe.
 */
final class LiveListener implements ChangeFeed.Listener {
  private final Board board;
  private final Slot slot;

  LiveListener(Board board, Slot slot) {
    this.board = board;
    this.slot = slot;
  }

  @Override
  public void pending() {
    board.told(slot, Cause.DRIFT);
  }

  @Override
  public void stirred(ResourceKey key) {
    slot.stirred.add(key);
    board.told(slot, Cause.HEALTH);
  }
}
