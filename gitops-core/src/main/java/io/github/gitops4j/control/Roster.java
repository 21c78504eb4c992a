package io.github.gitops4j.control;

import io.github.gitops4j.call.Ticker;
import io.github.gitops4j.control.ApplicationStatus.Activity;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.source.Revision;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * All applications, why each should have a turn, and when: what is put, asked for, told or over
 * changes it. What follows for others is collected, to be done without the lock.
 *
 * <p>Guarded by the lock of the {@link Board}.
 */
final class Roster {
  /** So long several changes of a live system are taken together. */
  private static final long TOGETHER = Duration.ofMillis(50).toNanos();

  /** And so long while somebody else changes again what is not put right any more. */
  private static final long CALM = Duration.ofSeconds(5).toNanos();

  private final Ticker ticker;
  private final Heads heads;
  private final WorkQueue queue;
  private final Agenda agenda;
  private final Announcements announcements;
  private final Map<String, Slot> slots = new HashMap<>();
  private final Dependencies dependencies = new Dependencies(slots);
  private final Groups groups = new Groups();
  private final Departures departures;
  private final Shards shards;
  private boolean closed;

  Roster(
      Controller.Builder setup,
      Heads heads,
      WorkQueue queue,
      Agenda agenda,
      Announcements announcements) {
    this.ticker = setup.ticker;
    this.departures = new Departures(setup.ticker, heads);
    this.shards = setup.shards;
    this.heads = heads;
    this.queue = queue;
    this.agenda = agenda;
    this.announcements = announcements;
  }

  Map<String, Slot> slots() {
    return slots;
  }

  boolean isClosed() {
    return closed;
  }

