package io.github.gitops4j.control;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.application.RemovalPolicy;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.call.Scheduler;
import io.github.gitops4j.call.Ticker;
import io.github.gitops4j.reconcile.Reconciler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;

/**
 * Keeps applications as they are declared, from {@link Builder#build} until {@link #close}.
 *
 * <p>What happens only says where to look: an interval that is over, a source that has moved, a
 * live system that tells of a change, a {@link Trigger}, a request. An application then has a turn
 * as soon as a worker is free, and never two at a time; what happens during a turn leads to one
 * more. A turn makes one pass, which does not wait for anything to become healthy. What fails is
 * tried again later each time, but at once for a new revision.
 *
 * <p>It makes no threads: turns run on the executor, and the scheduler only wakes it. Sources of
 * one remote are looked at with one request per interval.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class Controller implements AutoCloseable {
  private final Builder setup;
  private final Board board;
  private final AtomicLong numbers = new AtomicLong();
  private final List<Trigger.Started> triggers = new ArrayList<>();
  private Shards.Taking taking = () -> {};

  private Controller(Builder setup) {
    this.setup = setup;
    this.board = new Board(setup);
  }

  /**
   * Returns a builder.
   *
   * @param executor runs turns; it has at least twice as many threads as there are {@linkplain
   *     Builder#workers workers} and one for each listener, or a new (virtual) one for each task
   * @param scheduler wakes the controller when something is due
   */
  public static Builder builder(Executor executor, Scheduler scheduler) {
    return new Builder(executor, scheduler);
  }

  private Controller start() {
    taking = setup.shards.begin(board::divide);
    for (Trigger trigger : setup.triggers) {
      triggers.add(trigger.start(new TriggerSink(board)));
    }
    return this;
  }

  /**
   * Adds an application, or takes it in the place of the one of that name: a turn that the other
   * one has is ended between two writes, what it owns stays, and then the new one begins. The same
   * object, put once more, stays as it is and has a turn; only if it is on its way to be removed,
   * it begins anew and stays.
   *
   * @throws IllegalStateException if the controller is closed
   */
  public void put(Application application) {
    if (board.putAgain(application)) {
      return;
    }
    Slot slot =
        new Slot(
            application,
            numbers.incrementAndGet(),
            board.heads(),
            builder -> surrounded(application.name(), builder));
    slot.listener = new LiveListener(board, slot);
    slot.elsewhere = !setup.shards.isMine(application.name());
    board.heads().join(slot);
    try {
      slot.listenIfItIsHere();
      board.put(slot);
    } catch (RuntimeException e) {
      board.heads().leave(slot);
      slot.retired = true;
      slot.listenIfItIsHere();
      throw e;
    }
  }

  private Reconciler.Builder surrounded(String name, Reconciler.Builder builder) {
    return builder
        .clock(setup.clock)
        .listener(Announcements.ofPasses(name, board.events()))
        .others(board::readyFor);
  }

  /**
   * Removes an application.
   *
   * @return completed when it is gone; at once if there is none of that name; with a {@link
   *     io.github.gitops4j.error.CallException} if all that it owns was to be removed, and it was
   *     replaced, taken off or the controller closed before that
   * @throws IllegalStateException if the controller is closed
   */
  public CompletableFuture<Void> remove(String name, RemovalPolicy policy) {
    requireNonNull(policy, "policy");
    CompletableFuture<Void> done = new CompletableFuture<>();
    for (Optional<Slot> found = find(name); found.isPresent(); found = find(name)) {
      if (remove(found.get(), policy, done)) {
        return done;
      }
    }
    done.complete(null);
    return done;
  }

  private boolean remove(Slot slot, RemovalPolicy policy, CompletableFuture<Void> done) {
    return policy == RemovalPolicy.PRUNE
        ? board.remove(slot, slot.reconciler.toRemoveEverything(), done)
        : board.orphan(slot, done);
  }

  /**
   * Gives an application a turn as soon as a worker is free, in which it looks at its source anew,
   * even if it failed not long ago.
   *
   * @return completed with the status after that turn; at once if it is suspended
   * @throws IllegalArgumentException if there is none of that name
   * @throws IllegalStateException if the controller is closed
   */
  public CompletableFuture<ApplicationStatus> reconcileNow(String name) {
    CompletableFuture<ApplicationStatus> request = new CompletableFuture<>();
    board.ask(get(name), Cause.REQUESTED, Optional.of(request));
    return request;
  }

  /**
   * Leaves an application alone from now on; a turn that it has goes on to its end.
   *
   * @throws IllegalArgumentException if there is none of that name
   * @throws IllegalStateException if the controller is closed
   */
  public void suspend(String name) {
    board.suspend(get(name));
  }

  /**
   * Goes on with an application that was suspended, and gives it a turn.
   *
   * @throws IllegalArgumentException if there is none of that name
   * @throws IllegalStateException if the controller is closed
   */
  public void resume(String name) {
    board.resume(get(name));
  }

  /** Returns how an application stands; nothing if there is none of that name. */
  public Optional<ApplicationStatus> status(String name) {
    return board.read(
        (slots, now) -> Optional.ofNullable(slots.get(name)).map(slot -> slot.status(now)));
  }

  /** Returns how all applications stand, by name. */
  public List<ApplicationStatus> statuses() {
    List<ApplicationStatus> all =
        board.read(
            (slots, now) ->
                new ArrayList<>(slots.values().stream().map(slot -> slot.status(now)).toList()));
    all.sort(Comparator.comparing(ApplicationStatus::name));
    return all;
  }

  /**
   * Returns the reconciler of an application, to plan, approve, roll back or read its history; its
   * calls and turns run one after the other. After what should lead to a pass, ask for a
   * {@linkplain #reconcileNow turn}.
   *
   * @throws IllegalArgumentException if there is none of that name
   * @throws IllegalStateException if the controller is closed
   */
  public Reconciler reconciler(String name) {
    return get(name).reconciler;
  }

  /**
   * Says whether the controller gets on: the scheduler wakes it no later than a minute after it
   * should, and turns begin and end within a minute after they may take. Where it does not, only a
   * new start helps.
   */
  public Probe liveness() {
    return board.liveness();
  }

  /**
   * Says whether every application has had its first turn, however that ended, or is suspended.
   * Once that was so, an application that is put later does not take it back.
   */
  public Probe readiness() {
    return board.readiness();
  }

  /**
   * Returns what happens from now on, to any number of subscribers. Each is told one event after
   * the other on the executor, as many as it asks for; nothing waits for it. The oldest of {@link
   * Builder#eventsKept} events give way to new ones, and it is told how many. One that throws is
   * told nothing any more. After {@link #close} a subscriber is told what is queued, and the end.
   */
  public Flow.Publisher<ControllerEvent> events() {
    return board.events();
  }

  private Slot get(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalArgumentException("no application is called " + name));
  }

  private Optional<Slot> find(String name) {
    requireNonNull(name, "name");
    return board.findOpen(name);
  }

  /**
   * Ends everything: no turn begins any more, and those under way finish the resource that they
   * write and stop. Waits for them for some time, but not for the one that calls this. From then on
   * there are no applications.
   */
  @Override
  public void close() {
    triggers.forEach(trigger -> Guarded.run("closing a trigger", trigger::close));
    board.close(setup.closePatience);
    Guarded.run("giving up shards", taking::close);
  }

  /** Builds a {@link Controller}. Confined to one thread. */
  public static final class Builder {
    final Executor executor;
    final Scheduler scheduler;
    final List<Trigger> triggers = new ArrayList<>();
    final List<ControllerListener> listeners = new ArrayList<>();
    InstantSource clock = InstantSource.system();
    Ticker ticker = Ticker.system();
    DoubleSupplier jitter = Math::random;
    RetryPolicy backoff =
        RetryPolicy.builder().first(Duration.ofSeconds(5)).longest(Duration.ofMinutes(5)).build();
    Shards shards = Shards.all();
    int workers = 8;
    int eventsKept = 10_000;
    Duration slowAfter = Duration.ofSeconds(10);
    Duration closePatience = Duration.ofSeconds(30);

    private Builder(Executor executor, Scheduler scheduler) {
      this.executor = requireNonNull(executor, "executor");
      this.scheduler = requireNonNull(scheduler, "scheduler");
    }

    /** Default none; each call adds one. */
    public Builder trigger(Trigger value) {
      triggers.add(requireNonNull(value, "trigger"));
      return this;
    }

    /** Default none; each call adds one. It is told everything, from the first event on. */
    public Builder listener(ControllerListener value) {
      listeners.add(requireNonNull(value, "listener"));
      return this;
    }

    /**
     * Default 10,000: how many events wait for each listener or subscriber that is slower than they
     * come.
     */
    public Builder eventsKept(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("at least one event, not " + value);
      }
      this.eventsKept = value;
      return this;
    }

    /** Default {@link Shards#all}: which applications this process takes care of. */
    public Builder shards(Shards value) {
      this.shards = requireNonNull(value, "shards");
      return this;
    }

    /** Default the system's clock. */
    public Builder clock(InstantSource value) {
      this.clock = requireNonNull(value, "clock");
      return this;
    }

    /** Default the JVM's monotonic clock, which is that of the scheduler. */
    public Builder ticker(Ticker value) {
      this.ticker = requireNonNull(value, "ticker");
      return this;
    }

    /** Default {@link Math#random}: a number from 0 to 1, by which intervals are spread. */
    public Builder jitter(DoubleSupplier value) {
      this.jitter = requireNonNull(value, "jitter");
      return this;
    }

    /** Default 5 s, twice that after each failure in a row, at most 5 minutes. */
    public Builder backoff(RetryPolicy value) {
      this.backoff = requireNonNull(value, "backoff");
      return this;
    }

    /**
     * Default 8: how many turns run at a time; and as many more of applications that fail or take
     * long.
     */
    public Builder workers(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("at least one worker, not " + value);
      }
      this.workers = value;
      return this;
    }

    /** Default 10 s: a turn that takes longer does not keep a worker from the others. */
    public Builder slowAfter(Duration value) {
      this.slowAfter = requireNonNull(value, "slowAfter");
      return this;
    }

    /** Default 30 s: how long {@link Controller#close} waits for turns under way. */
    public Builder closePatience(Duration value) {
      this.closePatience = requireNonNull(value, "closePatience");
      return this;
    }

    /** Builds the controller, which is at work from now on. */
    public Controller build() {
      return new Controller(this).start();
    }
  }
}
