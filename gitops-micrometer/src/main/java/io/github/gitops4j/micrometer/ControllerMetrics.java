package io.github.gitops4j.micrometer;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.control.Controller;
import io.github.gitops4j.control.ControllerEvent;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what happens in a {@link Controller}, as meters of a {@link MeterRegistry}.
 *
 * <p>Labels are few and bounded: no resource, message or revision is one, and the name of the
 * application only if it is {@linkplain Builder#byApplication asked for}. It counts in a task of
 * the controller's executor; no pass waits for it.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class ControllerMetrics implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControllerMetrics.class);

  private final Counting counting;
  private final Gauges gauges;
  private final Subscriber subscriber = new Subscriber();

  private ControllerMetrics(Builder builder, Controller controller) {
    this.counting = new Counting(new Meters(builder.registry, builder.byApplication));
    this.gauges = new Gauges(builder.registry, controller, counting);
  }

  /** Returns a builder. */
  public static Builder builder(MeterRegistry registry) {
    return new Builder(registry);
  }

  /** Begins to count what happens in a controller, with no label for the application. */
  public static ControllerMetrics start(MeterRegistry registry, Controller controller) {
    return builder(registry).start(controller);
  }

  /** Counts no more, and takes the gauges out of the registry; what was counted stays. */
  @Override
  public void close() {
    subscriber.cancel();
    gauges.close();
  }

  private final class Subscriber implements Flow.Subscriber<ControllerEvent> {
    private final Object lock = new Object();
    private boolean cancelled;
    private Flow.@Nullable Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription given) {
      synchronized (lock) {
        if (!cancelled) {
          subscription = given;
          given.request(Long.MAX_VALUE);
          return;
        }
      }
      given.cancel();
    }

    @Override
    public void onNext(ControllerEvent event) {
      try {
        counting.count(event);
      } catch (RuntimeException e) {
        // One that escapes would end the counting for ever.
        LOG.warn("not counted: {}", event.getClass().getSimpleName(), e);
      }
    }

    @Override
    public void onError(Throwable error) {
      LOG.warn("nothing is counted any more", error);
    }

    @Override
    public void onComplete() {}

    void cancel() {
      Flow.Subscription known;
      synchronized (lock) {
        cancelled = true;
        known = subscription;
      }
      if (known != null) {
        known.cancel();
      }
    }
  }

  /** Builds {@link ControllerMetrics}. Confined to one thread. */
  public static final class Builder {
    private final MeterRegistry registry;
    private boolean byApplication;

    private Builder(MeterRegistry registry) {
      this.registry = requireNonNull(registry, "registry");
    }

    /**
     * Default not: timers and counters have the label {@code application}. There are then as many
     * of each as there are applications; those of one that is removed are taken out of the
     * registry.
     */
    public Builder byApplication() {
      this.byApplication = true;
      return this;
    }

    /** Begins to count what happens in a controller from now on. */
    public ControllerMetrics start(Controller controller) {
      ControllerMetrics metrics = new ControllerMetrics(this, controller);
      controller.events().subscribe(metrics.subscriber);
      return metrics;
    }
  }
}
