package io.github.gitops4j.tests.engine;

import static io.github.gitops4j.tests.engine.Scene.CALL;
import static io.github.gitops4j.tests.engine.Scene.effects;
import static io.github.gitops4j.tests.engine.Scene.key;
import static io.github.gitops4j.tests.engine.Scene.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.health.Health;
import io.github.gitops4j.plan.Arrangement;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.plan.Step;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.reconcile.RollbackPolicy;
import io.github.gitops4j.reconcile.Target;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an operation waits for is put right when it is changed meanwhile. */
class AwaitedTest {
  private static final Duration HEALTH_TIMEOUT = Duration.ofMinutes(5);

  private final Scene scene = new Scene();
  private final Reconciler reconciler =
      scene
          .reconciler()
          .healthTimeout(HEALTH_TIMEOUT)
          .rollback(RollbackPolicy.TO_LAST_HEALTHY)
          .build();

  private void await(String name) {
    scene.target.health(key(name), Health.PROGRESSING);
    assertThat(reconciler.reconcile(CALL).result()).isInstanceOf(PassResult.Awaiting.class);
    assertThat(reconciler.reconcile(CALL).outcomes()).isEmpty();
  }

  private void awaitOfTwoWaves(String name) {
    scene.commit("a", thing("a", 1), "b", thing("b", 1, "wave: 1"));
    await(name);
  }

  @Test
  void whatIsRemovedMeanwhileIsCreatedAgain() {
    awaitOfTwoWaves("a");
    scene.target.system().remove(key("a"));

    assertThat(effects(reconciler.reconcile(CALL))).isEqualTo("CREATED a");
  }

  @Test
  void whatIsEditedMeanwhileIsUpdatedAgain() {
    awaitOfTwoWaves("b");
    scene.target.system().put(key("b"), thing("b", 9));

    assertThat(effects(reconciler.reconcile(CALL))).isEqualTo("UPDATED b");
  }

  @Test
  void whatComesBeforeItIsPutRightToo() {
    awaitOfTwoWaves("b");
    scene.target.system().remove(key("a"));

    assertThat(effects(reconciler.reconcile(CALL))).isEqualTo("CREATED a");
  }

  @Test
  void itIsPutRightAlsoWhenItsTimeIsOver() {
    awaitOfTwoWaves("a");
    scene.target.system().remove(key("a"));
    scene.clock.advance(HEALTH_TIMEOUT);

    assertThat(effects(reconciler.reconcile(CALL))).isEqualTo("CREATED a");
  }

  @Test
  void whatIsStillToBePutRightIsNotGivenUp() {
    awaitOfTwoWaves("b");
    scene.target.system().put(key("b"), thing("b", 9));
    scene.target.health(key("b"), Health.DEGRADED);
    scene.target.health(key("a"), Health.PROGRESSING);

    ReconcileReport report = reconciler.reconcile(CALL);
    assertThat(report.result()).isInstanceOf(PassResult.Awaiting.class);
    assertThat(report.unhealthy()).containsOnlyKeys(key("a"), key("b"));

    scene.target.health(key("a"), Health.HEALTHY);
    scene.target.health(key("b"), Health.HEALTHY);
    assertThat(effects(reconciler.reconcile(CALL))).isEqualTo("UPDATED b");
  }

  @Test
  void withinAWaveOnlyDependenciesAreAwaited() {
    scene.commit(
        "a", thing("a", 1, "dependsOn: [Thing/b]"), "b", thing("b", 1), "c", thing("c", 1));
    scene.target.health(key("b"), Health.PROGRESSING);
    scene.target.health(key("c"), Health.PROGRESSING);
    assertThat(effects(reconciler.reconcile(CALL))).isEqualTo("CREATED b, CREATED c");

    scene.target.health(key("b"), Health.HEALTHY);
    assertThat(effects(reconciler.reconcile(CALL))).isEqualTo("CREATED a");
  }

  @Test
  void whatTheTargetPutsFirstIsAwaitedByThePassThatWroteItAndByTheNext() {
    Reconciler arranged = scene.reconciler(puttingFirst("z")).build();
    scene.commit("a", thing("a", 1), "z", thing("z", 1));
    scene.target.health(key("z"), Health.PROGRESSING);
    assertThat(effects(arranged.reconcile(CALL))).isEqualTo("CREATED z");
    assertThat(arranged.reconcile(CALL).outcomes()).isEmpty();

    scene.target.system().remove(key("z"));
    assertThat(effects(arranged.reconcile(CALL))).isEqualTo("CREATED z");

    scene.target.health(key("z"), Health.HEALTHY);
    assertThat(effects(arranged.reconcile(CALL))).isEqualTo("CREATED a");
  }

  /** A target that puts one thing first of its wave, as a cluster puts definitions. */
  private Target puttingFirst(String name) {
    Arrangement order =
        actions ->
            actions.stream().noneMatch(action -> action.key().equals(key(name)))
                ? actions
                : actions.stream().map(action -> placed(action, name)).toList();
    InvocationHandler calls =
        (proxy, method, arguments) ->
            method.getName().equals("arrangement") ? order : method.invoke(scene.target, arguments);
    return (Target)
        Proxy.newProxyInstance(Target.class.getClassLoader(), new Class<?>[] {Target.class}, calls);
  }

  private static PlannedAction placed(PlannedAction action, String first) {
    Step step = action.step();
    int layer = action.key().equals(key(first)) ? 0 : step.layer() + 1;
    return action.at(new Step(step.phase(), step.stage(), step.wave(), layer, step.order()));
  }

  @Test
  void whatIsDrawnIntoALaterWaveByWhatItDependsOnKeepsNobodyWaiting() {
    scene.commit("a", thing("a", 1, "dependsOn: [Thing/b]"), "b", thing("b", 1, "wave: 1"));

    assertThat(effects(reconciler.reconcile(CALL))).isEqualTo("CREATED b, CREATED a");
  }

  @Test
  void nothingIsRemovedBeforeItIsHealthy() {
    scene.commit("a", thing("a", 1), "z", thing("z", 1));
    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
    scene.remove("z");
    scene.commit("a", thing("a", 2));
    await("a");
    assertThat(scene.target.system().get(key("z"))).isPresent();

    scene.target.health(key("a"), Health.HEALTHY);
    assertThat(effects(reconciler.reconcile(CALL))).isEqualTo("PRUNED z");
  }
}
