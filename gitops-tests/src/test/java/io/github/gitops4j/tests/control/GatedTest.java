package io.github.gitops4j.tests.control;

import static io.github.gitops4j.tests.control.Fleet.key;
import static io.github.gitops4j.tests.control.Fleet.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.control.Condition;
import io.github.gitops4j.gate.ApprovalRequired;
import io.github.gitops4j.gate.Gate;
import io.github.gitops4j.gate.Soak;
import io.github.gitops4j.gate.Window;
import io.github.gitops4j.gate.Windows;
import io.github.gitops4j.health.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Applications whose plans have to be allowed. */
class GatedTest {
  private static final Duration SOAK = Duration.ofMinutes(30);

  private final Fleet fleet = new Fleet();

  @AfterEach
  void close() {
    fleet.close();
  }

  private void put(String name, Gate... gates) {
    fleet.controller.put(
        fleet.application(name).reconciler(builder -> builder.gates(List.of(gates))).build());
  }

  private List<String> refusals(String name) {
    return fleet.status(name).conditions().stream()
        .filter(condition -> condition.type() == Condition.Type.REFUSED)
        .map(Condition::message)
        .toList();
  }

  @Test
  void whatAGateRefusesIsACondition() {
    fleet.repository.commit("a", 1);
    put("shop", new ApprovalRequired());
    assertThat(refusals("shop")).singleElement().asString().startsWith("approval: plan ");
    assertThat(fleet.live("shop")).isEmpty();
  }

  @Test
  void healthIsFollowedWhileAGateRefuses() {
    fleet.repository.commit("a", 1);
    put("shop", Windows.of(List.of(closedFrom(Duration.ofMinutes(1)))));
    assertThat(fleet.live("shop")).containsExactly("a=1");
    fleet.clock.advance(Duration.ofMinutes(2));
    fleet.repository.commit("a", 2);
    fleet.intervalPasses();
    assertThat(refusals("shop")).hasSize(1);
    assertThat(fleet.status("shop").unhealthy()).isEmpty();

    fleet.target("shop").health(key("a"), Health.DEGRADED);
    fleet.target("shop").system().touchFeed(key("a"));
    fleet.intervalPasses();
    assertThat(fleet.status("shop").unhealthy()).containsOnlyKeys(key("a"));
  }

  /** A window that denies from that time on, for an hour. */
  private Window closedFrom(Duration after) {
    ZonedDateTime begin = fleet.clock.instant().plus(after).atZone(ZoneId.of("UTC"));
    String schedule = begin.getMinute() + " " + begin.getHour() + " * * *";
    return Window.of(Window.Kind.DENY, schedule, Duration.ofHours(1));
  }

  @Test
  void aPlanRunsAsSoonAsItsWindowOpens() {
    put("shop", Windows.of(List.of(closedFrom(Duration.ZERO))));
    fleet.repository.commit("a", 1);
    Instant begin = fleet.clock.instant();
    while (fleet.live("shop").isEmpty()) {
      fleet.clock.advance(Duration.ofSeconds(1));
    }
    assertThat(Duration.between(begin, fleet.clock.instant()))
        .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
  }

  @Test
  void productionFollowsWhatStagingWasReadyWithForLongEnough() {
    fleet.repository.commit("a", 1);
    fleet.put("staging");
    put("prod", Soak.in("staging", SOAK));
    assertThat(fleet.live("staging")).containsExactly("a=1");
    assertThat(refusals("prod")).hasSize(1);

    fleet.clock.advance(SOAK.minusSeconds(1));
    assertThat(fleet.live("prod")).isEmpty();
    fleet.clock.advance(Duration.ofSeconds(2));
    assertThat(fleet.live("prod")).containsExactly("a=1");
    assertThat(refusals("prod")).isEmpty();
  }

  @Test
  void whatFailsInStagingSoaksAnew() {
    fleet.repository.commit("a", 1);
    fleet.put("staging");
    put("prod", Soak.in("staging", SOAK));
    fleet.clock.advance(SOAK.minusMinutes(1));
    fleet.target("staging").system().put(key("a"), thing("a", 1));
    fleet.target("staging").health(key("a"), Health.DEGRADED);
    fleet.target("staging").system().touchFeed(key("a"));
    fleet.intervalPasses();
    fleet.target("staging").health(key("a"), Health.HEALTHY);
    fleet.target("staging").system().touchFeed(key("a"));
    fleet.intervalPasses();
    assertThat(fleet.status("staging").isReady()).isTrue();

    fleet.clock.advance(SOAK.minusMinutes(5));
    assertThat(fleet.live("prod")).isEmpty();
    fleet.clock.advance(Duration.ofMinutes(6));
    assertThat(fleet.live("prod")).containsExactly("a=1");
  }

  @Test
  void aSoakOfAnApplicationThatNobodyKnowsWaits() {
    fleet.repository.commit("a", 1);
    put("prod", Soak.in("staging", SOAK));
    fleet.clock.advance(SOAK.multipliedBy(2));
    assertThat(fleet.live("prod")).isEmpty();
    assertThat(refusals("prod")).singleElement().asString().contains("and is not");
  }
}
