package io.github.gitops4j.testkit.fault;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.testkit.ManualClock;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Something that goes wrong at a call.
 *
 * <p>Thread-safe if what it does is.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Fault {
  /**
   * Goes wrong: throws, or does something and lets the call go on.
   *
   * @param point the call
   * @param call its context
   */
  void strike(InjectionPoint point, CallContext call);

  /** Returns the fault that the process dies, by a {@link SimulatedCrash}. */
  static Fault crash() {
    return (point, call) -> {
      throw new SimulatedCrash(point.toString());
    };
  }

  /** Returns the fault that the call fails with an exception, made anew each time. */
  static Fault failing(Supplier<? extends RuntimeException> exception) {
    requireNonNull(exception, "exception");
    return (point, call) -> {
      throw exception.get();
    };
  }

  /** Returns the fault that the call takes a long time on a clock that stands still otherwise. */
  static Fault delay(ManualClock clock, Duration time) {
    requireNonNull(clock, "clock");
    return (point, call) -> clock.advance(time);
  }

  /** Returns the fault that somebody cancels meanwhile. */
  static Fault cancel() {
    return (point, call) -> call.cancellation().cancel();
  }

  /** Returns the fault that something else happens meanwhile, for example an edit of live. */
  static Fault meanwhile(Runnable action) {
    requireNonNull(action, "action");
    return (point, call) -> action.run();
  }
}
