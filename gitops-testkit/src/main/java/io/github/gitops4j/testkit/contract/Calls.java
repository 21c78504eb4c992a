package io.github.gitops4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.testkit.ManualClock;
import java.time.Duration;
import java.util.List;

/** Calls that go on, and calls that have ended before they begin. */
final class Calls {
  static final CallContext UNBOUNDED = CallContext.unbounded();

  private Calls() {}

  /** Returns a call that was cancelled. */
  static CallContext cancelled() {
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    return CallContext.builder().cancellation(cancellation).build();
  }

  /** Returns a call whose deadline has passed. */
  static CallContext expired() {
    ManualClock clock = ManualClock.create();
    CallContext call = clock.callWithin(Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(2));
    return call;
  }

  /** Checks that work fails with one of our exceptions in one of these categories. */
  static <T extends GitOpsException> T assertFails(
      Class<T> type, List<FailureCategory> categories, Runnable work) {
    T thrown = assertThrows(type, work::run);
    if (!categories.contains(thrown.category())) {
      throw new AssertionError(
          "expected one of " + categories + ", got " + thrown.failure(), thrown);
    }
    return thrown;
  }

  /** Checks that what was thrown says why. */
  static void assertExplains(Throwable thrown) {
    String message = thrown.getMessage();
    if (message == null || message.isBlank()) {
      throw new AssertionError("an exception without a message", thrown);
    }
  }
}
