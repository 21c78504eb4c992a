package io.github.gitops4j.forge.publish;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.Scheduler;
import io.github.gitops4j.call.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Publishes beside something that must not wait or fail: what is offered is sent by an executor,
 * and nothing is ever thrown because of a host.
 *
 * <p>Of what is said of one commit and context the last word wins; what equals the last word that
 * was sent is not sent again. There is one request at a time for each client, and for each a bound
 * on what waits, beyond which the oldest is dropped. A host that does not answer, or says that it
 * is asked too often, is left alone by all clients: as long as it says, or for a minute, and twice
 * as long each time up to 16. A token that is refused stops its client until there is another one.
 * A commit that has as many statuses as it may have is let be.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class Publisher implements AutoCloseable {
  private final Builder setup;
  private final Tally tally = new Tally();
  private final Map<ForgeClient, Lane> lanes = new ConcurrentHashMap<>();
  private final Map<Origin, Breaker> breakers = new ConcurrentHashMap<>();
  private volatile boolean isClosed;

  private Publisher(Builder setup) {
    this.setup = setup;
  }

  /**
   * Starts a publisher.
   *
   * @param executor sends; a request that gets no answer keeps a thread of it for as long as the
   *     client waits
   * @param scheduler says when to go on after a pause
   */
  public static Builder builder(Executor executor, Scheduler scheduler) {
    return new Builder(executor, scheduler);
  }

  /** Takes a status, and returns at once. */
  public void offer(ForgeClient client, CommitStatus status) {
    take(client, requireNonNull(status, "status"));
  }

  /** Takes a deployment, and returns at once. */
  public void offer(ForgeClient client, Deployment deployment) {
    take(client, requireNonNull(deployment, "deployment"));
  }

  private void take(ForgeClient client, Object message) {
    if (isClosed) {
      tally.dropped();
      return;
    }
    lanes
        .computeIfAbsent(
            requireNonNull(client, "client"),
            known ->
                new Lane(
                    known,
                    setup,
                    breakers.computeIfAbsent(known.origin(), any -> new Breaker()),
                    tally))
        .offer(message);
  }

  /** Returns what became of everything so far. */
  public PublishCounts counts() {
    return tally.now();
  }

  /** Returns how much waits to be sent. */
  public int waiting() {
    return lanes.values().stream().mapToInt(lane -> lane.waiting().size()).sum();
  }

  /** Takes nothing more, sends what it can within the patience, and drops the rest. */
  @Override
  public void close() {
    isClosed = true;
    long end = System.nanoTime() + setup.patience.toNanos();
    for (Lane lane : List.copyOf(lanes.values())) {
      try {
        lane.close(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Collects the parts of a publisher. Confined to one thread. */
  public static final class Builder {
    final Executor executor;
    final Scheduler scheduler;
    Ticker ticker = Ticker.system();
    int capacity = 1_000;
    final int memory = 10_000;
    Duration patience = Duration.ofSeconds(5);

    private Builder(Executor executor, Scheduler scheduler) {
      this.executor = requireNonNull(executor, "executor");
      this.scheduler = requireNonNull(scheduler, "scheduler");
    }

    /** Default the JVM's clock. Measures pauses. */
    public Builder ticker(Ticker value) {
      this.ticker = requireNonNull(value, "ticker");
      return this;
    }

    /** Default 1,000. How many things may wait for one client. */
    public Builder capacity(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("expected 1 or more, not " + value);
      }
      this.capacity = value;
      return this;
    }

    /** Default 5 seconds. How long closing waits for what is being sent. */
    public Builder patience(Duration value) {
      this.patience = requireNonNull(value, "patience");
      return this;
    }

    /** Returns the publisher. */
    public Publisher build() {
      return new Publisher(this);
    }
  }
}
