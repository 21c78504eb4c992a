package io.github.gitops4j.examples.service;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.gate.Gate;
import io.github.gitops4j.gate.GateFacts;
import io.github.gitops4j.gate.GateVerdict;
import io.github.gitops4j.plan.Plan;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * A rule of our own: nothing is written while nobody is in the office.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class OfficeHours implements Gate {
  private static final LocalTime OPENS = LocalTime.of(8, 0);
  private static final LocalTime CLOSES = LocalTime.of(18, 0);

  private final ZoneId zone;

  /** Creates the rule for an office in a time zone. */
  public OfficeHours(ZoneId zone) {
    this.zone = requireNonNull(zone, "zone");
  }

  @Override
  public String name() {
    return "office-hours";
  }

  @Override
  public GateVerdict evaluate(Plan plan, GateFacts facts) {
    ZonedDateTime now = facts.now().atZone(zone);
    LocalTime time = now.toLocalTime();
    if (!time.isBefore(OPENS) && time.isBefore(CLOSES)) {
      return GateVerdict.allow();
    }
    ZonedDateTime opens = now.with(OPENS);
    ZonedDateTime next = opens.isAfter(now) ? opens : opens.plusDays(1);
    return new GateVerdict.Await("the office is closed", Optional.of(next.toInstant()));
  }
}
