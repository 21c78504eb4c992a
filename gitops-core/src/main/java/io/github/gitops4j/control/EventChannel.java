package io.github.gitops4j.control;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one subscriber is still to be told. It is told one thing after the other; when the queue is
 * full, the oldest events give way and are counted.
 *
 * <p>Thread-safe: its lock is held for a few instructions, and never while the subscriber or the
 * executor is called.
 */
final class EventChannel implements Flow.Subscription {
  private static final Logger LOG = LoggerFactory.getLogger(EventChannel.class);

  private final Object lock = new Object();
  private final Flow.Subscriber<? super ControllerEvent> subscriber;
  private final Executor executor;
  private final int capacity;
  private final Consumer<EventChannel> whenOver;
  private final Deque<ControllerEvent> queue = new ArrayDeque<>();
  private long missed;
  private long wanted;
  private boolean introduced;
  // A task of the executor is handing on, or about to.
  private boolean busy;
  private boolean completing;
  private boolean over;
  private @Nullable Throwable error;

  EventChannel(
      Flow.Subscriber<? super ControllerEvent> subscriber,
      Executor executor,
      int capacity,
      Consumer<EventChannel> whenOver) {
    this.subscriber = subscriber;
    this.executor = executor;
    this.capacity = capacity;
    this.whenOver = whenOver;
  }

  /** Queues an event. */
  void add(ControllerEvent event) {
    synchronized (lock) {
      if (over || completing) {
        return;
      }
      if (queue.size() == capacity) {
        queue.remove();
        missed++;
      }
      queue.add(event);
    }
  }

  /** Nothing comes after what is queued. */
  void complete() {
    synchronized (lock) {
      completing = true;
    }
  }

  @Override
  public void request(long count) {
    synchronized (lock) {
      if (count < 1) {
        error = new IllegalArgumentException("at least one event, not " + count);
      } else {
        wanted = wanted + count < 0 ? Long.MAX_VALUE : wanted + count;
      }
    }
    deliver();
  }

  @Override
  public void cancel() {
    synchronized (lock) {
      over = true;
      queue.clear();
    }
    whenOver.accept(this);
  }

  /** Lets the executor hand on what is queued, if that is not under way. */
  void deliver() {
    synchronized (lock) {
      if (busy || !hasNext()) {
        return;
      }
      busy = true;
    }
    try {
      executor.execute(this::handOn);
    } catch (RuntimeException | Error e) {
      LOG.debug("the executor takes no delivery", e);
      synchronized (lock) {
        busy = false;
      }
    }
  }

  private boolean hasNext() {
    if (over) {
      return false;
    }
    boolean isNews = missed > 0 || !queue.isEmpty();
    return !introduced || error != null || (isNews ? wanted > 0 : completing);
  }

  private void handOn() {
    for (Runnable next = next(); next != null; next = next()) {
      try {
        next.run();
      } catch (RuntimeException | Error e) {
        LOG.warn("a subscriber threw, and is told nothing any more", e);
        cancel();
      }
    }
  }

  /** Takes what is to be told next; nothing if that is all for now. */
  private @Nullable Runnable next() {
    synchronized (lock) {
      if (!hasNext()) {
        busy = false;
        return null;
      }
      if (!introduced) {
        introduced = true;
        return () -> subscriber.onSubscribe(this);
      }
      Throwable failure = error;
      if (failure != null) {
        return last(() -> subscriber.onError(failure));
      }
      if (missed == 0 && queue.isEmpty()) {
        return last(subscriber::onComplete);
      }
      wanted -= wanted == Long.MAX_VALUE ? 0 : 1;
      ControllerEvent event = missed > 0 ? new ControllerEvent.Missed(missed) : queue.remove();
      missed = 0;
      return () -> subscriber.onNext(event);
    }
  }

  private Runnable last(Runnable signal) {
    cancel();
    return signal;
  }
}
