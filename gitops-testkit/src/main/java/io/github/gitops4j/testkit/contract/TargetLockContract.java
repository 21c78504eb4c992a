package io.github.gitops4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.gitops4j.apply.TargetLock;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.call.Pause;
import io.github.gitops4j.error.ApplyException;
import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Holds a {@link TargetLock} against its rules {@code TL-1} to {@code TL-5}.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
public abstract class TargetLockContract extends FixtureKit<LockFixture> {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final ManualClock clock = ManualClock.create();

  /** Creates the kit. */
  protected TargetLockContract() {}

  /** Makes targets whose locks nobody holds. */
  @Override
  protected abstract LockFixture createFixture();

  @Test
  @ContractRule("TL-1")
  final void nobodyElseGetsWhatIsHeld() {
    TargetLock same = lock("one");
    try (TargetLock.Held held = same.acquire(call())) {
      for (TargetLock other : List.of(same, lock("one"))) {
        ApplyException refused = refused(other);
        String message = refused.failure().message();
        assertTrue(message.contains("held by "), message);
      }
    }
  }

  @Test
  @ContractRule("TL-1")
  final void aRefusedTryDoesNotGiveAwayWhatIsHeld() {
    try (TargetLock.Held held = lock("one").acquire(call())) {
      refused(lock("one"));
      refused(lock("one"));
    }
  }

  @Test
  @ContractRule("TL-2")
  final void whatIsGivenBackCanBeTakenAgain() {
    for (int i = 0; i < 3; i++) {
      TargetLock.Held held = lock("one").acquire(call());
      refused(lock("one"));
      held.close();
    }
    lock("one").acquire(call()).close();
  }

  @Test
  @ContractRule("TL-2")
  final void whoWaitsGetsItAsSoonAsItIsGivenBack() {
    TargetLock.Held held = lock("one").acquire(call());
    Pause givesBack =
        (time, call) -> {
          held.close();
          clock.pause(time, call);
        };
    fixture().lock("one", givesBack).acquire(call()).close();
  }

  @Test
  @ContractRule("TL-3")
  final void givingBackTwiceDoesNotFreeTheNextHolder() {
    TargetLock.Held first = lock("one").acquire(call());
    first.close();
    try (TargetLock.Held second = lock("one").acquire(call())) {
      first.close();
      refused(lock("one"));
    }
  }

  @Test
  @ContractRule("TL-4")
  final void waitingEndsAtTheDeadline() {
    try (TargetLock.Held held = lock("one").acquire(call())) {
      CallContext call = clock.callWithin(Duration.ofMillis(500));
      GitOpsException ended =
          ending(() -> assertThrows(GitOpsException.class, () -> lock("one").acquire(call)));
      assertTrue(
          List.of(FailureCategory.CONFLICT, FailureCategory.TIMEOUT).contains(ended.category()),
          ended.failure()::toString);
    }
  }

  @Test
  @ContractRule("TL-4")
  final void waitingEndsWhenCancelled() {
    Cancellation cancellation = new Cancellation();
    Pause cancels =
        (time, call) -> {
          cancellation.cancel();
          clock.pause(time, call);
        };
    CallContext call =
        CallContext.builder().ticker(clock).timeout(LONG).cancellation(cancellation).build();
    try (TargetLock.Held held = lock("one").acquire(call())) {
      TargetLock waiting = fixture().lock("one", cancels);
      CallException ended =
          ending(() -> assertThrows(CallException.class, () -> waiting.acquire(call)));
      assertEquals(FailureCategory.CANCELLED, ended.category());
    }
    assertFalse(call.isActive());
    lock("one").acquire(call()).close();
  }

  @Test
  @ContractRule("TL-5")
  final void locksOfDifferentTargetsAreApart() {
    try (TargetLock.Held one = lock("one").acquire(call());
        TargetLock.Held two = lock("two").acquire(call())) {
      refused(lock("one"));
      refused(lock("two"));
    }
  }

  private TargetLock lock(String target) {
    return fixture().lock(target, clock);
  }

  private CallContext call() {
    return clock.callWithin(LONG);
  }

  private ApplyException refused(TargetLock lock) {
    return ending(
        () ->
            Calls.assertFails(
                ApplyException.class,
                List.of(FailureCategory.CONFLICT),
                () -> lock.acquire(call())));
  }
}
