package io.github.gitops4j.control;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The turns under way, those of retired applications too.
 *
 * <p>Guarded by the lock of the {@link Board}.
 */
final class UnderWay {
  // The thread once it is known.
  private final Map<Slot, Optional<Thread>> turns = new HashMap<>();
  private @Nullable CompletableFuture<Void> drained;

  /** A turn waits for a thread. */
  void begin(Slot slot) {
    turns.put(slot, Optional.empty());
  }

  /** A turn runs in this thread. */
  void run(Slot slot) {
    turns.put(slot, Optional.of(Thread.currentThread()));
  }

  /** Says whether a turn waits for a thread. */
  boolean hasNoThread(Slot slot) {
    return Optional.empty().equals(turns.get(slot));
  }

  void end(Slot slot) {
    turns.remove(slot);
    tellIfDrained();
  }

  /** Asks all to stop between two writes, and tells when they have. */
  void cancelAll(CompletableFuture<Void> idle) {
    drained = idle;
    turns.keySet().forEach(slot -> slot.cancellation.cancel());
    tellIfDrained();
  }

  /** A turn that closes the controller itself is not waited for. */
  private void tellIfDrained() {
    Optional<Thread> own = Optional.of(Thread.currentThread());
    if (drained != null && turns.values().stream().allMatch(own::equals)) {
      drained.complete(null);
    }
  }
}
