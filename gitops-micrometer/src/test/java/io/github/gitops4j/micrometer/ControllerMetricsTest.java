package io.github.gitops4j.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.application.RemovalPolicy;
import io.github.gitops4j.gate.Gate;
import io.github.gitops4j.gate.GateFacts;
import io.github.gitops4j.gate.GateVerdict;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.plan.ActionKind;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.testkit.InMemorySystem;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is counted, under which names and labels. */
class ControllerMetricsTest {
  private static final Set<Metric> RARE = Set.of(Metric.EVENTS_MISSED, Metric.FIGHTS);

  private final Shop shop = new Shop();
  private final SimpleMeterRegistry registry =
      new SimpleMeterRegistry(
          SimpleConfig.DEFAULT,
          new Clock() {
            @Override
            public long wallTime() {
              return shop.clock.instant().toEpochMilli();
            }

            @Override
            public long monotonicTime() {
              return shop.clock.nanos();
            }
          });
  private ControllerMetrics metrics;

  @BeforeEach
  void start() {
    metrics = ControllerMetrics.start(registry, shop.controller);
  }

  @AfterEach
  void close() {
    metrics.close();
    shop.close();
  }

  private double count(Metric metric, String... tags) {
    return registry.get(metric.meter()).tags(tags).counter().count();
  }

  private double gauge(Metric metric, String... tags) {
    shop.clock.advance(Duration.ofSeconds(1));
    return registry.get(metric.meter()).tags(tags).gauge().value();
  }

  @Test
  void passesAreTimedByTheirResult() {
    shop.put("shop");
    shop.intervalPasses();
    shop.target("shop").system().reachable(InMemorySystem.Reachability.DOWN);
    shop.commit("b", 1);
    shop.intervalPasses();

    assertThat(registry.get(Metric.PASS.meter()).tag("result", "done").timer().count())
        .isGreaterThanOrEqualTo(2);
    assertThat(registry.get(Metric.PASS.meter()).tag("result", "failed").timer().count())
        .isPositive();
    assertThat(count(Metric.PASS_FAILURES, "stage", "plan", "category", "unavailable"))
        .isPositive();
  }

  @Test
  void actionsGatesAndTurnsAreCounted() {
    shop.put("shop");
    shop.commit("a", 2);
    shop.intervalPasses();

    assertThat(count(Metric.ACTIONS, "kind", "create", "effect", "created")).isEqualTo(1);
    assertThat(count(Metric.ACTIONS, "kind", "update", "effect", "updated")).isEqualTo(1);
    assertThat(count(Metric.GATE_DECISIONS, "gate", "deletion-limit", "verdict", "allow"))
        .isEqualTo(2);
    assertThat(count(Metric.TURNS, "cause", "changed")).isEqualTo(1);
    assertThat(count(Metric.TURNS, "cause", "interval")).isEqualTo(1);
  }

  @Test
  void aPlanThatIsRefusedAgainAndAgainIsDriftOnce() {
    shop.controller.put(
        shop.application("shop")
            .reconciler(
                builder ->
                    builder.gates(
                        List.of(
                            new Gate() {
                              @Override
                              public String name() {
                                return "frozen";
                              }

                              @Override
                              public GateVerdict evaluate(Plan plan, GateFacts facts) {
                                return plan.counts().containsKey(ActionKind.UPDATE)
                                    ? new GateVerdict.Deny("frozen")
                                    : GateVerdict.allow();
                              }
                            })))
            .build());
    shop.target("shop").system().put(Shop.key("a"), Shop.thing("a", 9));
    shop.intervalPasses();
    shop.intervalPasses();

    assertThat(count(Metric.DRIFT)).isEqualTo(1);
    assertThat(registry.get(Metric.PASS.meter()).tag("result", "refused").timer().count())
        .isGreaterThan(1);
  }

