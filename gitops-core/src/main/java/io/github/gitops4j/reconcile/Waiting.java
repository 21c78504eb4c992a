package io.github.gitops4j.reconcile;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Pause;
import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.live.ChangeFeed;
import io.github.gitops4j.resource.ResourceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits between two passes until something may have become healthy: until the live system tells so,
 * or until a verdict changes by time alone. Where the live system tells nothing by itself, it waits
 * as long as the retry policy says.
 *
 * <p>Confined to one call; what the feed tells comes from other threads.
 */
final class Waiting implements ChangeFeed.Listener, AutoCloseable {
  /** So long several changes are taken together, as a rollout makes many. */
  private static final Duration TOGETHER = Duration.ofMillis(50);

  /** A feed finds out only when it is asked that nobody tells it anything any more. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** So long something degraded has to take note of what was just written, before the verdict. */
  private static final Duration SETTLING = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);

  private final Setup setup;
  private final Semaphore woken = new Semaphore(0);
  private final Set<ResourceKey> stirred = ConcurrentHashMap.newKeySet();
  private final Optional<ChangeFeed.Listening> listening;
  private volatile Set<ResourceKey> awaited = Set.of();

  Waiting(Setup setup) {
    this.setup = setup;
    this.listening =
        setup.changeFeed().flatMap(feed -> Setup.given("change feed", feed.listen(this)));
  }

  @Override
  public void pending() {
    woken.release();
  }

  @Override
  public void stirred(ResourceKey key) {
    stirred.add(key);
    if (awaited.contains(key)) {
      woken.release();
    }
  }

  /** A pass begins: what happens from now on may be too late for it. */
  void passBegins() {
    awaited = Set.of();
    stirred.clear();
    woken.drainPermits();
  }

  /**
   * Waits until another pass may find more.
   *
   * @param attempt how many passes there were
   * @return false if the call's deadline came first
   * @throws CallException if the call was cancelled first
   */
  boolean afterPass(
      int attempt, PassResult.Awaiting result, ReconcileReport report, CallContext call) {
    try {
      if (listening.isEmpty()) {
        setup.retry.pauseAfter(attempt, call);
      } else {
        awaitNews(result, report, call);
      }
      return true;
    } catch (CallException e) {
      if (e.failure().category() == FailureCategory.TIMEOUT) {
        return false;
      }
      throw e;
    }
  }

  private void awaitNews(PassResult.Awaiting result, ReconcileReport report, CallContext call) {
    awaited = Set.copyOf(result.keys());
    if (Collections.disjoint(stirred, awaited)) {
      await(until(result, report.unhealthy().values()), call);
    }
    Pause.blocking().pause(TOGETHER, call);
  }

  /** Returns how long it may take until time alone changes a verdict. */
  private Duration until(PassResult.Awaiting result, Collection<HealthReport> reports) {
    Instant now = setup.clock.instant();
    Instant next = now.plus(isVerdictDue(reports) ? SETTLING : LONGEST);
    for (Instant due : List.of(result.deadline(), earliest(reports, next))) {
      next = due.isBefore(next) ? due : next;
    }
    return next.isBefore(now) ? Duration.ZERO : Duration.between(now, next);
  }

  private boolean isVerdictDue(Collection<HealthReport> reports) {
    return setup.onDegraded == DegradedPolicy.FAIL
        && reports.stream().anyMatch(report -> report.health() == Health.DEGRADED);
  }

  private static Instant earliest(Collection<HealthReport> reports, Instant otherwise) {
    return reports.stream()
        .flatMap(report -> report.reassessAt().stream())
        .min(Instant::compareTo)
        .orElse(otherwise);
  }

  private void await(Duration limit, CallContext call) {
    try (var ignored = call.cancellation().onCancel(woken::release)) {
      if (!woken.tryAcquire(call.remainingAtMost(limit).toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.debug("nothing was told for {}", limit);
      }
      call.checkActive("waiting for health");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallException(FailureCategory.CANCELLED, "waiting for health: interrupted", e);
    }
  }

  @Override
  public void close() {
    listening.ifPresent(ChangeFeed.Listening::close);
  }
}
