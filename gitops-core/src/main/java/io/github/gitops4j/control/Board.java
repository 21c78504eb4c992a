package io.github.gitops4j.control;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.call.Ticker;
import io.github.gitops4j.control.ApplicationStatus.Activity;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.source.Remote.Tracked;
import io.github.gitops4j.source.Revision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives turns to applications. Everything goes through one short lock; nothing of a user is called
 * under it, save clocks and jitter.
 *
 * <p>Thread-safe.
 */
final class Board implements Turn.Rules {
  /** So often the health of everything is looked at although changes are told. */
  private static final long HEALTH_SWEEP = Duration.ofMinutes(10).toNanos();

  private static final Duration REJECTED = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(Board.class);

  private final Object lock = new Object();
  private final Controller.Builder setup;
  private final Heads heads;
  private final WorkQueue queue;
  private final Agenda agenda = new Agenda();
  private final EventStream events;
  private final Announcements announcements;
  private final Roster roster;
  private final Ending ending;
  private final UnderWay turns = new UnderWay();
  private final Alarm alarm;
  private final Vitals vitals;

  Board(Controller.Builder setup) {
    this.setup = setup;
    this.heads = new Heads(setup.ticker, setup.backoff, this::moved);
    this.queue = new WorkQueue(setup.workers, setup.slowAfter);
    this.events = new EventStream(setup.executor, setup.eventsKept);
    this.announcements = new Announcements(events);
    this.roster = new Roster(setup, heads, queue, agenda, announcements);
    Pacing pacing = new Pacing(setup.clock, setup.backoff, setup.jitter);
    this.ending = new Ending(setup.ticker, pacing, roster, announcements);
    this.alarm = new Alarm(lock, setup.scheduler, setup.ticker, this::ring);
    this.vitals = new Vitals(alarm, queue, roster);
    setup.listeners.forEach(events::listen);
  }

  Heads heads() {
    return heads;
  }

  EventStream events() {
    return events;
  }

  /** Makes a change under the lock, and afterwards what follows from it without the lock. */
  private void change(Consumer<List<Runnable>> work) {
    List<Runnable> afterwards = new ArrayList<>();
    try {
      synchronized (lock) {
        work.accept(afterwards);
        dispatch(afterwards);
        setAlarm(afterwards);
      }
    } finally {
      events.deliver();
      afterwards.forEach(task -> Guarded.run("what follows from a change", task));
    }
  }

  /** Reads something under the lock. */
  <T> T read(BiFunction<Map<String, Slot>, Long, T> work) {
    synchronized (lock) {
      return work.apply(roster.slots(), setup.ticker.nanos());
    }
  }

  /** Returns an application, as long as the controller is open. */
  Optional<Slot> findOpen(String name) {
    synchronized (lock) {
      roster.checkOpen();
      return find(name);
    }
  }

  Optional<Slot> find(String name) {
    return read((slots, now) -> Optional.ofNullable(slots.get(name)));
  }

  /** Returns how long an application was ready with what it declares at a revision. */
  Optional<Duration> readyFor(String name, Revision revision) {
    return read(
        (slots, now) ->
            Optional.ofNullable(slots.get(name)).flatMap(s -> s.stays.readyFor(revision, now)));
  }

  Probe liveness() {
    synchronized (lock) {
      return vitals.liveness(setup.ticker.nanos());
    }
  }

  Probe readiness() {
    synchronized (lock) {
      return vitals.readiness();
    }
  }

  /** What is this process's may have changed. */
  void divide() {
    change(roster::divide);
  }

  /** Gives an application a turn if it is there already, and says whether it is. */
  boolean putAgain(Application application) {
    return changeIf(
        () -> roster.has(application), afterwards -> roster.putAgain(application, afterwards));
  }

  void put(Slot slot) {
    change(afterwards -> roster.put(slot, afterwards));
  }

  /** Takes an application off, or says that somebody else did so before. */
  boolean orphan(Slot slot, CompletableFuture<Void> done) {
    return changeIf(() -> !slot.retired, afterwards -> roster.orphan(slot, done, afterwards));
  }

  /** Begins to remove an application, or says that somebody else took it off before. */
  boolean remove(Slot slot, Reconciler remover, CompletableFuture<Void> done) {
    return changeIf(() -> !slot.retired, afterwards -> roster.remove(slot, remover, done));
  }