  @Test
  void theTimeFromARevisionToWhatItDeclaresIsRecorded() {
    shop.target("shop").health(Shop.key("a"), Health.PROGRESSING);
    shop.source.commit(
        "waves", files -> files.put("b.yaml", Shop.thing("b", 1) + "gitops: {wave: 1}\n"));
    shop.put("shop");
    shop.clock.advance(Duration.ofSeconds(20));
    shop.target("shop").health(Shop.key("a"), Health.HEALTHY);
    shop.clock.advance(Duration.ofSeconds(5));

    var convergence = registry.get(Metric.CONVERGENCE.meter()).timer();
    assertThat(convergence.count()).isEqualTo(1);
    assertThat(convergence.totalTime(TimeUnit.SECONDS)).isBetween(20.0, 25.0);
  }

  @Test
  void gaugesSayHowManyApplicationsStandHow() {
    shop.put("shop");
    shop.target("bank").system().reachable(InMemorySystem.Reachability.DOWN);
    shop.put("bank");
    shop.target("mill").health(Shop.key("a"), Health.DEGRADED);
    shop.put("mill");
    shop.controller.put(shop.application("rest").suspended().build());

    assertThat(gauge(Metric.APPLICATIONS_SYNC, "sync", "in_sync")).isEqualTo(2);
    assertThat(gauge(Metric.APPLICATIONS_SYNC, "sync", "unknown")).isEqualTo(2);
    assertThat(gauge(Metric.APPLICATIONS_HEALTH, "health", "healthy")).isEqualTo(1);
    assertThat(gauge(Metric.APPLICATIONS_HEALTH, "health", "degraded")).isEqualTo(1);
    assertThat(gauge(Metric.APPLICATIONS_CONDITION, "type", "suspended")).isEqualTo(1);
    assertThat(gauge(Metric.APPLICATIONS_CONDITION, "type", "backing_off")).isEqualTo(1);
    assertThat(gauge(Metric.TURNS_QUEUED)).isZero();
    assertThat(gauge(Metric.TURNS_RUNNING)).isZero();
  }

  @Test
  void theOldestSuccessIsThatOfWhoFails() {
    shop.put("shop");
    shop.put("bank");
    shop.target("bank").system().reachable(InMemorySystem.Reachability.DOWN);
    shop.commit("b", 2);
    shop.clock.advance(Duration.ofMinutes(10));

    assertThat(gauge(Metric.OLDEST_SUCCESS)).isBetween(540.0, 602.0);
  }

  @Test
  void onRequestTheApplicationIsALabelAsLongAsItIsThere() {
    metrics.close();
    registry.clear();
    metrics = ControllerMetrics.builder(registry).byApplication().start(shop.controller);
    shop.put("shop");
    shop.put("bank");

    assertThat(count(Metric.ACTIONS, "application", "bank")).isEqualTo(1);
    assertThat(labels(Metric.PASS)).containsExactly("application", "result");

    var unused = shop.controller.remove("bank", RemovalPolicy.ORPHAN);
    assertThat(registry.find(Metric.ACTIONS.meter()).tag("application", "bank").counter()).isNull();
    assertThat(count(Metric.ACTIONS, "application", "shop")).isEqualTo(1);
  }

  @Test
  void everyMeterIsListedWithItsLabels() {
    gaugesSayHowManyApplicationsStandHow();
    shop.target("shop").system().put(Shop.key("a"), Shop.thing("a", 9));
    shop.intervalPasses();

    Set<String> names =
        registry.getMeters().stream()
            .map(meter -> meter.getId().getName())
            .collect(Collectors.toSet());
    Set<String> listed =
        Arrays.stream(Metric.values())
            .filter(metric -> !RARE.contains(metric))
            .map(Metric::meter)
            .collect(Collectors.toSet());
    assertThat(names).isEqualTo(listed);
    for (Metric metric : Metric.values()) {
      if (!RARE.contains(metric)) {
        assertThat(labels(metric)).isEqualTo(new TreeSet<>(metric.labels()));
      }
    }
  }

  private Set<String> labels(Metric metric) {
    return registry.find(metric.meter()).meters().stream()
        .map(Meter::getId)
        .flatMap(id -> id.getTags().stream())
        .map(Tag::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void whatIsClosedCountsNoMoreAndLeavesNoGauge() {
    metrics.close();
    shop.put("shop");

    assertThat(registry.getMeters()).isEmpty();
  }
}
