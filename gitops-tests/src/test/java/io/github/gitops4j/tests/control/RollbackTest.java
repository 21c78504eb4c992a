package io.github.gitops4j.tests.control;

import static io.github.gitops4j.tests.control.Fleet.key;
import static io.github.gitops4j.tests.control.Fleet.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.application.FailedRevisionPolicy;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.control.Condition;
import io.github.gitops4j.gate.ApprovalRequired;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.source.Revision;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A revision that fails, and what its application goes back to by itself. */
class RollbackTest {
  private static final CallContext CALL = CallContext.unbounded();
  private static final Duration WITHIN = Duration.ofMinutes(10);
  private static final Duration MOMENT = Duration.ofMillis(50);

  private final Fleet fleet = new Fleet();

  @BeforeEach
  void put() {
    fleet.repository.commit("a", 1);
    fleet.controller.put(
        fleet.application("shop").failed(FailedRevisionPolicy.retry().rollingBack(WITHIN)).build());
    assertThat(fleet.status("shop").isReady()).isTrue();
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  private void health(String name, Health health) {
    fleet.target("shop").health(key(name), health);
    fleet.clock.advance(MOMENT);
  }

  private List<Condition.Type> conditions() {
    return fleet.status("shop").conditions().stream().map(Condition::type).toList();
  }

  /** A revision of two waves of which the first never becomes healthy. */
  private Revision commitOneThatFails() {
    Revision failing =
        fleet.repository.commit("a", thing("a", 2) + "---\n" + thing("b", 2, "wave: 1"));
    health("a", Health.DEGRADED);
    fleet.intervalPasses();
    fleet.intervalPasses();
    return failing;
  }

  @Test
  void anOperationThatFailsGoesBackToTheLastHealthyRevision() {
    Revision good = fleet.status("shop").reached().orElseThrow();
    Revision failing = commitOneThatFails();
    health("a", Health.HEALTHY);
    fleet.intervalPasses();

    assertThat(fleet.live("shop")).containsExactly("a=1");
    assertThat(conditions()).containsExactly(Condition.Type.PINNED);
    assertThat(fleet.status("shop").head()).contains(failing);
    assertThat(fleet.status("shop").reached()).contains(good);
    assertThat(fleet.controller.reconciler("shop").history(50, CALL))
        .extracting(record -> record.event())
        .filteredOn(HistoryEvent.RevisionPinned.class::isInstance)
        .containsExactly(
            new HistoryEvent.RevisionPinned(good, failing, "automatic: its operation failed"));
  }

  @Test
  void whatFallsIllNotLongAfterGoesBackToo() {
    fleet.repository.commit("a", 2);
    fleet.intervalPasses();
    assertThat(fleet.live("shop")).containsExactly("a=2");

    fleet.clock.advance(WITHIN.minusMinutes(2));
    health("a", Health.DEGRADED);
    assertThat(fleet.live("shop")).containsExactly("a=1");
    assertThat(conditions()).contains(Condition.Type.PINNED);
    assertThat(fleet.controller.reconciler("shop").history(50, CALL))
        .extracting(record -> record.event())
        .anyMatch(
            event ->
                event instanceof HistoryEvent.RevisionFailed failed
                    && failed.reason().equals("Thing/a is degraded: by order of the test"));
  }

  @Test
  void whatFallsIllLongAfterStays() {
    fleet.repository.commit("a", 2);
    fleet.intervalPasses();
    fleet.clock.advance(WITHIN.plusMinutes(1));
    health("a", Health.DEGRADED);
    assertThat(fleet.live("shop")).containsExactly("a=2");
    assertThat(conditions()).isEmpty();
  }

  @Test
  void itStaysThereUntilTheSourceMovesOn() {
    commitOneThatFails();
    health("a", Health.HEALTHY);
    for (int i = 0; i < 10; i++) {
      fleet.intervalPasses();
    }
    assertThat(fleet.live("shop")).containsExactly("a=1");

    fleet.repository.commit("a", 3);
    fleet.intervalPasses();
    assertThat(fleet.live("shop")).containsExactly("a=3");
    assertThat(conditions()).isEmpty();
  }

  @Test
  void driftIsPutRightWhereItWentBackTo() {
    commitOneThatFails();
    health("a", Health.HEALTHY);
    fleet.target("shop").system().put(key("a"), thing("a", 9));
    fleet.clock.advance(MOMENT);
    assertThat(fleet.live("shop")).containsExactly("a=1");
  }

  @Test
  void whatItWentBackToMayFailAsWellAndThenNothingGoesOnForEver() {
    commitOneThatFails();
    for (int i = 0; i < 20; i++) {
      fleet.intervalPasses();
    }
    assertThat(fleet.live("shop")).containsExactly("a=1");
    assertThat(fleet.controller.reconciler("shop").history(200, CALL))
        .filteredOn(record -> record.event() instanceof HistoryEvent.RevisionPinned)
        .hasSize(1);
  }

  @Test
  void whoUnpinsItTriesItOnceMore() {
    commitOneThatFails();
    health("a", Health.HEALTHY);
    fleet.controller.reconciler("shop").unpin("ada", CALL);
    assertThat(fleet.controller.reconcileNow("shop")).isCompleted();
    fleet.intervalPasses();
    assertThat(fleet.live("shop")).containsExactly("a=2", "b=2");
  }

  @Test
  void aFirstRevisionThatFailsHasNowhereToGo() {
    fleet.repository.commit("x", thing("x", 1, "wave: 1"));
    fleet.target("new").health(key("a"), Health.DEGRADED);
    fleet.controller.put(
        fleet.application("new").failed(FailedRevisionPolicy.retry().rollingBack(WITHIN)).build());
    for (int i = 0; i < 5; i++) {
      fleet.intervalPasses();
    }
    assertThat(fleet.live("new")).containsExactly("a=1");
    assertThat(fleet.status("new").has(Condition.Type.PINNED)).isFalse();
  }

  @Test
  void aRollbackThatAGateRefusesWaitsForIt() {
    fleet.repository.commit("a", 2);
    fleet.intervalPasses();
    fleet.controller.put(
        fleet
            .application("shop")
            .failed(FailedRevisionPolicy.retry().rollingBack(WITHIN))
            .reconciler(builder -> builder.gate(new ApprovalRequired()))
            .build());
    health("a", Health.DEGRADED);
    assertThat(fleet.live("shop")).containsExactly("a=2");
    assertThat(conditions()).contains(Condition.Type.PINNED, Condition.Type.REFUSED);

    var plan = fleet.status("shop").lastReport().orElseThrow().plan().orElseThrow();
    fleet.controller.reconciler("shop").approve(plan.digest(), "ada", CALL);
    assertThat(fleet.controller.reconcileNow("shop")).isCompleted();
    assertThat(fleet.live("shop")).containsExactly("a=1");
  }

  @Test
  void withoutThePolicyItStays() {
    fleet.put("plain");
    fleet.repository.commit("a", 2);
    fleet.intervalPasses();
    fleet.target("plain").health(key("a"), Health.DEGRADED);
    fleet.clock.advance(MOMENT);
    assertThat(fleet.live("plain")).containsExactly("a=2");
  }
}