  private boolean changeIf(BooleanSupplier condition, Consumer<List<Runnable>> work) {
    AtomicBoolean holds = new AtomicBoolean();
    change(
        afterwards -> {
          holds.set(condition.getAsBoolean());
          if (holds.get()) {
            work.accept(afterwards);
          }
        });
    return holds.get();
  }

  void ask(Slot slot, Cause cause, Optional<CompletableFuture<ApplicationStatus>> request) {
    change(afterwards -> roster.ask(slot, cause, request, afterwards));
  }

  void told(Slot slot, Cause cause) {
    change(afterwards -> roster.told(slot, cause));
  }

  void suspend(Slot slot) {
    change(afterwards -> roster.suspend(slot, afterwards));
  }

  void resume(Slot slot) {
    change(afterwards -> roster.resume(slot));
  }

  private void moved(List<Slot> others) {
    if (!others.isEmpty()) {
      change(afterwards -> others.forEach(slot -> roster.enqueue(slot, Cause.SOURCE)));
    }
  }

  private void dispatch(List<Runnable> afterwards) {
    long now = setup.ticker.nanos();
    for (Optional<Slot> next = queue.begin(now); next.isPresent(); next = queue.begin(now)) {
      Slot slot = next.get();
      slot.activity = Activity.RUNNING;
      slot.cancellation = Cancellation.when(() -> !setup.shards.isMine(slot.group));
      turns.begin(slot);
      afterwards.add(() -> submit(slot));
    }
  }

  private void submit(Slot slot) {
    try {
      setup.executor.execute(() -> work(slot));
    } catch (RuntimeException | Error e) {
      change(afterwards -> notTaken(slot, afterwards));
      LOG.warn("{}: the executor takes no turn", slot.name(), e);
    }
  }

  /** An executor may also throw after it has run what it was given. */
  private void notTaken(Slot slot, List<Runnable> afterwards) {
    if (turns.hasNoThread(slot)) {
      roster.restAtLeast(slot, REJECTED.toNanos());
      over(slot, afterwards);
    }
  }

  private void work(Slot slot) {
    List<CompletableFuture<ApplicationStatus>> requests = new ArrayList<>();
    Turn.Ended ended = turn(slot, requests);
    change(afterwards -> end(slot, ended, requests, afterwards));
  }

  private Turn.Ended turn(Slot slot, List<CompletableFuture<ApplicationStatus>> requests) {
    try {
      Turn turn;
      synchronized (lock) {
        turns.run(slot);
        requests.addAll(slot.requests);
        slot.requests.clear();
        turn = begin(slot);
      }
      events.deliver();
      return turn.take();
    } catch (RuntimeException | Error e) {
      return new Turn.Ended.BrokenOff(e);
    }
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
    announcements.started(slot, why);
    if (roster.isClosed()) {
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
      return roster.mayPass(slot, why, head);
    }
  }

  private void end(
      Slot slot,
      Turn.Ended ended,
      List<CompletableFuture<ApplicationStatus>> requests,
      List<Runnable> afterwards) {
    ApplicationStatus status = ending.end(slot, ended, afterwards);
    afterwards.add(() -> requests.forEach(request -> request.complete(status)));
    over(slot, afterwards);
  }

  /** A turn is over: whoever waits for that goes on. */
  private void over(Slot slot, List<Runnable> afterwards) {
    turns.end(slot);
    roster.settle(slot, afterwards);
  }

  private void setAlarm(List<Runnable> afterwards) {
    if (!roster.isClosed()) {
      alarm.by(agenda.next(), afterwards);
      alarm.by(queue.next(), afterwards);
    }
  }

  private void ring(long at) {
    change(
        afterwards -> {
          alarm.rang(at);
          if (!roster.isClosed()) {
            roster.wakeDue();
          }
        });
  }

  /** Begins nothing any more, asks what runs to stop between two writes, and waits for it. */
  void close(Duration patience) {
    CompletableFuture<Void> idle = new CompletableFuture<>();
    change(
        afterwards -> {
          roster.close();
          alarm.off(afterwards);
          turns.cancelAll(idle);
        });
    try {
      idle.get(Ticker.countable(patience).toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      LOG.warn("closed while turns were still under way: none ended in {}", patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
    change(roster::clear);
    events.close();
  }
}
