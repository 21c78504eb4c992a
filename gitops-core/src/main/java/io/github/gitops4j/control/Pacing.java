package io.github.gitops4j.control;

import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.call.Ticker;
import io.github.gitops4j.gate.GateDecision;
import io.github.gitops4j.gate.GateVerdict;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.reconcile.PassResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/**
 * How long an application rests until its next turn.
 *
 * <p>Thread-safe if what it was given is.
 */
final class Pacing {
  /** A feed finds out only when it is drained that nobody tells it anything any more. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private static final double SPREAD = 0.1;

  private final InstantSource clock;
  private final RetryPolicy backoff;
  private final DoubleSupplier jitter;
  private final RetryPolicy waiting;

  /**
   * Creates the pacing.
   *
   * @param backoff how long after each failure in a row
   * @param jitter numbers from 0 to 1
   */
  Pacing(InstantSource clock, RetryPolicy backoff, DoubleSupplier jitter) {
    this.clock = clock;
    this.backoff = backoff;
    this.jitter = jitter;
    this.waiting = RetryPolicy.builder().longest(LONGEST_WAIT).jitter(jitter).build();
  }

  /** Returns how long until its interval is over, which is spread by up to a tenth. */
  private Duration interval(Slot slot, long now) {
    if (slot.regular.filter(time -> time - now > 0).isEmpty()) {
      long nanos = Ticker.countable(slot.application.interval()).toNanos();
      slot.regular = Optional.of(now + nanos + (long) (nanos * SPREAD * jitter.getAsDouble()));
    }
    return Duration.ofNanos(slot.regular.orElseThrow() - now);
  }

  /** Returns how long nothing is tried again after a failure. */
  Duration backoff(Slot slot) {
    return Ticker.countable(backoff.delay(slot.failures));
  }

  /** Returns how long until the next turn; the source is looked at in its interval in any case. */
  Duration rest(Slot slot, long now) {
    Duration rest = interval(slot, now);
    if (slot.remover != null && slot.failures == 0) {
      return waiting.delay(Math.max(1, slot.waited));
    }
    if (slot.failures > 0 && !slot.isAwaiting()) {
      // Whoever may try again and did not, as something has to come first, is told of that.
      long left = slot.notBefore - now;
      return left > 0 ? shorter(rest, Duration.ofNanos(left)) : rest;
    }
    if (slot.last == null) {
      return rest;
    }
    PassResult result = slot.last.result();
    if (result instanceof PassResult.Awaiting awaiting) {
      Duration news =
          slot.listening == null ? waiting.delay(Math.max(1, slot.waited)) : LONGEST_WAIT;
      rest = shorter(shorter(rest, news), until(awaiting.deadline()));
    } else if (result instanceof PassResult.Refused refused) {
      Optional<Instant> again = askAgain(refused.decisions());
      rest = again.isPresent() ? shorter(rest, until(again.get())) : rest;
    }
    Optional<Instant> due =
        slot.unhealthy.values().stream()
            .map(HealthReport::reassessAt)
            .flatMap(Optional::stream)
            .min(Instant::compareTo);
    return due.isPresent() ? shorter(rest, until(due.get())) : rest;
  }

  private static Optional<Instant> askAgain(Collection<GateDecision> decisions) {
    return decisions.stream()
        .map(GateDecision::verdict)
        .flatMap(
            verdict ->
                verdict instanceof GateVerdict.Await await
                    ? await.until().stream()
                    : Stream.<Instant>empty())
        .min(Instant::compareTo);
  }

  /** A moment that is over, by a clock that may jump, does not make it spin. */
  private Duration until(Instant time) {
    Duration left = Duration.between(clock.instant(), time);
    Duration least = Duration.ofSeconds(1);
    return left.compareTo(least) < 0 ? least : left;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
