package io.github.gitops4j.tests.engine;

import static io.github.gitops4j.tests.engine.Scene.CALL;
import static io.github.gitops4j.tests.engine.Scene.effects;
import static io.github.gitops4j.tests.engine.Scene.key;
import static io.github.gitops4j.tests.engine.Scene.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.health.Health;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.OperationResult;
import io.github.gitops4j.plan.HoldReason;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HooksTest {
  private static final String BEFORE = "hook: IN_ITS_WAVE, phase: BEFORE";
  private static final String AFTER = "hook: IN_ITS_WAVE, phase: AFTER";
  private static final String ON_FAILURE = "hook: ON_FAILURE";

  private final Scene scene = new Scene();
  private final Reconciler reconciler =
      scene.reconciler().healthTimeout(Duration.ofMinutes(5)).build();

  private void declareMigration(String traits) {
    scene.commit("migrate", thing("migrate", 1, traits), "app", thing("app", 1));
  }

  private ReconcileReport pass() {
    return reconciler.reconcile(CALL);
  }

  private List<HoldReason> holds() {
    return reconciler.plan(CALL).holds().stream().map(PlannedAction.Hold::reason).toList();
  }

  private static void awaits(ReconcileReport report, String... names) {
    assertThat(report.result())
        .isInstanceOfSatisfying(
            PassResult.Awaiting.class,
            awaiting ->
                assertThat(awaiting.keys())
                    .containsExactlyElementsOf(List.of(names).stream().map(Scene::key).toList()));
  }

  private static String failure(ReconcileReport report) {
    assertThat(report.result()).isInstanceOf(PassResult.Failed.class);
    return ((PassResult.Failed) report.result()).failure().message();
  }

  private HistoryEvent.OperationEnded lastEnded() {
    return scene.target.history().state(CALL).lastEnded().orElseThrow();
  }

  @Test
  void whatComesAfterAHookWaitsForItsEnd() {
    declareMigration(BEFORE);
    scene.target.health(key("migrate"), Health.PROGRESSING);

    ReconcileReport first = pass();
    assertThat(effects(first)).isEqualTo("CREATED migrate");
    awaits(first, "migrate");
    assertThat(effects(pass())).isEmpty();

    scene.target.health(key("migrate"), Health.HEALTHY);
    ReconcileReport last = pass();
    assertThat(effects(last)).isEqualTo("CREATED app");
    assertThat(last.converged()).isTrue();
    assertThat(last.operation()).isEqualTo(first.operation());
    assertThat(scene.target.inventory().read(CALL).get(key("migrate"))).isEmpty();
    assertThat(reconciler.plan(CALL).isEmpty()).isTrue();
  }

  @Test
  void aHookOfTheEndWaitsUntilAllIsHealthy() {
    declareMigration(AFTER);
    scene.target.health(key("app"), Health.PROGRESSING);
    assertThat(effects(pass())).isEqualTo("CREATED app");
    awaits(pass(), "app");

    scene.target.health(key("app"), Health.HEALTHY);
    ReconcileReport last = pass();
    assertThat(effects(last)).isEqualTo("CREATED migrate");
    assertThat(last.converged()).isTrue();
  }

  @Test
  void aHookIsRunOnceForARevisionThatChangesAnything() {
    declareMigration(BEFORE);
    assertThat(effects(pass())).isEqualTo("CREATED migrate, CREATED app");

    scene.target.system().put(key("app"), thing("app", 7));
    assertThat(effects(pass())).isEqualTo("UPDATED app");
    scene.commit("app", thing("app", 1) + "# nothing\n");
    assertThat(effects(pass())).isEmpty();
    scene.commit("app", thing("app", 2));
    assertThat(effects(pass())).isEqualTo("REPLACED migrate, UPDATED app");
    scene.commit("migrate", thing("migrate", 2, BEFORE));
    assertThat(effects(pass())).isEqualTo("REPLACED migrate");
    assertThat(pass().changedAnything()).isFalse();
  }

  @Test
  void howAHookIsLiveIsNoDrift() {
    declareMigration(BEFORE);
    pass();
    scene.target.system().put(key("migrate"), thing("migrate", 7));
    assertThat(reconciler.plan(CALL).isEmpty()).isTrue();
    scene.target.system().remove(key("migrate"));
    assertThat(reconciler.status(CALL).inSync()).isTrue();
    assertThat(reconciler.status(CALL).unhealthy()).isEmpty();
  }

  @Test
  void aHookThatFailsHoldsWhatComesAfterItUntilTheNextRevision() {
    declareMigration(BEFORE);
    scene.target.health(key("migrate"), Health.DEGRADED);

    ReconcileReport failed = pass();
    assertThat(failure(failed)).contains("Thing/migrate: the hook failed: by order of the test");
    assertThat(lastEnded().result()).isEqualTo(OperationResult.FAILED);
    assertThat(scene.target.system().get(key("app"))).isEmpty();
    assertThat(holds()).containsExactly(HoldReason.HOOK_FAILED);
    assertThat(effects(pass())).isEmpty();

    scene.target.health(key("migrate"), Health.HEALTHY);
    scene.commit("app", thing("app", 2));
    assertThat(effects(pass())).isEqualTo("REPLACED migrate, CREATED app");
  }

  @Test
  void aHookThatHasFailedRunsAgainIfSomebodySaysSo() {
    declareMigration(BEFORE);
    scene.target.health(key("migrate"), Health.DEGRADED);
    failure(pass());
    reconciler.retryHooks("me", CALL);
    assertThat(holds()).isEmpty();
    assertThat(failure(pass())).contains("migrate");

    reconciler.retryHooks("me", CALL);
    scene.target.health(key("migrate"), Health.HEALTHY);
    ReconcileReport last = pass();
    assertThat(effects(last)).isEqualTo("REPLACED migrate, CREATED app");
    assertThat(last.converged()).isTrue();
  }

  @Test
  void aHookOfTheEndThatFailsStopsNoDriftFromBeingPutRight() {
    declareMigration(AFTER);
    scene.target.health(key("migrate"), Health.DEGRADED);
    assertThat(failure(pass())).contains("migrate");

    scene.target.system().put(key("app"), thing("app", 7));
    ReconcileReport next = pass();
    assertThat(effects(next)).isEqualTo("UPDATED app");
    assertThat(next.converged()).isTrue();
  }

  @Test
  void hooksForFailureRunOnceAndOnlyThen() {
    declareMigration(BEFORE);
    scene.commit("cry", thing("cry", 1, ON_FAILURE));
    scene.target.health(key("migrate"), Health.DEGRADED);
    scene.target.health(key("cry"), Health.PROGRESSING);

    ReconcileReport first = pass();
    assertThat(effects(first)).isEqualTo("CREATED migrate, CREATED cry");
    awaits(first, "cry");
    assertThat(effects(pass())).isEmpty();
    scene.target.health(key("cry"), Health.HEALTHY);
    ReconcileReport last = pass();
    assertThat(failure(last)).contains("Thing/migrate: the hook failed");
    assertThat(last.operation()).isEqualTo(first.operation());
    assertThat(effects(pass())).isEmpty();

    scene.target.health(key("migrate"), Health.HEALTHY);
    scene.commit("app", thing("app", 2));
    assertThat(effects(pass())).isEqualTo("REPLACED migrate, CREATED app");
  }

  @Test
  void hooksForFailureThatAreNotOverInTimeAreLeft() {
    declareMigration(BEFORE);
    scene.commit("cry", thing("cry", 1, ON_FAILURE));
    scene.target.health(key("migrate"), Health.DEGRADED);
    scene.target.health(key("cry"), Health.PROGRESSING);
    awaits(pass(), "cry");
    scene.clock.advance(Duration.ofMinutes(6));

    assertThat(failure(pass())).contains("Thing/migrate: the hook failed");
    assertThat(lastEnded().result()).isEqualTo(OperationResult.FAILED);
  }

  @Test
  void aHookIsRemovedAtTheEndOfTheOperationIfItSaysSo() {
    declareMigration(BEFORE + ", hookRemoval: [SUCCEEDED]");
    ReconcileReport report = pass();
    assertThat(report.converged()).isTrue();
    assertThat(scene.target.system().get(key("migrate"))).isEmpty();
    assertThat(reconciler.plan(CALL).isEmpty()).isTrue();

    scene.target.health(key("migrate"), Health.DEGRADED);
    scene.commit("app", thing("app", 2));
    failure(pass());
    assertThat(scene.target.system().get(key("migrate"))).isPresent();
  }

  @Test
  void aHookThatVanishesBeforeItsEndWasSeenHasFailed() {
    declareMigration(BEFORE);
    scene.target.health(key("migrate"), Health.PROGRESSING);
    awaits(pass(), "migrate");
    scene.target.system().remove(key("migrate"));

    assertThat(failure(pass())).contains("it is gone before its end was seen");
  }

  @Test
  void aHookThatIsNotOverInTimeHasFailed() {
    declareMigration(BEFORE);
    scene.target.health(key("migrate"), Health.PROGRESSING);
    awaits(pass(), "migrate");
    scene.clock.advance(Duration.ofMinutes(6));

    assertThat(failure(pass())).contains("not healthy in time", "migrate");
    assertThat(holds()).containsExactly(HoldReason.HOOK_FAILED);
  }

  @Test
  void whatSomebodyElsePutWhereAHookGoesStays() {
    scene.target.system().put(key("migrate"), thing("migrate", 7));
    declareMigration(BEFORE);

    assertThat(holds()).containsExactly(HoldReason.UNMANAGED_IN_THE_WAY);
  }

  @Test
  void aHookThatRunsForAnOlderRevisionIsReplaced() {
    declareMigration(BEFORE);
    scene.target.health(key("migrate"), Health.PROGRESSING);
    awaits(pass(), "migrate");
    scene.commit("app", thing("app", 2));

    assertThat(effects(pass())).isEqualTo("REPLACED migrate");
    assertThat(scene.target.system().get(key("app"))).isEmpty();
  }

  @Test
  void whatWasKeptAndBecomesAHookIsOwnedNoLonger() {
    declareMigration("wave: 0");
    pass();
    assertThat(scene.target.inventory().read(CALL).get(key("migrate"))).isPresent();
    declareMigration(BEFORE);

    assertThat(pass().converged()).isTrue();
    assertThat(scene.target.inventory().read(CALL).get(key("migrate"))).isEmpty();
  }
}
