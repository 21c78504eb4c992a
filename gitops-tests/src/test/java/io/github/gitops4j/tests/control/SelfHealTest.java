package io.github.gitops4j.tests.control;

import static io.github.gitops4j.tests.control.Fleet.key;
import static io.github.gitops4j.tests.control.Fleet.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.application.FailedRevisionPolicy;
import io.github.gitops4j.control.ApplicationStatus.Sync;
import io.github.gitops4j.control.Condition;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.plan.DriftPolicy;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.reconcile.FightPolicy;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.testkit.InMemorySystem.Reachability;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Drift, fights, and revisions that fail. */
class SelfHealTest {
  private static final Duration MOMENT = Duration.ofMillis(50);

  private final Fleet fleet = new Fleet();

  @AfterEach
  void close() {
    fleet.close();
  }

  private void put(DriftPolicy policy) {
    fleet.repository.commit("a", 1);
    fleet.controller.put(
        fleet
            .application("shop")
            .reconciler(builder -> builder.policy(PlanPolicy.builder().drift(policy).build()))
            .build());
  }

  private void edit(int value) {
    fleet.target("shop").system().put(key("a"), thing("a", value));
    fleet.clock.advance(MOMENT);
  }

  private List<Condition.Type> conditions() {
    return fleet.status("shop").conditions().stream().map(Condition::type).toList();
  }

  @Test
  void driftIsReportedWhereThatIsThePolicy() {
    put(DriftPolicy.REPORT);
    edit(9);
    assertThat(fleet.live("shop")).containsExactly("a=9");
    assertThat(fleet.status("shop").sync()).isEqualTo(Sync.OUT_OF_SYNC);

    fleet.repository.commit("b", 1);
    fleet.intervalPasses();
    assertThat(fleet.live("shop")).containsExactly("a=9", "b=1");
  }

  @Test
  void driftIsNoDifferenceWhereThatIsThePolicy() {
    put(DriftPolicy.LEAVE);
    edit(9);
    assertThat(fleet.live("shop")).containsExactly("a=9");
    assertThat(fleet.status("shop").isReady()).isTrue();
  }

  @Test
  void aFightIsACondition() {
    fleet.repository.commit("a", 1);
    FightPolicy three = new FightPolicy(3, Duration.ofMinutes(1), Duration.ofMinutes(10));
    fleet.controller.put(
        fleet.application("shop").reconciler(builder -> builder.fights(three)).build());
    for (int i = 2; i < 6; i++) {
      edit(i);
    }
    assertThat(fleet.live("shop")).containsExactly("a=5");
    assertThat(conditions()).containsExactly(Condition.Type.FIGHTING);
    assertThat(fleet.status("shop").sync()).isEqualTo(Sync.OUT_OF_SYNC);

    // What the other writer goes on with is not looked at each time.
    fleet.passes("shop").clear();
    for (int i = 0; i < 100; i++) {
      edit(i);
    }
    assertThat(fleet.passes("shop")).hasSizeLessThan(3);

    assertThat(fleet.controller.reconcileNow("shop")).isCompleted();
    assertThat(fleet.live("shop")).containsExactly("a=1");
    assertThat(conditions()).isEmpty();
  }

  private void putGivingUp(boolean rescuedByDrift) {
    fleet.repository.commit("a", 1);
    fleet.controller.put(
        fleet
            .application("shop")
            .failed(new FailedRevisionPolicy(OptionalInt.of(2), rescuedByDrift, Optional.empty()))
            .build());
    fleet.target("shop").health(key("a"), Health.DEGRADED);
    fleet.repository.commit("b", thing("b", 1, "wave: 1"));
    for (int i = 0; i < 20; i++) {
      fleet.intervalPasses();
    }
  }

  /** Returns how many passes have failed. */
  private long failed() {
    return fleet.passes("shop").stream()
        .filter(report -> report.result() instanceof PassResult.Failed)
        .count();
  }

  @Test
  void aRevisionIsGivenUpAfterItsAttemptsUntilThereIsANewOne() {
    putGivingUp(false);
    assertThat(failed()).isEqualTo(2);
    assertThat(conditions()).containsExactly(Condition.Type.GIVEN_UP);

    edit(9);
    assertThat(fleet.live("shop")).containsExactly("a=9");
    fleet.target("shop").health(key("a"), Health.HEALTHY);
    fleet.intervalPasses();
    assertThat(fleet.live("shop")).containsExactly("a=9");
    fleet.repository.commit("c", 1);
    fleet.intervalPasses();
    assertThat(conditions()).isEmpty();
    assertThat(fleet.live("shop")).containsExactly("a=1", "b=1", "c=1");
  }

  @Test
  void aRevisionThatWasGivenUpIsTriedAgainIfSomebodyAsks() {
    putGivingUp(false);
    fleet.target("shop").health(key("a"), Health.HEALTHY);
    assertThat(fleet.controller.reconcileNow("shop")).isCompleted();
    assertThat(fleet.live("shop")).containsExactly("a=1", "b=1");
  }

  @Test
  void driftRescuesARevisionWhereThatIsThePolicy() {
    putGivingUp(true);
    assertThat(conditions()).containsExactly(Condition.Type.GIVEN_UP);
    edit(9);
    for (int i = 0; i < 20; i++) {
      fleet.intervalPasses();
    }
    assertThat(failed()).isEqualTo(4);
  }

  @Test
  void aLiveSystemThatIsDownIsNoFaultOfTheRevision() {
    fleet.repository.commit("a", 1);
    fleet.target("shop").system().reachable(Reachability.DOWN);
    fleet.controller.put(
        fleet.application("shop").failed(FailedRevisionPolicy.giveUpAfter(1)).build());
    for (int i = 0; i < 5; i++) {
      fleet.intervalPasses();
    }
    assertThat(conditions()).containsExactly(Condition.Type.BACKING_OFF);

    fleet.target("shop").system().reachable(Reachability.UP);
    for (int i = 0; i < 6; i++) {
      fleet.intervalPasses();
    }
    assertThat(fleet.live("shop")).containsExactly("a=1");
  }
}
