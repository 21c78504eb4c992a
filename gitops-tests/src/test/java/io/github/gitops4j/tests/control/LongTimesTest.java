package io.github.gitops4j.tests.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.control.ApplicationStatus;
import io.github.gitops4j.control.ApplicationStatus.Activity;
import io.github.gitops4j.control.Controller;
import io.github.gitops4j.control.SharedShards;
import io.github.gitops4j.testkit.InMemoryLeases;
import io.github.gitops4j.testkit.InMemorySystem;
import io.github.gitops4j.testkit.ManualClock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Times that are longer than any clock counts: what is due then is never due. */
class LongTimesTest {
  private static final Duration YEARS = Duration.ofDays(20_000);

  static List<Duration> longTimes() {
    return List.of(
        ChronoUnit.FOREVER.getDuration(),
        Duration.ofSeconds(Long.MAX_VALUE),
        Duration.ofNanos(Long.MAX_VALUE),
        Duration.ofDays(200_000));
  }

  /** Returns a fleet whose clock was at work for long. */
  private static Fleet old(UnaryOperator<Controller.Builder> choices) {
    Fleet fleet = new Fleet(choices);
    fleet.clock.advance(YEARS);
    fleet.repository.commit("a", 1);
    return fleet;
  }

  @ParameterizedTest
  @MethodSource("longTimes")
  void anIntervalMayNeverBeOver(Duration time) {
    try (Fleet fleet = old(builder -> builder.jitter(() -> 1))) {
      fleet.controller.put(fleet.application("shop").interval(time).build());
      fleet.clock.advance(Duration.ofSeconds(1));
      fleet.repository.commit("a", 2);
      fleet.passes("shop").clear();

      fleet.clock.advance(YEARS);

      assertThat(fleet.passes("shop")).isEmpty();
      assertThat(fleet.status("shop").activity()).isEqualTo(Activity.RESTING);
      assertThat(fleet.controller.reconcileNow("shop")).isCompleted();
      assertThat(fleet.live("shop")).containsExactly("a=2");
    }
  }

  @ParameterizedTest
  @MethodSource("longTimes")
  void aPassMayTakeAsLongAsItWants(Duration time) {
    List<Boolean> isAlive = new ArrayList<>();
    try (Fleet fleet = old(UnaryOperator.identity())) {
      fleet.controller.put(
          fleet
              .application("shop")
              .passTimeout(time)
              .reconciler(
                  builder ->
                      builder.listener(
                          event -> {
                            fleet.clock.advance(Duration.ofDays(1_000));
                            isAlive.add(fleet.controller.liveness().passes());
                          }))
              .build());

      assertThat(isAlive).isNotEmpty().containsOnly(true);
      assertThat(fleet.live("shop")).containsExactly("a=1");
      assertThat(fleet.status("shop").activity()).isEqualTo(Activity.RESTING);
    }
  }

  @ParameterizedTest
  @MethodSource("longTimes")
  void whatFailsMayNeverBeTriedAgainByItself(Duration time) {
    RetryPolicy never = RetryPolicy.builder().first(time).longest(time).jitter(() -> 1).build();
    try (Fleet fleet = old(builder -> builder.backoff(never))) {
      fleet.target("shop").system().reachable(InMemorySystem.Reachability.DOWN);
      fleet.put("shop");
      fleet.target("shop").system().reachable(InMemorySystem.Reachability.UP);
      fleet.passes("shop").clear();

      fleet.clock.advance(Duration.ofDays(100));
      assertThat(fleet.passes("shop")).isEmpty();
      ApplicationStatus status = fleet.status("shop");
      assertThat(status.failures()).isEqualTo(1);
      assertThat(status.activity()).isEqualTo(Activity.RESTING);

      assertThat(fleet.controller.reconcileNow("shop")).isCompleted();
      assertThat(fleet.live("shop")).containsExactly("a=1");
    }
  }

  @ParameterizedTest
  @MethodSource("longTimes")
  void noTurnIsSlowAndClosingWaitsAsLongAsItTakes(Duration time) {
    Fleet fleet = old(builder -> builder.slowAfter(time).closePatience(time));
    fleet.put("shop");

    fleet.close();

    assertThat(fleet.live("shop")).containsExactly("a=1");
    assertThat(fleet.controller.statuses()).isEmpty();
    assertThat(fleet.clock.pending()).isZero();
  }

  @ParameterizedTest
  @MethodSource("longTimes")
  void aLeaseMayNeverEnd(Duration time) {
    ManualClock clock = ManualClock.create();
    InMemoryLeases records = new InMemoryLeases();
    SharedShards one =
        SharedShards.builder("one", records, Runnable::run, clock)
            .ticker(clock)
            .lease(time)
            .shards(2)
            .build();
    try (var taking = one.begin(() -> {})) {
      clock.advance(Duration.ofDays(1));
      assertThat(one.mine()).containsExactly(0, 1);
      assertThat(records.list(CallContext.unbounded())).hasSize(3);
      assertThat(taking).isNotNull();
    }
  }
}
