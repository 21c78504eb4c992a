package io.github.gitops4j.call;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A switch that asks running work to stop; it goes one way.
 *
 * <p>Work stops between two writes, never inside one. A listener lets code that blocks (a socket)
 * be woken: it runs once, in the thread that cancels, or at once if that happened before.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class Cancellation {
  private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);

  private final Object lock = new Object();
  private final List<Runnable> listeners = new ArrayList<>();
  private final BooleanSupplier also;
  private volatile boolean cancelled;

  /** Creates a switch that is off. */
  public Cancellation() {
    this(() -> false);
  }

  private Cancellation(BooleanSupplier also) {
    this.also = also;
  }

  /**
   * Returns a switch that is on, too, whenever a condition holds; listeners are not told of that.
   *
   * @param condition is asked each time, and must not wait for anything
   */
  public static Cancellation when(BooleanSupplier condition) {
    return new Cancellation(requireNonNull(condition, "condition"));
  }

  /**
   * Asks the work to stop; a second call does nothing. What a listener throws is logged, and the
   * others are told.
   */
  public void cancel() {
    List<Runnable> toRun;
    synchronized (lock) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      toRun = List.copyOf(listeners);
      listeners.clear();
    }
    toRun.forEach(Cancellation::tell);
  }

  private static void tell(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException | Error e) {
      LOG.warn("a listener of a cancellation threw", e);
    }
  }

  /** Says whether {@link #cancel()} was called. */
  public boolean isCancelled() {
    return cancelled || also.getAsBoolean();
  }

  /**
   * Runs the listener when cancelled.
   *
   * @return a registration; closing it forgets the listener
   */
  public Registration onCancel(Runnable listener) {
    requireNonNull(listener, "listener");
    synchronized (lock) {
      if (!cancelled) {
        listeners.add(listener);
        return () -> forget(listener);
      }
    }
    listener.run();
    return () -> {};
  }

  private void forget(Runnable listener) {
    synchronized (lock) {
      listeners.remove(listener);
    }
  }

  /** A listener's registration. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
