package io.github.gitops4j.tests.engine;

import static io.github.gitops4j.tests.engine.Scene.CALL;
import static io.github.gitops4j.tests.engine.Scene.effects;
import static io.github.gitops4j.tests.engine.Scene.key;
import static io.github.gitops4j.tests.engine.Scene.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.OperationResult;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlowRemovalsTest {
  private final Scene scene = new Scene();
  private final Reconciler reconciler =
      scene.reconciler().healthTimeout(Duration.ofMinutes(5)).build();

  /** Wave 1 is removed before wave 0. */
  @BeforeEach
  void ownThreeThingsOfWhichOneStays() {
    scene.commit(
        "base", thing("base", 1),
        "kept", thing("kept", 1),
        "slow", thing("slow", 1, "wave: 1"),
        "quick", thing("quick", 1, "wave: 1"));
    assertThat(reconciler.reconcileAndWait(CALL).converged()).isTrue();
    scene.target.system().hold(key("slow"));
    scene.remove("slow");
    scene.remove("quick");
    scene.remove("base");
  }

  private Instant deadline(ReconcileReport report) {
    assertThat(report.result()).isInstanceOf(PassResult.Awaiting.class);
    return ((PassResult.Awaiting) report.result()).deadline();
  }

  private HistoryEvent.OperationEnded lastEnded() {
    return scene.target.history().state(CALL).lastEnded().orElseThrow();
  }

  @Test
  void whatComesAfterItWaitsUntilItIsGone() {
    ReconcileReport first = reconciler.reconcile(CALL);

    assertThat(effects(first)).isEqualTo("PRUNED quick, REMOVING slow");
    assertThat(((PassResult.Awaiting) first.result()).keys()).containsExactly(key("slow"));
    assertThat(first.unhealthy().get(key("slow")))
        .satisfies(
            report -> {
              assertThat(report.health()).isEqualTo(Health.TERMINATING);
              assertThat(report.reason()).contains("by order of the test");
            });
    assertThat(effects(reconciler.reconcile(CALL))).isEqualTo("REMOVING slow");

    scene.target.system().letGo(key("slow"));
    ReconcileReport last = reconciler.reconcile(CALL);
    assertThat(effects(last)).isEqualTo("RELEASED slow, PRUNED base");
    assertThat(last.converged()).isTrue();
    assertThat(last.operation()).isEqualTo(first.operation());
    assertThat(lastEnded().result()).isEqualTo(OperationResult.SUCCEEDED);
  }

  @Test
  void aProcessThatComesAfterOneThatDiedGoesOn() {
    ReconcileReport first = reconciler.reconcile(CALL);
    scene.target.system().letGo(key("slow"));

    ReconcileReport next = scene.reconciler().build().reconcile(CALL);

    assertThat(next.operation()).isEqualTo(first.operation());
    assertThat(effects(next)).isEqualTo("RELEASED slow, PRUNED base");
    assertThat(next.converged()).isTrue();
  }

  @Test
  void askingAgainMovesNoDeadline() {
    Instant deadline = deadline(reconciler.reconcile(CALL));
    int records = reconciler.history(100, CALL).size();
    scene.clock.advance(Duration.ofMinutes(4));

    assertThat(deadline(reconciler.reconcile(CALL))).isEqualTo(deadline);
    assertThat(reconciler.history(100, CALL)).hasSize(records);
  }

  @Test
  void whatDoesNotGoInTimeFailsTheOperationAndIsNamedWithItsReason() {
    reconciler.reconcile(CALL);
    scene.clock.advance(Duration.ofMinutes(6));

    ReconcileReport late = reconciler.reconcile(CALL);

    assertThat(late.result())
        .isInstanceOfSatisfying(
            PassResult.Failed.class,
            failed -> {
              assertThat(failed.failure().category()).isEqualTo(FailureCategory.TIMEOUT);
              assertThat(failed.failure().message())
                  .contains("Thing/slow (terminating: held by order of the test)");
            });
    assertThat(lastEnded().result()).isEqualTo(OperationResult.FAILED);
    assertThat(scene.target.inventory().read(CALL).get(key("slow"))).isPresent();
    assertThat(scene.target.system().get(key("base"))).isPresent();
  }

  @Test
  void whatIsBeingRemovedNeedNotBecomeHealthy() {
    scene.target.health(key("slow"), Health.DEGRADED);
    reconciler.reconcile(CALL);
    scene.commit("kept", thing("kept", 2));
    scene.target.system().letGo(key("slow"));

    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
  }

  @Test
  void whatIsDeclaredAgainMeanwhileIsCreatedOnceItIsGone() {
    reconciler.reconcile(CALL);
    scene.commit("slow", thing("slow", 1, "wave: 1"));
    scene.target.system().letGo(key("slow"));

    ReconcileReport next = reconciler.reconcileAndWait(CALL);

    assertThat(effects(next)).contains("CREATED slow");
    assertThat(next.converged()).isTrue();
  }
}
