package io.github.gitops4j.tests.engine;

import static io.github.gitops4j.tests.engine.Scene.CALL;
import static io.github.gitops4j.tests.engine.Scene.effects;
import static io.github.gitops4j.tests.engine.Scene.key;
import static io.github.gitops4j.tests.engine.Scene.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.health.Health;
import io.github.gitops4j.health.HealthAssessor;
import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.history.OperationResult;
import io.github.gitops4j.plan.HoldReason;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.reconcile.ComposedTarget;
import io.github.gitops4j.reconcile.DegradedPolicy;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.resource.ResourceKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WavesTest {
  private final Scene scene = new Scene();
  private final Reconciler reconciler =
      scene.reconciler().healthTimeout(Duration.ofMinutes(5)).build();

  private ReconcileReport firstWaveOnly() {
    scene.commit("a", thing("a", 1), "b", thing("b", 1, "wave: 1"));
    scene.target.health(key("a"), Health.PROGRESSING);
    return reconciler.reconcile(CALL);
  }

  private HistoryState history() {
    return scene.target.history().state(CALL);
  }

  @Test
  void theNextWaveWaitsForHealthAndGoesOnUnderTheSameOperation() {
    ReconcileReport first = firstWaveOnly();
    assertThat(first.result()).isInstanceOf(PassResult.Awaiting.class);
    assertThat(((PassResult.Awaiting) first.result()).keys()).containsExactly(key("a"));
    assertThat(effects(first)).isEqualTo("CREATED a");

    ReconcileReport second = reconciler.reconcile(CALL);
    assertThat(second.result()).isInstanceOf(PassResult.Awaiting.class);
    assertThat(second.outcomes()).isEmpty();

    scene.target.health(key("a"), Health.HEALTHY);
    ReconcileReport third = reconciler.reconcile(CALL);
    assertThat(effects(third)).isEqualTo("CREATED b");
    assertThat(third.result()).isInstanceOf(PassResult.Done.class);
    assertThat(third.operation()).isEqualTo(second.operation()).isEqualTo(first.operation());
    assertThat(history().lastEnded().orElseThrow().result()).isEqualTo(OperationResult.SUCCEEDED);
  }

  @Test
  void anOperationGoesOnAfterARestart() {
    ReconcileReport first = firstWaveOnly();
    scene.target.health(key("a"), Health.HEALTHY);
    ReconcileReport next = scene.reconciler().build().reconcile(CALL);
    assertThat(next.operation()).isEqualTo(first.operation());
    assertThat(effects(next)).isEqualTo("CREATED b");
  }

  @Test
  void whatMayTakeForEverToBecomeHealthyIsAwaited() {
    scene.commit("a", thing("a", 1), "b", thing("b", 1, "wave: 1"));
    scene.target.health(key("a"), Health.PROGRESSING);
    Reconciler patient = scene.reconciler().healthTimeout(ChronoUnit.FOREVER.getDuration()).build();
    patient.reconcile(CALL);
    scene.clock.advance(Duration.ofDays(10_000));
    assertThat(patient.reconcile(CALL).result()).isInstanceOf(PassResult.Awaiting.class);

    scene.target.health(key("a"), Health.HEALTHY);
    assertThat(effects(patient.reconcile(CALL))).isEqualTo("CREATED b");
  }

  @Test
  void whatDoesNotBecomeHealthyInTimeFailsTheOperation() {
    firstWaveOnly();
    scene.clock.advance(Duration.ofMinutes(4));
    assertThat(reconciler.reconcile(CALL).result()).isInstanceOf(PassResult.Awaiting.class);
    scene.clock.advance(Duration.ofMinutes(2));
    ReconcileReport late = reconciler.reconcile(CALL);
    assertThat(late.result()).isInstanceOf(PassResult.Failed.class);
    assertThat(history().lastEnded().orElseThrow().result()).isEqualTo(OperationResult.FAILED);
    assertThat(scene.target.system().get(key("b"))).isEmpty();
  }

  @Test
  void whatIsDegradedFailsTheOperationAtOnceWithAllThatIsNotHealthy() {
    scene.commit("a", thing("a", 1), "b", thing("b", 1), "c", thing("c", 1, "wave: 1"));
    scene.target.health(key("a"), Health.DEGRADED);
    scene.target.health(key("b"), Health.PROGRESSING);

    ReconcileReport report = reconciler.reconcileAndWait(CALL);

    assertThat(report.result())
        .isInstanceOfSatisfying(
            PassResult.Failed.class,
            failed ->
                assertThat(failed.failure().message())
                    .contains("Thing/a (degraded: by order of the test)", "Thing/b (progressing"));
    assertThat(report.unhealthy()).containsOnlyKeys(key("a"), key("b"));
    assertThat(history().lastEnded().orElseThrow().result()).isEqualTo(OperationResult.FAILED);
    assertThat(scene.target.system().get(key("c"))).isEmpty();
  }

  @Test
  void whatWasDegradedWhenItWasWrittenHasTheTimeOfOnePass() {
    scene.commit("a", thing("a", 1), "b", thing("b", 1, "wave: 1"));
    scene.target.health(key("a"), Health.DEGRADED);
    assertThat(reconciler.reconcile(CALL).result()).isInstanceOf(PassResult.Awaiting.class);
    scene.target.health(key("a"), Health.HEALTHY);

    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
  }

  @Test
  void whatIsDegradedIsAwaitedIfAsked() {
    Reconciler patient = scene.reconciler().onDegraded(DegradedPolicy.AWAIT).build();
    scene.commit("a", thing("a", 1));
    scene.target.health(key("a"), Health.DEGRADED);
    patient.reconcile(CALL);

    assertThat(patient.reconcile(CALL).result()).isInstanceOf(PassResult.Awaiting.class);
  }

  @Test
  void aNewDesiredStateSupersedesAnOperationThatWaits() {
    ReconcileReport first = firstWaveOnly();
    scene.commit("a", thing("a", 2));
    scene.target.health(key("a"), Health.HEALTHY);
    ReconcileReport next = reconciler.reconcile(CALL);
    assertThat(next.operation()).isNotEqualTo(first.operation());
    assertThat(effects(next)).isEqualTo("UPDATED a, CREATED b");
    assertThat(reconciler.history(10, CALL).stream().map(r -> r.event().toString()))
        .anyMatch(event -> event.contains("SUPERSEDED") && event.contains(first.operation()));
  }

  @Test
  void aDependencyGoesBeforeWhatDependsOnItAndIsRemovedAfterIt() {
    scene.commit(
        "a", thing("a", 1, "dependsOn: [Thing/b]"), "b", thing("b", 1), "z", thing("z", 1));
    assertThat(effects(reconciler.reconcile(CALL))).endsWith("CREATED a").contains("CREATED b");
    scene.remove("a");
    scene.remove("b");
    assertThat(effects(reconciler.reconcile(CALL))).isEqualTo("PRUNED a, PRUNED b");
  }

  @Test
  void aCycleIsNamedAndHoldsOnlyItsMembers() {
    scene.commit(
        "a", thing("a", 1, "dependsOn: [Thing/b]"),
        "b", thing("b", 1, "dependsOn: [Thing/a]"),
        "c", thing("c", 1));
    Plan plan = reconciler.plan(CALL);
    assertThat(plan.holds()).hasSize(2);
    assertThat(plan.holds())
        .allSatisfy(
            hold -> {
              assertThat(hold.reason()).isEqualTo(HoldReason.DEPENDENCY_CYCLE);
              assertThat(hold.message()).contains("Thing/a").contains("Thing/b");
            });
    assertThat(effects(reconciler.reconcile(CALL))).isEqualTo("CREATED c");
  }

  @Test
  void statusJudgesWhatIsToBeSinceTheLastOperation() {
    List<Instant> since = new ArrayList<>();
    HealthAssessor health =
        input -> {
          since.add(input.firstSeen());
          return HealthReport.healthy();
        };
    Reconciler recorded =
        scene.reconciler(ComposedTarget.from(scene.target).health(health).build()).build();
    Instant applied = scene.clock.instant();
    scene.commit("a", thing("a", 1));
    recorded.reconcile(CALL);
    since.clear();
    scene.clock.advance(Duration.ofHours(1));

    recorded.status(CALL);

    assertThat(since).containsExactly(applied);
  }

  @Test
  void whatIsJudgedByPresenceOnlyIsNotLookedAtAgain() {
    Set<ResourceKey> lookedAt = new TreeSet<>();
    HealthAssessor health =
        new HealthAssessor() {
          @Override
          public HealthReport assess(HealthInput input) {
            lookedAt.add(input.key());
            return HealthAssessor.presence().assess(input);
          }

          @Override
          public boolean judgesPresenceOnly(ResourceKey key) {
            return key.equals(key("a"));
          }
        };
    Reconciler mixed =
        scene.reconciler(ComposedTarget.from(scene.target).health(health).build()).build();
    scene.commit("a", thing("a", 1), "b", thing("b", 1), "c", thing("c", 1, "wave: 1"));

    assertThat(mixed.reconcile(CALL).converged()).isTrue();
    assertThat(lookedAt).containsExactly(key("b"), key("c"));

    lookedAt.clear();
    assertThat(mixed.status(CALL).unhealthy()).isEmpty();
    assertThat(lookedAt).containsExactly(key("b"), key("c"));
  }
}
