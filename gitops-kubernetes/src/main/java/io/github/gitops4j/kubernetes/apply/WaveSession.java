package io.github.gitops4j.kubernetes.apply;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.ApplySession;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.kubernetes.internal.api.ApiAnswer;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.resource.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the actions of one order at the same time, and the orders one after the other. Answers are
 * dealt with on the calling thread, one by one. Confined to one thread.
 */
final class WaveSession implements ApplySession {
  private final ApiServer server;
  private final Fencing fencing;
  private final Writing writing;
  private final Removing removing;
  private final int inFlight;
  private final BlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();
  private int underWay;

  WaveSession(ApiServer server, Fencing fencing, Writing writing, Removing removing, int inFlight) {
    this.server = server;
    this.fencing = fencing;
    this.writing = writing;
    this.removing = removing;
    this.inFlight = inFlight;
  }

  @Override
  public Optional<LiveResource> left(ResourceKey key) {
    return fencing.take(key);
  }

  private record Arrived(
      PlannedAction action,
      Prepared.Sending sent,
      @Nullable ApiAnswer answer,
      @Nullable Throwable thrown) {}

  @Override
  public void apply(List<PlannedAction> batch, Consumer<ApplyOutcome> outcomes, CallContext call) {
    TreeMap<Integer, List<PlannedAction>> orders = new TreeMap<>();
    for (PlannedAction action : batch) {
      orders.computeIfAbsent(action.step().order(), order -> new ArrayList<>()).add(action);
    }
    orders.values().forEach(actions -> together(actions, outcomes, call));
  }

  private void together(
      List<PlannedAction> actions, Consumer<ApplyOutcome> outcomes, CallContext call) {
    try {
      for (PlannedAction action : actions) {
        while (underWay >= inFlight) {
          outcomes.accept(next(call));
        }
        Prepared prepared = prepare(action, call);
        if (prepared instanceof Prepared.Settled settled) {
          outcomes.accept(settled.outcome());
        } else if (prepared instanceof Prepared.Sending sending) {
          send(action, sending, call);
        }
      }
      while (underWay > 0) {
        outcomes.accept(next(call));
      }
    } finally {
      // If nobody takes the outcomes any more, what was begun is finished all the same.
      while (underWay > 0) {
        take();
      }
    }
  }

  private Prepared prepare(PlannedAction action, CallContext call) {
    try {
      call.checkActive(action.key() + ": applying");
      return begin(action, call);
    } catch (RuntimeException e) {
      return new Prepared.Settled(failed(action, e));
    }
  }

  private Prepared begin(PlannedAction action, CallContext call) {
    if (action instanceof PlannedAction.Create) {
      return writing.create(action, call);
    } else if (action instanceof PlannedAction.Update) {
      return writing.update(action, call);
    } else if (action instanceof PlannedAction.Replace) {
      return writing.replace(action, call);
    } else if (action instanceof PlannedAction.Adopt) {
      return writing.adopt(action, call);
    } else if (action instanceof PlannedAction.Prune) {
      return removing.prune(action, call);
    } else if (action instanceof PlannedAction.Release) {
      return new Prepared.Settled(removing.release(action, call));
    } else if (action instanceof PlannedAction.Quarantine) {
      return new Prepared.Settled(
          new ApplyOutcome.Failed(
              action.key(),
              Failure.of(
                  FailureCategory.UNSUPPORTED,
                  action.key() + ": quarantine failed: a cluster keeps nothing aside")));
    }
    throw new AssertionError(action);
  }

  private void send(PlannedAction action, Prepared.Sending sending, CallContext call) {
    underWay++;
    try {
      CompletableFuture<ApiAnswer> unused =
          server
              .sendAsync(sending.request(), call)
              .whenComplete(
                  (answer, thrown) -> arrived.add(new Arrived(action, sending, answer, thrown)));
    } catch (RuntimeException e) {
      // The call has ended before anything was sent.
      arrived.add(new Arrived(action, sending, null, e));
    }
  }

  /** Waits for the next answer, also after the call has ended: it did happen. */
  private ApplyOutcome next(CallContext call) {
    Arrived next = take();
    try {
      ApiAnswer answer = next.answer();
      if (answer == null) {
        Throwable thrown = next.thrown() == null ? new IllegalStateException() : next.thrown();
        return new ApplyOutcome.Failed(
            next.action().key(), server.failure(next.sent().request(), thrown));
      }
      ApiAnswer settled = answer.status() == 429 ? again(next, call) : answer;
      return next.sent().settling().settle(settled, call);
    } catch (RuntimeException e) {
      return failed(next.action(), e);
    }
  }

  private ApiAnswer again(Arrived busy, CallContext call) {
    return server.send(busy.sent().request(), call);
  }

  private Arrived take() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          Arrived next = arrived.take();
          underWay--;
          return next;
        } catch (InterruptedException e) {
          // Each request has a time limit; what it did has to be known before we go.
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static ApplyOutcome failed(PlannedAction action, RuntimeException thrown) {
    return new ApplyOutcome.Failed(action.key(), Failure.from(thrown));
  }

  /** Nothing is kept beyond a wave. */
  @Override
  public void close() {}
}
