package io.github.gitops4j.control;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.call.Scheduler;
import io.github.gitops4j.call.Ticker;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares applications among the processes that see the same {@link Leases}, evenly, and takes over
 * those of one that has died.
 *
 * <p>Each process renews one record of its own, and holds some of a fixed number of shards, at most
 * as many as make it even. Who does not renew its record for the time of a lease, by the monotonic
 * clock of who looks, has lost its shards. The process itself counts that time from before it asked
 * for the renewal, so it knows first: one that was asleep finds its time over when it wakes up.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class SharedShards implements Shards {
  private static final Logger LOG = LoggerFactory.getLogger(SharedShards.class);

  private final Builder setup;
  private final Membership membership;
  private volatile Holding holding = new Holding(Set.of(), 0);

  private SharedShards(Builder setup) {
    this.setup = setup;
    this.membership = new Membership(setup);
  }

  /** What is held, and until when. */
  record Holding(Set<Integer> shards, long until) {}

  /**
   * Returns a builder.
   *
   * @param process the name of this process: other than that of any other, and another one each
   *     time that it starts; lower-case letters, digits and hyphens, at most 40
   * @param executor runs what reads and writes records
   * @param scheduler wakes it
   */
  public static Builder builder(
      String process, Leases leases, Executor executor, Scheduler scheduler) {
    return new Builder(process, leases, executor, scheduler);
  }

  @Override
  public boolean isMine(String group) {
    Holding now = holding;
    return now.shards().contains(Math.floorMod(group.hashCode(), setup.shards))
        && now.until() - setup.ticker.nanos() > 0;
  }

  /** Returns the shards that are this process's now, from 0 on. */
  public Set<Integer> mine() {
    Holding now = holding;
    return now.until() - setup.ticker.nanos() > 0 ? new TreeSet<>(now.shards()) : Set.of();
  }

  @Override
  public Taking begin(Runnable moved) {
    Rounds rounds = new Rounds(requireNonNull(moved, "moved"));
    rounds.next(Duration.ZERO);
    return rounds;
  }

  /** Renews again and again. */
  private final class Rounds implements Taking {
    private final Runnable moved;
    private final Object lock = new Object();
    private Set<Integer> told = Set.of();
    private boolean closed;
    private Cancellation.@Nullable Registration alarm;

    Rounds(Runnable moved) {
      this.moved = moved;
    }

    void next(Duration delay) {
      synchronized (lock) {
        if (!closed) {
          alarm = setup.scheduler.after(delay, this::submit);
        }
      }
    }

    private void submit() {
      try {
        setup.executor.execute(this::round);
      } catch (RejectedExecutionException e) {
        LOG.warn("the executor renews no lease", e);
        next(setup.renewal());
      }
    }

    private void round() {
      synchronized (this) {
        synchronized (lock) {
          if (closed) {
            return;
          }
        }
        try {
          holding = membership.round(holding, within(setup.renewal()));
        } catch (RuntimeException e) {
          LOG.warn("{}: renewing failed", setup.process, e);
        }
        tell();
      }
      next(setup.renewal());
    }

    private CallContext within(Duration time) {
      return CallContext.builder().ticker(setup.ticker).timeout(time).build();
    }

    private void tell() {
      Set<Integer> now = mine();
      if (!now.equals(told)) {
        LOG.info("{}: takes care of shards {}", setup.process, now);
        told = now;
        moved.run();
      }
    }

    @Override
    public void close() {
      synchronized (lock) {
        if (closed) {
          return;
        }
        closed = true;
        if (alarm != null) {
          alarm.close();
        }
      }
      synchronized (this) {
        holding = new Holding(Set.of(), 0);
        try {
          membership.giveUp(within(setup.lease));
        } catch (RuntimeException e) {
          LOG.warn(
              "{}: giving up failed; the others wait for its time to be over", setup.process, e);
        }
      }
    }
  }

  /** Builds {@link SharedShards}. Confined to one thread. */
  public static final class Builder {
    private static final int PARTS = 3;

    final String process;
    final Leases leases;
    final Executor executor;
    final Scheduler scheduler;
    Ticker ticker = Ticker.system();
    Duration lease = Duration.ofSeconds(15);
    int shards = 16;

    private Builder(String process, Leases leases, Executor executor, Scheduler scheduler) {
      this.process = requireNonNull(process, "process");
      this.leases = requireNonNull(leases, "leases");
      this.executor = requireNonNull(executor, "executor");
      this.scheduler = requireNonNull(scheduler, "scheduler");
      if (!process.matches("[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?")) {
        throw new IllegalArgumentException(
            "lower-case letters, digits and hyphens, at most 40, not " + process);
      }
    }

    /** Default the JVM's monotonic clock, which is that of the scheduler. */
    public Builder ticker(Ticker value) {
      this.ticker = requireNonNull(value, "ticker");
      return this;
    }

    /**
     * Default 15 s: after that time without a renewal a process has lost its shards; it renews
     * three times as often. The same for all processes.
     */
    public Builder lease(Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException("a time that is positive, not " + value);
      }
      this.lease = value;
      return this;
    }

    /**
     * Default 16: into how many parts the applications are divided, at least as many as there are
     * processes. The same for all processes: one that sees another number takes nothing.
     */
    public Builder shards(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("at least one shard, not " + value);
      }
      this.shards = value;
      return this;
    }

    Duration renewal() {
      return lease.dividedBy(PARTS);
    }

    /** Builds the shards, of which none is held before {@link SharedShards#begin}. */
    public SharedShards build() {
      return new SharedShards(this);
    }
  }
}
