package io.github.gitops4j.tests.engine;

import static io.github.gitops4j.tests.engine.Scene.CALL;
import static io.github.gitops4j.tests.engine.Scene.key;
import static io.github.gitops4j.tests.engine.Scene.result;
import static io.github.gitops4j.tests.engine.Scene.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.health.Health;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.testkit.fault.FaultPlan;
import io.github.gitops4j.testkit.fault.InjectionPoint;
import org.junit.jupiter.api.Test;

/** How often a pass looks at live to judge health: not at what it has just been told. */
class HealthLooksTest {
  private final Scene scene = new Scene();
  private final FaultPlan calls = FaultPlan.create();
  private final Reconciler reconciler = scene.reconciler(calls.around(scene.target)).build();

  private long looks() {
    return calls.calls().stream().filter(InjectionPoint.BEFORE_OBSERVE::equals).count();
  }

  @Test
  void whatAWriteHasLeftIsJudgedWithoutALook() {
    scene.commit("a", thing("a", 1), "b", thing("b", 1));

    assertThat(reconciler.reconcile(CALL).converged()).isTrue();

    assertThat(looks()).as("one, to plan").isEqualTo(1);
  }

  @Test
  void anEarlierWaveIsLookedAtOnceMoreInTheEnd() {
    scene.commit("a", thing("a", 1), "b", thing("b", 1, "wave: 1"));

    assertThat(reconciler.reconcile(CALL).converged()).isTrue();

    assertThat(looks()).as("one to plan, one at the first wave in the end").isEqualTo(2);
  }

  @Test
  void whatWasNotHealthyThenIsLookedAtInTheNextPass() {
    scene.commit("a", thing("a", 1));
    scene.target.health(key("a"), Health.PROGRESSING);
    assertThat(result(reconciler.reconcile(CALL))).isEqualTo("Awaiting");

    scene.target.health(key("a"), Health.HEALTHY);
    assertThat(result(reconciler.reconcile(CALL))).isEqualTo("Done");
  }
}
