package io.github.gitops4j.tests.control;

import static io.github.gitops4j.tests.control.Fleet.INTERVAL;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.application.RemovalPolicy;
import io.github.gitops4j.control.ApplicationStatus;
import io.github.gitops4j.control.Trigger;
import io.github.gitops4j.reconcile.PassResult;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many applications of one repository: how often it is asked, and who learns of it. */
class RemotesTest {
  private final AtomicReference<Trigger.@Nullable Sink> webhook = new AtomicReference<>();
  private final Fleet fleet =
      new Fleet(
          builder ->
              builder.trigger(
                  sink -> {
                    webhook.set(sink);
                    return () -> webhook.set(null);
                  }));

  @BeforeEach
  void putThree() {
    fleet.repository.commit("a", 1);
    fleet.put("shop", "bank", "mail");
    fleet.clock.advance(INTERVAL);
    fleet.repository.looks().clear();
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  private Trigger.Sink webhook() {
    return requireNonNull(webhook.get());
  }

  @Test
  void oneRequestPerIntervalIsForAllOfThem() {
    for (int interval = 0; interval < 10; interval++) {
      fleet.clock.advance(INTERVAL);
    }

    assertThat(fleet.repository.looks()).hasSize(10).containsOnly(3);
  }

  @Test
  void whoLearnsThatItHasMovedTellsTheOthers() {
    fleet.repository.commit("a", 2);

    assertThat(fleet.controller.reconcileNow("mail")).isNotNull();

    assertThat(fleet.live("shop")).containsExactly("a=2");
    assertThat(fleet.live("bank")).containsExactly("a=2");
    assertThat(fleet.repository.looks()).containsExactly(3);
  }

  @Test
  void aTriggerMakesAllOfThemLookWithOneRequest() {
    fleet.repository.commit("a", 2);

    int told = webhook().remoteMoved("https://git.example.com/shop.git");

    assertThat(told).isEqualTo(3);
    assertThat(fleet.live("shop")).containsExactly("a=2");
    assertThat(fleet.live("bank")).containsExactly("a=2");
    assertThat(webhook().remoteMoved("https://git.example.com/other.git")).isZero();
    assertThat(webhook().applicationMoved("nobody")).isFalse();
  }

  @Test
  void aTriggerMayKnowARemoteByAnotherSpelling() {
    fleet.repository.commit("a", 2);

    int told = webhook().remotesMoved(id -> id.endsWith("/shop.git"));

    assertThat(told).isEqualTo(3);
    assertThat(fleet.live("mail")).containsExactly("a=2");
    assertThat(webhook().remotesMoved(id -> false)).isZero();
  }

  @Test
  void aTriggerEndsWithTheController() {
    fleet.close();

    assertThat(webhook).hasNullValue();
  }

  @Test
  void aRepositoryThatIsDownIsAskedLessAndLessAndNotByEachOfThem() {
    fleet.repository.down(true);

    fleet.clock.advance(Duration.ofMinutes(10));

    assertThat(fleet.repository.looks()).hasSizeBetween(3, 14);
    ApplicationStatus status = fleet.status("shop");
    assertThat(status.lastReport().orElseThrow().result())
        .isInstanceOfSatisfying(
            PassResult.Failed.class, failed -> assertThat(failed.stage()).isEqualTo("resolve"));

    fleet.repository.down(false);
    fleet.repository.commit("a", 2);
    fleet.clock.advance(Duration.ofMinutes(6));
    assertThat(fleet.live("shop")).containsExactly("a=2");
    assertThat(fleet.live("mail")).containsExactly("a=2");
  }

  /** What failed was to look, so nothing is to be spared once that succeeds. */
  @Test
  void whereItHasNotMovedMeanwhileTheyDoNotWaitOnceItIsUpAgain() {
    fleet.repository.down(true);
    fleet.clock.advance(Duration.ofMinutes(10));
    assertThat(fleet.status("shop").isReady()).isFalse();

    fleet.repository.down(false);
    assertThat(fleet.controller.reconcileNow("mail")).isNotNull();
    fleet.clock.advance(INTERVAL.plus(INTERVAL));

    assertThat(fleet.status("shop").isReady()).isTrue();
  }

  @Test
  void oneThatHasLeftIsNotAskedFor() {
    assertThat(fleet.controller.remove("mail", RemovalPolicy.ORPHAN)).isNotNull();

    fleet.clock.advance(INTERVAL);

    assertThat(fleet.repository.looks()).containsExactly(2);
  }
}
