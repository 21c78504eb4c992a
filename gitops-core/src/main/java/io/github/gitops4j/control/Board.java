package io.github.gitops4j.control;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.control.ApplicationStatus.Activity;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.source.Remote.Tracked;
import io.github.gitops4j.source.Revision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All applications, who has a turn, and who is due when. Everything goes through one short lock;
 * nothing of a user is called under it.
 *
 * <p>Thread-safe.
 */
final class Board implements Turn.Rules {
  /** So long several changes of a live system are taken together. */
  private static final long TOGETHER = Duration.ofMillis(50).toNanos();

  /** So often the health of everything is looked at although changes are told. */
  private static final long HEALTH_SWEEP = Duration.ofMinutes(10).toNanos();

  private static final Duration REJECTED = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(Board.class);

  private final Object lock = new Object();
  private final Controller.Builder setup;
  private final Pacing pacing;
  private final Heads heads;
  private final WorkQueue queue;
  private final Map<String, Slot> slots = new HashMap<>();
  private final Dependencies dependencies = new Dependencies(slots);
  private final Agenda agenda = new Agenda();
  // Those of retired applications too; the thread once it is known.
  private final Map<Slot, Optional<Thread>> running = new HashMap<>();
  private final Alarm alarm;
  private boolean closed;
  private @Nullable CompletableFuture<Void> drained;

  Board(Controller.Builder setup) {
    this.setup = setup;
    this.pacing = new Pacing(setup.clock, setup.backoff, setup.jitter);
    this.heads = new Heads(setup.ticker, setup.backoff, this::moved);
    this.queue = new WorkQueue(setup.workers, setup.slowAfter);
    this.alarm = new Alarm(lock, setup.scheduler, setup.ticker, this::ring);
  }

  Heads heads() {
    return heads;
  }

  /** Makes a change under the lock, and afterwards what follows from it without the lock. */
  private void change(Consumer<List<Runnable>> work) {
    List<Runnable> afterwards = new ArrayList<>();
    synchronized (lock) {
      work.accept(afterwards);
      dispatch(afterwards);
      setAlarm(afterwards);
    }
    afterwards.forEach(Runnable::run);
  }

  /** Reads something under the lock. */
  <T> T read(BiFunction<Map<String, Slot>, Long, T> work) {
    synchronized (lock) {
      return work.apply(slots, setup.ticker.nanos());
    }
  }

  /** Adds an application, or puts it in the place of the one of that name. */
  void put(Slot slot) {
    change(
        afterwards -> {
          if (closed) {
            throw new IllegalStateException("the controller is closed");
          }
          Slot before = slots.put(slot.name(), slot);
          if (before != null) {
            retire(before, slot, afterwards);
          }
          dependencies.join(slot);
          enqueue(slot, Cause.CHANGED);
          wakeDependents(slot);
        });
  }

  /** Takes an application off; what it owns stays. */
  void orphan(Slot slot, CompletableFuture<Void> done) {
    change(
        afterwards -> {
          slot.gone.add(done);
          if (slots.remove(slot.name(), slot)) {
            retire(slot, null, afterwards);
            wakeDependents(slot);
          }
        });
  }

  private void retire(Slot slot, @Nullable Slot successor, List<Runnable> afterwards) {
    detach(slot);
    slot.cancellation.cancel();
    boolean isRunning = running.containsKey(slot);
    if (successor != null) {
      successor.predecessor = isRunning ? slot : slot.predecessor;
    }
    if (!isRunning) {
      letGo(slot, afterwards);
    }
  }

  private void detach(Slot slot) {
    slot.retired = true;
    agenda.forget(slot);
    queue.remove(slot);
    dependencies.leave(slot);
  }

  private void letGo(Slot slot, List<Runnable> afterwards) {
    ApplicationStatus status = slot.status(setup.ticker.nanos());
    List<CompletableFuture<ApplicationStatus>> waiting = List.copyOf(slot.requests);
    slot.requests.clear();
    List<CompletableFuture<Void>> gone = List.copyOf(slot.gone);
    afterwards.add(
        () -> {
          heads.leave(slot);
          if (slot.listening != null) {
            slot.listening.close();
          }
          guarded(slot, slot.application.whenDone);
          waiting.forEach(request -> request.complete(status));
          gone.forEach(each -> each.complete(null));
        });
  }

