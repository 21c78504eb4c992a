package io.github.gitops4j.micrometer;

import io.github.gitops4j.control.ApplicationStatus;
import io.github.gitops4j.control.ApplicationStatus.Activity;
import io.github.gitops4j.control.ApplicationStatus.Sync;
import io.github.gitops4j.control.Condition;
import io.github.gitops4j.control.Controller;
import io.github.gitops4j.health.Health;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How many applications stand how.
 *
 * <p>Thread-safe.
 */
final class Gauges {
  // A scrape asks many gauges one after the other; they are answered from one look.
  private static final long FRESH = TimeUnit.SECONDS.toNanos(1);

  private final MeterRegistry registry;
  private final Controller controller;
  private final Counting counting;
  private final List<Meter> meters = new ArrayList<>();
  private volatile @Nullable Look last;

  private record Look(long time, List<ApplicationStatus> statuses) {}

  Gauges(MeterRegistry registry, Controller controller, Counting counting) {
    this.registry = registry;
    this.controller = controller;
    this.counting = counting;
    for (Sync sync : Sync.values()) {
      count(Metric.APPLICATIONS_SYNC, Meters.value(sync), status -> status.sync() == sync);
    }
    for (Health health : Health.values()) {
      count(Metric.APPLICATIONS_HEALTH, Meters.value(health), status -> status.health() == health);
    }
    for (Condition.Type type : Condition.Type.values()) {
      count(Metric.APPLICATIONS_CONDITION, Meters.value(type), status -> status.has(type));
    }
    register(Metric.TURNS_QUEUED, Tags.empty(), own -> own.having(Activity.QUEUED), "applications");
    register(
        Metric.TURNS_RUNNING, Tags.empty(), own -> own.having(Activity.RUNNING), "applications");
    register(
        Metric.OLDEST_SUCCESS, Tags.empty(), own -> own.counting.oldestSuccessSeconds(), "seconds");
  }

  private void count(Metric metric, String value, Predicate<ApplicationStatus> which) {
    register(
        metric, Tags.of(metric.labels().get(0), value), own -> own.counted(which), "applications");
  }

  private void register(Metric metric, Tags tags, ToDoubleFunction<Gauges> value, String unit) {
    meters.add(
        Gauge.builder(metric.meter(), this, value)
            .tags(tags)
            .baseUnit(unit)
            .strongReference(true)
            .register(registry));
  }

  private double having(Activity activity) {
    return counted(status -> status.activity() == activity);
  }

  private double counted(Predicate<ApplicationStatus> which) {
    return statuses().stream().filter(which).count();
  }

  private List<ApplicationStatus> statuses() {
    long now = registry.config().clock().monotonicTime();
    Look look = last;
    if (look == null || now - look.time >= FRESH) {
      look = new Look(now, controller.statuses());
      last = look;
    }
    return look.statuses;
  }

  void close() {
    meters.forEach(registry::remove);
  }
}
