package io.github.gitops4j.tests.engine;

import static io.github.gitops4j.tests.engine.Scene.CALL;
import static io.github.gitops4j.tests.engine.Scene.key;
import static io.github.gitops4j.tests.engine.Scene.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.health.Health;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.reconcile.RollbackPolicy;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Going back from a revision that failed, seen from one reconciler. */
class AutomaticRollbackTest {
  private static final String HOOK = "hook: IN_ITS_WAVE, phase: AFTER";

  private final Scene scene = new Scene();
  private Reconciler reconciler = build();

  private Reconciler build() {
    return scene.reconciler().rollback(RollbackPolicy.TO_LAST_HEALTHY).build();
  }

  @BeforeEach
  void apply() {
    scene.commit("a", thing("a", 1), "h", thing("h", 1, HOOK));
    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
  }

  private void failWithA2() {
    scene.target.health(key("a"), Health.DEGRADED);
    scene.commit("a", thing("a", 2), "h", thing("h", 2, HOOK));
    reconciler.reconcile(CALL);
    reconciler.reconcile(CALL);
    scene.target.health(key("a"), Health.HEALTHY);
  }

  @Test
  void aPlanSaysThatTheNextPassGoesBack() {
    failWithA2();
    assertThat(reconciler.plan(CALL).counts().toString()).contains("UPDATE=1");
    ReconcileReport back = reconciler.reconcile(CALL);
    assertThat(back.plan().orElseThrow().digest()).isNotNull();
    assertThat(scene.live()).contains("a={\"value\":1}");
  }

  @Test
  void hooksOfTheRevisionBeforeAreRun() {
    failWithA2();
    scene.listener.clear();
    reconciler.reconcile(CALL);
    assertThat(scene.live()).contains("a={\"value\":1}", "h={\"value\":1}");
  }

  @Test
  void anotherProcessGoesOnWithIt() {
    failWithA2();
    reconciler = build();
    reconciler.reconcile(CALL);
    assertThat(scene.live()).contains("a={\"value\":1}");
    reconciler = build();
    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
    assertThat(scene.live()).contains("a={\"value\":1}");
  }

  @Test
  void onlyWhatBecameHealthyNotLongAgoFailsAfterAll() {
    assertThat(reconciler.fail(Duration.ofMinutes(1), "it is slow", CALL)).isTrue();
    assertThat(reconciler.fail(Duration.ofMinutes(1), "it is slow", CALL))
        .as("it has failed already")
        .isFalse();
    reconciler.unpin("ada", CALL);
    scene.clock.advance(Duration.ofMinutes(2));
    assertThat(reconciler.fail(Duration.ofMinutes(1), "it is slow", CALL)).isFalse();
  }

  @Test
  void whatBecameHealthyMayHaveDoneSoAtAnyTime() {
    scene.clock.advance(Duration.ofDays(100));
    assertThat(reconciler.fail(ChronoUnit.FOREVER.getDuration(), "it is slow", CALL)).isTrue();
  }

  @Test
  void aRevisionThatIsRepairedByARetryCountsAsHealthy() {
    Reconciler patient = scene.reconciler().build();
    scene.target.health(key("a"), Health.DEGRADED);
    scene.commit("a", thing("a", 2));
    patient.reconcile(CALL);
    patient.reconcile(CALL);
    scene.target.health(key("a"), Health.HEALTHY);
    scene.target.system().put(key("a"), thing("a", 9));
    assertThat(patient.reconcile(CALL).converged()).isTrue();

    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
    assertThat(scene.live()).contains("a={\"value\":2}");
  }
}
