package io.github.gitops4j.forge.publish;

import io.github.gitops4j.error.FailureCategory;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits to be told to one repository: one entry for each thing that is told about, and one
 * request at a time.
 *
 * <p>Thread-safe.
 */
final class Lane {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final Duration FOR_ANOTHER_TOKEN = Duration.ofMinutes(1);

  /**
   * What a message is about; a later one about the same takes its place.
   *
   * @param kind status or deployment
   * @param revision the commit
   * @param name the context or environment, as far as hosts tell them apart
   */
  record Subject(String kind, String revision, String name) {
    static Subject of(Object message) {
      if (message instanceof CommitStatus status) {
        return new Subject(
            "status", status.revision().id(), status.context().toLowerCase(Locale.ROOT));
      } else if (message instanceof Deployment deployment) {
        return new Subject("deployment", deployment.revision().id(), deployment.environment());
      }
      throw new AssertionError(message.getClass());
    }
  }

  private final ForgeClient client;
  private final Publisher.Builder setup;
  private final Breaker breaker;
  private final Tally tally;
  private final Object lock = new Object();
  private final Map<Subject, Object> waiting = new LinkedHashMap<>();
  private final Recent<Subject, Object> settled;
  private final Recent<Subject, Boolean> full;
  private boolean isBusy;
  private boolean isPaused;
  private boolean isClosed;

  Lane(ForgeClient client, Publisher.Builder setup, Breaker breaker, Tally tally) {
    this.client = client;
    this.setup = setup;
    this.breaker = breaker;
    this.tally = tally;
    this.settled = new Recent<>(setup.memory);
    this.full = new Recent<>(setup.memory);
  }

  /** Takes a message, and never waits. */
  void offer(Object message) {
    Subject subject = Subject.of(message);
    synchronized (lock) {
      if (isClosed || full.containsKey(subject)) {
        tally.dropped();
        return;
      } else if (message.equals(settled.get(subject)) && !waiting.containsKey(subject)) {
        tally.skipped();
        return;
      }
      if (waiting.put(subject, message) != null) {
        tally.skipped();
      } else if (waiting.size() > setup.capacity) {
        waiting.remove(waiting.keySet().iterator().next());
        tally.dropped();
      }
    }
    start();
  }

  /** Begins to send, unless that is done already or the host wants to be left alone. */
  private void start() {
    synchronized (lock) {
      if (isBusy || isPaused || waiting.isEmpty()) {
        return;
      }
      isBusy = true;
    }
    try {
      setup.executor.execute(this::work);
    } catch (RejectedExecutionException e) {
      synchronized (lock) {
        waiting.keySet().forEach(any -> tally.dropped());
        waiting.clear();
        idle();
      }
    }
  }

  private void work() {
    for (Map.@Nullable Entry<Subject, Object> next = next(); next != null; next = next()) {
      send(next.getKey(), next.getValue());
    }
  }

  /** Takes the next message out; nothing if there is none, or the host is to be left alone. */
  private Map.@Nullable Entry<Subject, Object> next() {
    Duration rest = breaker.remaining(setup.ticker.nanos());
    synchronized (lock) {
      if (!rest.isZero() && !waiting.isEmpty()) {
        pause(rest);
      }
      var entries = waiting.entrySet().iterator();
      if (isPaused || !entries.hasNext()) {
        idle();
        return null;
      }
      Map.Entry<Subject, Object> next = entries.next();
      entries.remove();
      // The same, offered while it is being sent, is no news.
      settled.put(next.getKey(), next.getValue());
      return Map.entry(next.getKey(), next.getValue());
    }
  }

  private void send(Subject subject, Object message) {
    try {
      if (message instanceof CommitStatus status) {
        client.publish(status);
      } else {
        client.publish((Deployment) message);
      }
      breaker.succeeded();
      tally.sent();
    } catch (PublishException e) {
      refused(subject, message, e);
    } catch (RuntimeException e) {
      // Whatever it is, the others go on.
      LOG.warn("publishing to {} failed", client, e);
      tally.failed();
    }
  }

  private void refused(Subject subject, Object message, PublishException why) {
    LOG.debug("publishing {} {} to {}: {}", subject.kind(), subject.name(), client, why.failure());
    if (why.category() == FailureCategory.UNAUTHENTICATED) {
      again(subject, message);
      synchronized (lock) {
        pause(FOR_ANOTHER_TOKEN);
      }
      tally.failed();
    } else if (why.category() == FailureCategory.LIMIT_EXCEEDED) {
      synchronized (lock) {
        full.put(subject, true);
      }
      tally.dropped();
    } else if (why.retryable() && why.category() != FailureCategory.CONFLICT) {
      breaker.failed(setup.ticker.nanos(), why.retryAfter());
      again(subject, message);
      tally.failed();
    } else {
      tally.failed();
    }
  }

  /** Puts a message back, behind the others, unless there is a later one. */
  private void again(Subject subject, Object message) {
    synchronized (lock) {
      settled.remove(subject);
      if (isClosed || waiting.size() >= setup.capacity) {
        tally.dropped();
      } else {
        waiting.putIfAbsent(subject, message);
      }
    }
  }

  /** Called under the lock. */
  private void pause(Duration time) {
    if (!isPaused) {
      isPaused = true;
      setup.scheduler.after(time, this::resume);
    }
  }

  private void resume() {
    synchronized (lock) {
      isPaused = false;
    }
    start();
  }

  /** Called under the lock. */
  private void idle() {
    isBusy = false;
    lock.notifyAll();
  }

  /** Takes nothing more, and waits until what can be sent is sent. */
  void close(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    synchronized (lock) {
      isClosed = true;
      while (isBusy && end - System.nanoTime() > 0) {
        lock.wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      }
      waiting.keySet().forEach(any -> tally.dropped());
      waiting.clear();
      isPaused = true;
    }
  }

  Set<Subject> waiting() {
    synchronized (lock) {
      return new HashSet<>(waiting.keySet());
    }
  }
}
