package io.github.gitops4j.tests.engine;

import static io.github.gitops4j.tests.engine.Scene.CALL;
import static io.github.gitops4j.tests.engine.Scene.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import org.junit.jupiter.api.Test;

class PassEventsTest {
  private final Scene scene = new Scene();

  @Test
  void tellsEveryStepOfAPassInOrder() {
    Reconciler reconciler = scene.reconciler().build();
    scene.commit("a", thing("a", 1), "b", thing("b", 1, "wave: 1"));
    reconciler.reconcile(CALL);
    assertThat(scene.story())
        .containsExactly(
            "started memory",
            "resolved",
            "planned {CREATE=2}",
            "gate inputs-understood allows",
            "gate deletion-limit allows",
            "wave MAIN/WRITE/0.0",
            "CREATED a",
            "wave MAIN/WRITE/1.0",
            "CREATED b",
            "ended Done");

    scene.commit("a", thing("a", 2));
    scene.remove("b");
    reconciler.reconcile(CALL);
    assertThat(scene.story())
        .containsExactly(
            "started memory",
            "resolved",
            "planned {UPDATE=1, PRUNE=1}",
            "gate inputs-understood allows",
            "gate deletion-limit allows",
            "wave MAIN/WRITE/0.0",
            "UPDATED a",
            "wave MAIN/REMOVE/-1.0",
            "PRUNED b",
            "ended Done");
    assertThat(scene.live()).containsExactly("a={\"value\":2}");
  }

  @Test
  void aPassWithNothingToDoAsksNoGateAndWritesNothing() {
    Reconciler reconciler = scene.reconciler().build();
    scene.commit("a", thing("a", 1));
    reconciler.reconcile(CALL);
    scene.story();
    long records = scene.target.history().state(CALL).sequence();
    reconciler.reconcile(CALL);
    assertThat(scene.story())
        .containsExactly("started memory", "resolved", "planned {}", "ended Done");
    assertThat(scene.target.history().state(CALL).sequence()).isEqualTo(records);
  }

  @Test
  void aListenerThatThrowsStopsNothing() {
    Reconciler reconciler =
        scene
            .reconciler()
            .listener(
                event -> {
                  throw new IllegalStateException("a broken listener");
                })
            .build();
    scene.commit("a", thing("a", 1));
    ReconcileReport report = reconciler.reconcile(CALL);
    assertThat(report.converged()).isTrue();
    assertThat(scene.live()).hasSize(1);
  }

  @Test
  void aSourceWithoutAnyCommitFailsThePassAndWritesNothing() {
    ReconcileReport report = scene.reconciler().build().reconcile(CALL);
    assertThat(report.result()).isInstanceOf(PassResult.Failed.class);
    assertThat(scene.story()).containsExactly("started memory", "ended Failed");
    assertThat(scene.target.inventory().read(CALL).sequence()).isZero();
  }
}