  void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the controller is closed");
    }
  }

  /** Nobody gets another turn. */
  void close() {
    closed = true;
  }

  /** Takes all off; they let go when their turns are over. */
  void clear(List<Runnable> afterwards) {
    List.copyOf(slots.values()).forEach(slot -> retire(slot, null, afterwards));
    slots.clear();
  }

  /** Adds an application, or puts it in the place of the one of that name. */
  void put(Slot slot, List<Runnable> afterwards) {
    checkOpen();
    departures.arrive(slot);
    Slot before = slots.put(slot.name(), slot);
    if (before != null) {
      retire(before, slot, afterwards);
      slot.announced.addAll(before.announced);
      slot.hadTurn = before.hadTurn;
    }
    announcements.put(slot);
    dependencies.join(slot);
    groups.join(slot.name(), slot.application.near());
    slot.group = groups.of(slot.name());
    slot.elsewhere = !shards.isMine(slot.group);
    departures.listenIfItIsHere(slot, afterwards);
    regroup(afterwards);
    enqueue(slot, Cause.CHANGED);
    wakeDependents(slot);
  }

  /** Says whether an application is there already, and is to stay. */
  boolean has(Application application) {
    Slot slot = slots.get(application.name());
    return !closed && slot != null && slot.application.equals(application) && slot.remover == null;
  }

  /** Gives an application that is there already a turn. */
  void putAgain(Application application, List<Runnable> afterwards) {
    Slot slot = slots.get(application.name());
    if (slot != null) {
      ask(slot, Cause.CHANGED, Optional.empty(), afterwards);
    }
  }

  /** Others may be in another group now, which may be another process's. */
  private void regroup(List<Runnable> afterwards) {
    for (String name : groups.takeMoved()) {
      Slot slot = slots.get(name);
      if (slot != null) {
        divide(slot, afterwards);
      }
    }
  }

  /** What is this process's may have changed: it takes up what is its now, and leaves the rest. */
  void divide(List<Runnable> afterwards) {
    slots.values().forEach(slot -> divide(slot, afterwards));
  }

  private void divide(Slot slot, List<Runnable> afterwards) {
    slot.group = groups.of(slot.name());
    boolean isElsewhere = !shards.isMine(slot.group);
    if (isElsewhere && !slot.elsewhere) {
      leave(slot, afterwards);
    } else if (!isElsewhere && slot.elsewhere) {
      slot.elsewhere = false;
      slot.failures = 0;
      departures.listenIfItIsHere(slot, afterwards);
      announcements.conditions(slot);
      enqueue(slot, Cause.CHANGED);
    }
  }

  private void leave(Slot slot, List<Runnable> afterwards) {
    slot.elsewhere = true;
    slot.cancellation.cancel();
    standDown(slot);
    departures.dismiss(slot, afterwards);
    departures.listenIfItIsHere(slot, afterwards);
    announcements.conditions(slot);
  }

  private void standDown(Slot slot) {
    agenda.forget(slot);
    queue.remove(slot);
    if (slot.activity == Activity.QUEUED) {
      slot.activity = Activity.RESTING;
    }
    slot.causes.clear();
  }

  /** Takes an application off; what it owns stays. */
  void orphan(Slot slot, CompletableFuture<Void> done, List<Runnable> afterwards) {
    slot.gone.add(done);
    slots.remove(slot.name(), slot);
    retire(slot, null, afterwards);
    regroup(afterwards);
    announcements.removed(slot);
    wakeDependents(slot);
  }

  /** Removes what an application owns, and then the application. */
  void remove(Slot slot, Reconciler remover, CompletableFuture<Void> done) {
    slot.emptied.add(done);
    slot.remover = slot.remover == null ? remover : slot.remover;
    slot.failures = 0;
    announcements.conditions(slot);
    enqueue(slot, Cause.REQUESTED);
  }

  private void retire(Slot slot, @Nullable Slot successor, List<Runnable> afterwards) {
    detach(slot);
    slot.cancellation.cancel();
    boolean isRunning = slot.activity == Activity.RUNNING;
    if (successor != null) {
      successor.predecessor = isRunning ? slot : slot.predecessor;
    }
    if (!isRunning) {
      departures.letGo(slot, afterwards);
    }
  }

  private void detach(Slot slot) {
    slot.retired = true;
    agenda.forget(slot);
    queue.remove(slot);
    dependencies.leave(slot);
    groups.leave(slot.name(), slot.application.near());
  }

  /** Gives an application a turn in which it looks at its source anew, or one more. */
  void ask(
      Slot slot,
      Cause cause,
      Optional<CompletableFuture<ApplicationStatus>> request,
      List<Runnable> afterwards) {
    if (closed || slot.isLeftAlone()) {
      ApplicationStatus status = slot.status(ticker.nanos());
      request.ifPresent(waits -> afterwards.add(() -> waits.complete(status)));
      return;
    }
    request.ifPresent(slot.requests::add);
    slot.asked = Optional.of(heads.looks());
    enqueue(slot, cause);
  }

  /** Gives an application a turn, or one more. */
  void enqueue(Slot slot, Cause cause) {
    if (slot.isLeftAlone()) {
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
    if (!closed && !slot.retired && !slot.elsewhere && !slot.suspended && slot.remover == null) {
      slot.causes.add(cause);
      if (slot.activity == Activity.RESTING) {
        agenda.atLatest(slot, ticker.nanos() + pause(slot));
      }
    }
  }

  private static long pause(Slot slot) {
    return slot.isFighting() ? CALM : TOGETHER;
  }

  /** Leaves an application alone, unless it is on its way to be removed. */
  void suspend(Slot slot, List<Runnable> afterwards) {
    slot.suspended = true;
    if (slot.isLeftAlone()) {
      standDown(slot);
      departures.dismiss(slot, afterwards);
    }
    announcements.suspended(slot);
  }

  void resume(Slot slot) {
    slot.suspended = false;
    announcements.resumed(slot);
    enqueue(slot, Cause.REQUESTED);
  }

  /** Gives a turn to those whose time has come. */
  void wakeDue() {
    long now = ticker.nanos();
    for (Slot slot : agenda.take(now)) {
      enqueue(slot, slot.causes.isEmpty() ? dueCause(slot, now) : slot.causes.iterator().next());
    }
  }

  private static Cause dueCause(Slot slot, long now) {
    boolean isRetry = slot.failures > 0 && now - slot.notBefore >= 0;
    return isRetry || slot.isAwaiting() || slot.remover != null ? Cause.RETRY : Cause.INTERVAL;
  }

  private void wakeDependents(Slot slot) {
    for (Slot other : dependencies.of(slot)) {
      if (!other.waits.isEmpty() && !other.retired) {
        enqueue(other, Cause.DEPENDENCY);
      }
    }
  }

  /** Says whether a turn comes too early, or what has to come before it. */
  Turn.Permission mayPass(Slot slot, Set<Cause> why, Revision head) {
    boolean moved = slot.remover == null && (!head.equals(slot.head) || slot.isUnresolved());
    slot.attempts.beforePass(why);
    if (!moved && slot.isBackingOff(why, ticker.nanos())) {
      return new Turn.Permission(true, List.of());
    }
    return new Turn.Permission(
        false,
        slot.remover == null ? dependencies.waits(slot, head) : dependencies.waitsForRemoval(slot));
  }

  /** Lets an application rest for a time, or less if something happened meanwhile. */
  void rest(Slot slot, long nanos) {
    long now = ticker.nanos();
    queue.end(slot, now);
    slot.activity = Activity.RESTING;
    if (closed || slot.isLeftAlone()) {
      return;
    }
    Set<Cause> news = EnumSet.copyOf(slot.causes);
    agenda.set(slot, now + nanos);
    news.removeAll(Set.of(Cause.DRIFT, Cause.HEALTH));
    if (!news.isEmpty()) {
      enqueue(slot, news.iterator().next());
    } else if (!slot.causes.isEmpty()) {
      agenda.atLatest(slot, now + pause(slot));
    }
  }

  /** Lets an application rest in the same way, however far the end of its turn has come. */
  void restAnyway(Slot slot, long nanos) {
    agenda.forget(slot);
    queue.remove(slot);
    rest(slot, nanos);
  }

  /** Lets an application rest for a time, whatever happened meanwhile. */
  void restAtLeast(Slot slot, long nanos) {
    Set<Cause> why = EnumSet.copyOf(slot.causes);
    slot.causes.clear();
    rest(slot, nanos);
    slot.causes.addAll(why);
  }

  /** An application has moved on, or owns nothing any more: those that wait for that go on. */
  void wakeOthers(Slot slot, boolean isRemoved, List<Runnable> afterwards) {
    if (isRemoved && slots.remove(slot.name(), slot)) {
      detach(slot);
      regroup(afterwards);
      announcements.removed(slot);
      slot.application.dependsOn().stream()
          .map(slots::get)
          .filter(other -> other != null && other.remover != null)
          .toList()
          .forEach(other -> enqueue(other, Cause.DEPENDENCY));
    }
    wakeDependents(slot);
  }

  /** A turn is over: one that was taken off lets go, and the next of its name begins. */
  void settle(Slot slot, List<Runnable> afterwards) {
    if (slot.retired) {
      departures.letGo(slot, afterwards);
      Slot successor = slots.get(slot.name());
      if (successor != null && successor.predecessor == slot) {
        successor.predecessor = null;
        enqueue(successor, Cause.CHANGED);
      }
    }
  }
}
