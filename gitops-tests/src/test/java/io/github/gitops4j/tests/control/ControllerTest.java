package io.github.gitops4j.tests.control;

import static io.github.gitops4j.tests.control.Fleet.INTERVAL;
import static io.github.gitops4j.tests.control.Fleet.key;
import static io.github.gitops4j.tests.control.Fleet.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.control.ApplicationStatus;
import io.github.gitops4j.control.ApplicationStatus.Activity;
import io.github.gitops4j.control.ApplicationStatus.Sync;
import io.github.gitops4j.control.Condition;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.RewindPolicy;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.testkit.InMemorySystem;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One application and its turns: what leads to one, and what comes of it. */
class ControllerTest {
  private final Fleet fleet = new Fleet();

  @AfterEach
  void close() {
    fleet.close();
  }

  @Test
  void whatIsPutIsMadeAsDeclared() {
    Revision revision = fleet.repository.commit("a", 1);

    fleet.put("shop");

    assertThat(fleet.live("shop")).containsExactly("a=1");
    ApplicationStatus status = fleet.status("shop");
    assertThat(status.sync()).isEqualTo(Sync.IN_SYNC);
    assertThat(status.isReady()).isTrue();
    assertThat(status.head()).contains(revision);
    assertThat(status.reached()).contains(revision);
    assertThat(status.conditions()).isEmpty();
  }

  @Test
  void aCommitIsSeenAfterTheInterval() {
    fleet.repository.commit("a", 1);
    fleet.put("shop");
    fleet.repository.commit("a", 2);

    fleet.clock.advance(INTERVAL.minusMillis(1));
    assertThat(fleet.live("shop")).containsExactly("a=1");

    fleet.clock.advance(Duration.ofMillis(1));
    assertThat(fleet.live("shop")).containsExactly("a=2");
  }

  @Test
  void intervalsAreSpreadByUpToATenth() {
    try (Fleet late = new Fleet(builder -> builder.jitter(() -> 1))) {
      late.repository.commit("a", 1);
      late.put("shop");
      late.clock.advance(Duration.ofSeconds(1));

      assertThat(late.status("shop").nextTurn()).contains(INTERVAL.plusSeconds(5));
    }
  }

  @Test
  void driftIsCorrectedAtOnce() {
    fleet.repository.commit("a", 1);
    fleet.put("shop");

    fleet.target("shop").system().put(key("a"), thing("a", 9));
    fleet.clock.advance(Duration.ofMillis(50));

    assertThat(fleet.live("shop")).containsExactly("a=1");
  }

  @Test
  void whatItHasWrittenItselfLeadsToNothing() {
    fleet.repository.commit("a", 1);
    fleet.put("shop");
    fleet.clock.advance(Duration.ofSeconds(1));
    fleet.passes("shop").clear();

    fleet.clock.advance(Duration.ofSeconds(50));

    assertThat(fleet.passes("shop")).isEmpty();
  }

  @Test
  void aFailureIsTriedAgainLaterEachTime() {
    fleet.repository.commit("a", 1);
    fleet.target("shop").system().reachable(InMemorySystem.Reachability.DOWN);
    fleet.put("shop");
    fleet.passes("shop").clear();

    fleet.clock.advance(Duration.ofMillis(9_999));
    assertThat(fleet.passes("shop")).isEmpty();
    assertThat(fleet.status("shop").failures()).isEqualTo(1);
    assertThat(fleet.status("shop").has(Condition.Type.BACKING_OFF)).isTrue();

    fleet.clock.advance(Duration.ofMillis(1));
    assertThat(fleet.passes("shop")).hasSize(1);
    fleet.clock.advance(Duration.ofMillis(19_999));
    assertThat(fleet.passes("shop")).hasSize(1);
    fleet.clock.advance(Duration.ofMillis(1));
    assertThat(fleet.passes("shop")).hasSize(2);
  }

