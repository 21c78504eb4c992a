package io.github.gitops4j.kubernetes.internal.api;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Pause;
import io.github.gitops4j.call.Ticker;
import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.LiveStateException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all that is sent through one client has in common: how many requests are under way, and
 * until when the server wants to be left alone.
 *
 * <p>Thread-safe.
 */
final class Traffic {
  private static final Duration LONGEST_CLOSED = Duration.ofSeconds(60);

  private final Pause pause;
  private final AtomicLong closedUntil = new AtomicLong(Long.MIN_VALUE);
  private final Deque<CompletableFuture<Boolean>> waiting = new ArrayDeque<>();
  private int free;

  Traffic(Pause pause, int most) {
    this.pause = pause;
    this.free = most;
  }

  /**
   * Waits until one more request may be sent, first come, first served. Each needs a {@link
   * #leave()}.
   *
   * @throws CallException if the call ends first
   * @throws LiveStateException if the server leaves too many others unanswered for so long
   */
  void enter(ApiRequest request, Duration limit, CallContext call) {
    waitUntilOpen(call);
    call.checkActive(request.toString());
    CompletableFuture<Boolean> turn = new CompletableFuture<>();
    synchronized (waiting) {
      if (free > 0) {
        free--;
        return;
      }
      waiting.add(turn);
    }
    await(turn, request, call.remainingAtMost(limit), call);
  }

  private void await(
      CompletableFuture<Boolean> turn, ApiRequest request, Duration limit, CallContext call) {
    try (var ignored = call.cancellation().onCancel(() -> turn.cancel(true))) {
      turn.get(limit.toMillis() + 1, TimeUnit.MILLISECONDS);
      waitUntilOpen(call);
      call.checkActive(request.toString());
    } catch (InterruptedException e) {
      giveUp(turn);
      Thread.currentThread().interrupt();
      throw new CallException(FailureCategory.CANCELLED, request + ": interrupted", e);
    } catch (TimeoutException | ExecutionException | CancellationException e) {
      giveUp(turn);
      call.checkActive(request.toString());
      throw new LiveStateException(
          FailureCategory.UNAVAILABLE,
          request + " failed: none of the requests before it was answered within " + limit,
          e);
    } catch (CallException e) {
      leave();
      throw e;
    }
  }

  private void giveUp(CompletableFuture<Boolean> turn) {
    if (!turn.cancel(true) && !turn.isCancelled()) {
      leave();
    }
  }

  /** The answer is here, or will not come. */
  void leave() {
    while (true) {
      CompletableFuture<Boolean> next;
      synchronized (waiting) {
        next = waiting.poll();
        if (next == null) {
          free++;
          return;
        }
      }
      // One that has given up is passed over.
      if (next.complete(true)) {
        return;
      }
    }
  }

  /** The server wants to be left alone; a minute is the longest that is heeded. */
  void closeFor(Duration asked, Ticker ticker) {
    Duration wait = asked.compareTo(LONGEST_CLOSED) > 0 ? LONGEST_CLOSED : asked;
    long until = ticker.nanos() + wait.toNanos();
    closedUntil.accumulateAndGet(
        until, (old, now) -> old == Long.MIN_VALUE || now - old > 0 ? now : old);
  }

  Duration closedFor(Ticker ticker) {
    long until = closedUntil.get();
    long left = until == Long.MIN_VALUE ? 0 : until - ticker.nanos();
    return Duration.ofNanos(Math.max(0, left));
  }

  private void waitUntilOpen(CallContext call) {
    // An answer that comes meanwhile may say that it takes longer.
    for (Duration left = closedFor(call.ticker());
        !left.isZero();
        left = closedFor(call.ticker())) {
      pause.pause(left, call);
    }
  }
}
