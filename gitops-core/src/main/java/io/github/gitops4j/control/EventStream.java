package io.github.gitops4j.control;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells events to any number of subscribers, each from a queue of its own.
 *
 * <p>{@link #add} only queues and may be called under a lock; {@link #deliver} lets the executor
 * hand on what is queued.
 *
 * <p>Thread-safe.
 */
final class EventStream implements Flow.Publisher<ControllerEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

  private final Executor executor;
  private final int capacity;
  private final List<EventChannel> channels = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  EventStream(Executor executor, int capacity) {
    this.executor = executor;
    this.capacity = capacity;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ControllerEvent> subscriber) {
    requireNonNull(subscriber, "subscriber");
    EventChannel channel = new EventChannel(subscriber, executor, capacity, channels::remove);
    channels.add(channel);
    if (closed) {
      channel.complete();
    }
    channel.deliver();
  }

  /** Tells a listener everything; one that throws is told the next event all the same. */
  void listen(ControllerListener listener) {
    subscribe(new Listening(listener));
  }

  /** Queues an event for everybody. */
  void add(ControllerEvent event) {
    channels.forEach(channel -> channel.add(event));
  }

  /** Lets the executor hand on what is queued; not to be called under a lock. */
  void deliver() {
    channels.forEach(EventChannel::deliver);
  }

  /** Ends the stream for everybody, after what is queued. */
  void close() {
    closed = true;
    channels.forEach(EventChannel::complete);
    deliver();
  }

  private record Listening(ControllerListener listener)
      implements Flow.Subscriber<ControllerEvent> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ControllerEvent event) {
      try {
        listener.onEvent(event);
      } catch (RuntimeException | Error e) {
        LOG.warn("a listener threw on {}", event.getClass().getSimpleName(), e);
      }
    }

    @Override
    public void onError(Throwable error) {
      LOG.warn("a listener is told nothing any more", error);
    }

    @Override
    public void onComplete() {}
  }
}