  @Test
  void aNewRevisionIsTriedAtItsIntervalAlthoughTheLastOneFailed() {
    fleet.repository.commit("a", "kind: [");
    fleet.put("shop");
    for (int pass = 0; pass < 6; pass++) {
      fleet.clock.advance(Duration.ofMinutes(5));
    }
    fleet.passes("shop").clear();
    fleet.repository.commit("a", 1);

    fleet.intervalPasses();

    assertThat(fleet.live("shop")).containsExactly("a=1");
    assertThat(fleet.status("shop").failures()).isZero();
  }

  @Test
  void aRequestIsMetWithALookThatBeganAfterIt() throws Exception {
    fleet.repository.commit("a", 1);
    fleet.put("shop");
    Revision revision = fleet.repository.commit("a", 2);

    CompletableFuture<ApplicationStatus> turn = fleet.controller.reconcileNow("shop");

    assertThat(turn).isCompleted();
    assertThat(turn.get().reached()).contains(revision);
    assertThat(fleet.live("shop")).containsExactly("a=2");
  }

  @Test
  void whatIsSuspendedIsLeftAlone() {
    fleet.repository.commit("a", 1);
    fleet.put("shop");
    fleet.controller.suspend("shop");
    fleet.repository.commit("b", 2);
    fleet.target("shop").system().put(key("a"), thing("a", 9));

    fleet.clock.advance(Duration.ofHours(1));
    assertThat(fleet.controller.reconcileNow("shop")).isCompleted();
    assertThat(fleet.live("shop")).containsExactly("a=9");
    assertThat(fleet.status("shop").has(Condition.Type.SUSPENDED)).isTrue();

    fleet.controller.resume("shop");
    assertThat(fleet.live("shop")).containsExactly("a=1", "b=2");
    assertThat(fleet.status("shop").has(Condition.Type.SUSPENDED)).isFalse();
  }

  @Test
  void anApplicationMayBeDeclaredSuspended() {
    fleet.repository.commit("a", 1);
    fleet.controller.put(fleet.application("shop").suspended().build());

    fleet.intervalPasses();

    assertThat(fleet.live("shop")).isEmpty();
    assertThat(fleet.status("shop").activity()).isEqualTo(Activity.RESTING);
  }

  @Test
  void aWaveGoesOnWhenTheOneBeforeBecomesHealthy() {
    fleet.repository.commit("a", thing("a", 1));
    fleet.repository.commit("b", thing("b", 1, "wave: 1"));
    fleet.target("shop").health(key("a"), Health.PROGRESSING);
    fleet.put("shop");
    assertThat(fleet.live("shop")).containsExactly("a=1");
    assertThat(fleet.status("shop").unhealthy()).containsOnlyKeys(key("a"));
    assertThat(fleet.status("shop").isReady()).isFalse();

    fleet.target("shop").health(key("a"), Health.HEALTHY);
    fleet.clock.advance(Duration.ofMillis(50));

    assertThat(fleet.live("shop")).containsExactly("a=1", "b=1");
    assertThat(fleet.status("shop").isReady()).isTrue();
  }

  @Test
  void aNewRevisionTakesTheTurnOfAWaveThatIsStuck() {
    fleet.repository.commit("a", thing("a", 1));
    fleet.repository.commit("b", thing("b", 1, "wave: 1"));
    fleet.target("shop").health(key("a"), Health.PROGRESSING);
    fleet.put("shop");
    fleet.repository.commit("a", thing("a", 2));

    fleet.intervalPasses();

    assertThat(fleet.live("shop")).containsExactly("a=2");
    assertThat(fleet.status("shop").lastReport().orElseThrow().result())
        .isInstanceOf(PassResult.Awaiting.class);
  }