  private static void guarded(Slot slot, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.warn("{}: what is done with an application that is removed threw", slot.name(), e);
    }
  }

  /** Gives an application a turn in which it looks at its source anew, or one more. */
  void ask(Slot slot, Cause cause, Optional<CompletableFuture<ApplicationStatus>> request) {
    change(
        afterwards -> {
          if (closed || slot.retired || (slot.suspended && slot.remover == null)) {
            ApplicationStatus status = slot.status(setup.ticker.nanos());
            request.ifPresent(waits -> afterwards.add(() -> waits.complete(status)));
            return;
          }
          request.ifPresent(slot.requests::add);
          slot.asked = Optional.of(heads.looks());
          enqueue(slot, cause);
        });
  }

  private void enqueue(Slot slot, Cause cause) {
    if (slot.retired || (slot.suspended && slot.remover == null)) {
      return;
    }
    slot.causes.add(cause);
    if (slot.activity == Activity.RESTING && slot.predecessor == null) {
      agenda.forget(slot);
      slot.activity = Activity.QUEUED;
      queue.add(slot);
    }
  }

  /** The live system told something; more of it may follow at once. */
  void told(Slot slot, Cause cause) {
    change(
        afterwards -> {
          if (!closed && !slot.retired && !slot.suspended && slot.remover == null) {
            slot.causes.add(cause);
            if (slot.activity == Activity.RESTING) {
              agenda.atLatest(slot, setup.ticker.nanos() + TOGETHER);
            }
          }
        });
  }

  private void moved(List<Slot> others) {
    if (!others.isEmpty()) {
      change(
          afterwards -> {
            others.forEach(slot -> enqueue(slot, Cause.SOURCE));
          });
    }
  }

  void suspend(Slot slot, boolean value) {
    change(
        afterwards -> {
          slot.suspended = value;
          if (value) {
            agenda.forget(slot);
            queue.remove(slot);
            if (slot.activity == Activity.QUEUED) {
              slot.activity = Activity.RESTING;
            }
            slot.causes.clear();
          } else {
            enqueue(slot, Cause.REQUESTED);
          }
        });
  }

  /** Removes what an application owns, and then the application. */
  void remove(Slot slot, Reconciler remover, CompletableFuture<Void> done) {
    change(
        afterwards -> {
          slot.gone.add(done);
          slot.remover = slot.remover == null ? remover : slot.remover;
          slot.failures = 0;
          enqueue(slot, Cause.REQUESTED);
        });
  }

  private void wakeDependents(Slot slot) {
    for (Slot other : dependencies.of(slot)) {
      if (!other.waits.isEmpty() && !other.retired) {
        enqueue(other, Cause.DEPENDENCY);
      }
    }
  }

  private void dispatch(List<Runnable> afterwards) {
    long now = setup.ticker.nanos();
    for (Optional<Slot> next = queue.begin(now); next.isPresent(); next = queue.begin(now)) {
      Slot slot = next.get();
      slot.activity = Activity.RUNNING;
      slot.cancellation = new Cancellation();
      running.put(slot, Optional.empty());
      afterwards.add(() -> submit(slot));
    }
  }

  private void submit(Slot slot) {
    try {
      setup.executor.execute(() -> work(slot));
    } catch (RejectedExecutionException e) {
      LOG.warn("{}: the executor takes no turn", slot.name(), e);
      change(
          afterwards -> {
            Set<Cause> why = EnumSet.copyOf(slot.causes);
            slot.causes.clear();
            rest(slot, REJECTED.toNanos());
            slot.causes.addAll(why);
            settle(slot, afterwards);
          });
    }
  }

  private void work(Slot slot) {
    List<CompletableFuture<ApplicationStatus>> requests = new ArrayList<>();
    Turn turn;
    synchronized (lock) {
      running.put(slot, Optional.of(Thread.currentThread()));
      requests.addAll(slot.requests);
      slot.requests.clear();
      turn = begin(slot);
    }
    Turn.Ended ended = turn.take();
    change(afterwards -> end(slot, ended, requests, afterwards));
  }

  private Turn begin(Slot slot) {
    Set<Cause> why = EnumSet.copyOf(slot.causes);
    long now = setup.ticker.nanos();
    boolean healthDue =
        slot.listening == null
            || slot.healthSwept.isEmpty()
            || now - slot.healthSwept.get() >= HEALTH_SWEEP;
    Turn.Asked asked = new Turn.Asked(why, slot.asked, healthDue, slot.unhealthy, slot.remover);
    slot.causes.clear();
    slot.asked = Optional.empty();
    if (closed) {
      slot.cancellation.cancel();
    }
    CallContext call =
        CallContext.builder()
            .ticker(setup.ticker)
            .timeout(slot.application.passTimeout())
            .cancellation(slot.cancellation)
            .build();
    return new Turn(slot, asked, this, call, setup.clock);
  }

  @Override
  public Tracked head(Slot slot, Optional<Long> since, CallContext call) {
    return heads.current(slot, since, call);
  }

  @Override
  public Turn.Permission mayPass(Slot slot, Set<Cause> why, Revision head) {
    synchronized (lock) {
      long now = setup.ticker.nanos();
      boolean moved = slot.remover == null && !head.equals(slot.head);
      if (!moved && slot.isBackingOff(why, now)) {
        return new Turn.Permission(true, List.of());
      }
      if (slot.remover == null) {
        return new Turn.Permission(false, dependencies.waits(slot, head));
      }
      return new Turn.Permission(
          false,
          dependencies.hasRemovedDependents(slot)
              ? List.of(
                  new Condition(
                      Condition.Type.DEPENDENCY_NOT_READY, "what depends on it is still there"))
              : List.of());
    }
  }

  private void end(
      Slot slot,
      Turn.Ended ended,
      List<CompletableFuture<ApplicationStatus>> requests,
      List<Runnable> afterwards) {
    long now = setup.ticker.nanos();
    boolean wasReady = slot.isReady();
    Revision reached = slot.reached;
    take(slot, ended, now);
    rest(slot, pacing.rest(slot, now).toNanos());
    if (isRemoved(ended) && slots.remove(slot.name(), slot)) {
      detach(slot);
      dependenciesOf(slot).forEach(other -> enqueue(other, Cause.DEPENDENCY));
      wakeDependents(slot);
    }
    boolean isReady = slot.isReady();
    if (isReady != wasReady || (reached != null && !reached.equals(slot.reached))) {
      wakeDependents(slot);
    }
    ApplicationStatus status = slot.status(now);
    afterwards.add(() -> requests.forEach(request -> request.complete(status)));
    settle(slot, afterwards);
  }

  /** A turn is over: whoever waits for that goes on. */
  private void settle(Slot slot, List<Runnable> afterwards) {
    if (slot.retired) {
      letGo(slot, afterwards);
      Slot successor = slots.get(slot.name());
      if (successor != null && successor.predecessor == slot) {
        successor.predecessor = null;
        enqueue(successor, Cause.CHANGED);
      }
    }
    tellIfDrained();
  }

  private static boolean isRemoved(Turn.Ended ended) {
    return ended instanceof Turn.Ended.Removed removed
        && removed.report().result() instanceof PassResult.Done
        && removed.report().failures().isEmpty();
  }

  private List<Slot> dependenciesOf(Slot slot) {
    return slot.application.dependsOn().stream()
        .map(slots::get)
        .filter(other -> other != null && other.remover != null)
        .toList();
  }

  private void take(Slot slot, Turn.Ended ended, long now) {
    if (ended instanceof Turn.Ended.Passed passed) {
      takeReport(slot, passed.report(), now);
      passed.health().ifPresent(health -> slot.take(health, now));
    } else if (ended instanceof Turn.Ended.Removed removed) {
      takeReport(slot, removed.report(), now);
    } else if (ended instanceof Turn.Ended.Assessed assessed) {
      slot.take(assessed.health(), now);
    } else if (ended instanceof Turn.Ended.Waits waits) {
      slot.waits = waits.conditions();
    }
  }

  private void takeReport(Slot slot, ReconcileReport report, long now) {
    slot.waits = List.of();
    if (slot.take(report)) {
      slot.notBefore = now + pacing.backoff(slot).toNanos();
    }
  }

  /** Ends a turn; the next one is due after a time, or sooner if something happened meanwhile. */
  private void rest(Slot slot, long nanos) {
    long now = setup.ticker.nanos();
    running.remove(slot);
    queue.end(slot, now);
    slot.activity = Activity.RESTING;
    if (closed || slot.retired || (slot.suspended && slot.remover == null)) {
      return;
    }
    Set<Cause> news = EnumSet.copyOf(slot.causes);
    agenda.set(slot, now + nanos);
    news.removeAll(Set.of(Cause.DRIFT, Cause.HEALTH));
    if (!news.isEmpty()) {
      enqueue(slot, news.iterator().next());
    } else if (!slot.causes.isEmpty()) {
      agenda.atLatest(slot, now + TOGETHER);
    }
  }

  private void setAlarm(List<Runnable> afterwards) {
    if (!closed) {
      alarm.by(agenda.next(), afterwards);
      alarm.by(queue.next(), afterwards);
    }
  }

  private void ring(long at) {
    change(
        afterwards -> {
          alarm.rang(at);
          if (!closed) {
            long now = setup.ticker.nanos();
            for (Slot slot : agenda.take(now)) {
              enqueue(slot, slot.causes.isEmpty() ? dueCause(slot, now) : first(slot.causes));
            }
          }
        });
  }

  private static Cause first(Collection<Cause> causes) {
    return causes.iterator().next();
  }

  private static Cause dueCause(Slot slot, long now) {
    boolean isRetry = slot.failures > 0 && now - slot.notBefore >= 0;
    return isRetry || slot.isAwaiting() || slot.remover != null ? Cause.RETRY : Cause.INTERVAL;
  }

  /** Begins nothing any more, asks what runs to stop between two writes, and waits for it. */
  void close(Duration patience) {
    CompletableFuture<Void> idle = new CompletableFuture<>();
    change(
        afterwards -> {
          closed = true;
          drained = idle;
          running.keySet().forEach(slot -> slot.cancellation.cancel());
          alarm.off(afterwards);
          tellIfDrained();
        });
    try {
      idle.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      LOG.warn("closed while turns were still under way: none ended in {}", patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
    change(
        afterwards -> {
          List.copyOf(slots.values()).forEach(slot -> retire(slot, null, afterwards));
          slots.clear();
        });
  }

  /** A turn that closes the controller itself is not waited for. */
  private void tellIfDrained() {
    Optional<Thread> own = Optional.of(Thread.currentThread());
    if (drained != null && running.values().stream().allMatch(own::equals)) {
      drained.complete(null);
    }
  }
}
