package io.github.gitops4j.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Makes meters with the labels that are listed, and no others. */
final class Meters {
  static final String APPLICATION = "application";

  private final MeterRegistry registry;
  private final boolean byApplication;

  Meters(MeterRegistry registry, boolean byApplication) {
    this.registry = registry;
    this.byApplication = byApplication;
  }

  /**
   * Adds to a counter.
   *
   * @param values of its labels, in their order
   */
  void add(Metric metric, String application, long amount, String... values) {
    Counter.builder(metric.meter())
        .tags(tags(metric, application, values))
        .register(registry)
        .increment((double) amount);
  }

  /** Records a time. */
  void record(Metric metric, String application, Duration time, String... values) {
    Timer.builder(metric.meter())
        .tags(tags(metric, application, values))
        .publishPercentileHistogram(false)
        .register(registry)
        .record(time.isNegative() ? Duration.ZERO : time);
  }

  /** Takes out all meters of an application. */
  void forget(String application) {
    if (byApplication) {
      List<Meter> own =
          registry.getMeters().stream()
              .filter(meter -> meter.getId().getName().startsWith("gitops."))
              .filter(meter -> application.equals(meter.getId().getTag(APPLICATION)))
              .toList();
      own.forEach(registry::remove);
    }
  }

  long now() {
    return registry.config().clock().wallTime();
  }

  private Tags tags(Metric metric, String application, String... values) {
    Tags tags = Tags.empty();
    for (int each = 0; each < values.length; each++) {
      tags = tags.and(Tag.of(metric.labels().get(each), values[each]));
    }
    return byApplication && metric.isOfApplications()
        ? tags.and(Tag.of(APPLICATION, application))
        : tags;
  }

  /** Returns a constant as the value of a label. */
  static String value(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