  @Test
  void whatIsNoLongerHealthyIsInTheStatus() {
    fleet.repository.commit("a", 1);
    fleet.put("shop");
    fleet.clock.advance(Duration.ofSeconds(1));
    fleet.passes("shop").clear();

    fleet.target("shop").health(key("a"), Health.DEGRADED);
    fleet.clock.advance(Duration.ofMillis(50));

    assertThat(fleet.status("shop").unhealthy()).containsOnlyKeys(key("a"));
    assertThat(fleet.status("shop").sync()).isEqualTo(Sync.IN_SYNC);
    assertThat(fleet.status("shop").isReady()).isFalse();
    assertThat(fleet.passes("shop")).as("health alone needs no pass").isEmpty();

    fleet.target("shop").health(key("a"), Health.HEALTHY);
    fleet.clock.advance(Duration.ofMillis(50));
    assertThat(fleet.status("shop").isReady()).isTrue();
  }

  @Test
  void aJumpOfTheWallClockMakesNobodyWork() {
    fleet.repository.commit("a", thing("a", 1));
    fleet.repository.commit("b", thing("b", 1, "wave: 1"));
    fleet.target("shop").health(key("a"), Health.PROGRESSING);
    fleet.put("shop");
    fleet.clock.advance(Duration.ofSeconds(1));
    int passes = fleet.passes("shop").size();

    fleet.clock.jumpTo(Instant.parse("2001-01-01T00:00:00Z"));
    fleet.clock.advance(Duration.ofSeconds(20));
    assertThat(fleet.passes("shop")).hasSize(passes);

    fleet.clock.jumpTo(Instant.parse("2040-01-01T00:00:00Z"));
    fleet.clock.advance(Duration.ofSeconds(20));
    assertThat(fleet.passes("shop").size() - passes).isLessThan(5);
  }

  @Test
  void aChangedApplicationTakesThePlaceOfTheOtherOne() {
    AtomicInteger done = new AtomicInteger();
    fleet.repository.commit("a", 1);
    fleet.controller.put(fleet.application("shop").whenDone(done::incrementAndGet).build());
    Fleet.Repository other = new Fleet.Repository("https://git.example.com/other.git");
    other.commit("a", 7);

    fleet.controller.put(
        fleet
            .application("shop", other.source())
            .reconciler(builder -> builder.rewind(RewindPolicy.ALLOW))
            .build());

    assertThat(done).hasValue(1);
    assertThat(fleet.live("shop")).containsExactly("a=7");
    assertThat(fleet.controller.statuses()).hasSize(1);
    fleet.repository.commit("a", 2);
    fleet.intervalPasses();
    assertThat(fleet.live("shop")).containsExactly("a=7");
  }

  @Test
  void aTurnThatThrowsWhateverIsAFailureOfItsApplication() {
    fleet.repository.commit("a", 1);
    fleet.controller.put(
        fleet
            .application("shop")
            .reconciler(
                builder ->
                    builder.operationIds(
                        () -> {
                          throw new StackOverflowError();
                        }))
            .build());
    fleet.put("bank");

    assertThat(fleet.status("shop").failures()).isEqualTo(1);
    assertThat(fleet.status("shop").activity()).isEqualTo(Activity.RESTING);
    assertThat(fleet.live("bank")).containsExactly("a=1");
  }

  @Test
  void onceClosedNothingHappens() {
    AtomicInteger done = new AtomicInteger();
    fleet.repository.commit("a", 1);
    fleet.controller.put(fleet.application("shop").whenDone(done::incrementAndGet).build());
    fleet.controller.close();
    fleet.passes("shop").clear();
    fleet.repository.commit("a", 2);

    fleet.clock.advance(Duration.ofHours(1));
    fleet.target("shop").system().put(key("a"), thing("a", 9));
    fleet.clock.advance(Duration.ofHours(1));

    assertThat(fleet.passes("shop")).isEmpty();
    assertThat(done).hasValue(1);
    assertThat(fleet.clock.pending()).as("tasks left on the scheduler").isZero();
    assertThatThrownBy(() -> fleet.put("bank")).isInstanceOf(IllegalStateException.class);
  }
}
