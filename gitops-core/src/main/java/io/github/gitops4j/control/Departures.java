package io.github.gitops4j.control;

import io.github.gitops4j.call.Ticker;
import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.FailureCategory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Lets go of applications that were taken off, and tells those who wait for that or for a turn.
 * What follows is collected, to be done without the lock.
 *
 * <p>Guarded by the lock of the {@link Board}.
 */
final class Departures {
  private final Ticker ticker;
  private final Heads heads;
  // How many places each application has: one that is put again may not be let go of yet.
  private final Map<Application, Integer> places = new HashMap<>();

  Departures(Ticker ticker, Heads heads) {
    this.ticker = ticker;
    this.heads = heads;
  }

  /** An application has a place from now on. */
  void arrive(Slot slot) {
    places.merge(slot.application, 1, Integer::sum);
  }

  /** Tells those who wait for a turn of an application that none comes. */
  void dismiss(Slot slot, List<Runnable> afterwards) {
    ApplicationStatus status = slot.status(ticker.nanos());
    List<CompletableFuture<ApplicationStatus>> waiting = List.copyOf(slot.requests);
    slot.requests.clear();
    afterwards.add(() -> waiting.forEach(request -> request.complete(status)));
  }

  /** Lets go of an application that has no turn any more. */
  void letGo(Slot slot, List<Runnable> afterwards) {
    List<CompletableFuture<Void>> gone = List.copyOf(slot.gone);
    List<CompletableFuture<Void>> emptied = List.copyOf(slot.emptied);
    boolean isEmpty = slot.isEmpty;
    afterwards.add(() -> guarded(slot, () -> heads.leave(slot)));
    listenIfItIsHere(slot, afterwards);
    Integer left =
        places.computeIfPresent(slot.application, (any, count) -> count == 1 ? null : count - 1);
    if (left == null) {
      afterwards.add(() -> guarded(slot, slot.application.whenDone));
    }
    dismiss(slot, afterwards);
    afterwards.add(() -> gone.forEach(each -> each.complete(null)));
    afterwards.add(() -> emptied.forEach(each -> tell(each, isEmpty, slot)));
  }

  private static void tell(CompletableFuture<Void> removal, boolean isEmpty, Slot slot) {
    if (isEmpty) {
      removal.complete(null);
    } else {
      removal.completeExceptionally(
          new CallException(
              FailureCategory.CANCELLED,
              slot.name() + ": remove: it was taken off before all that it owns was removed"));
    }
  }

  /** Lets it listen to its live system, or not any more. */
  void listenIfItIsHere(Slot slot, List<Runnable> afterwards) {
    afterwards.add(() -> guarded(slot, slot::listenIfItIsHere));
  }

  private static void guarded(Slot slot, Runnable task) {
    Guarded.run(slot.name() + ": what an application brought with it", task);
  }
}
