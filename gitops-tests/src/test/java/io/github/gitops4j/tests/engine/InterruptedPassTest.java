package io.github.gitops4j.tests.engine;

import static io.github.gitops4j.tests.engine.Scene.CALL;
import static io.github.gitops4j.tests.engine.Scene.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.testkit.fault.Fault;
import io.github.gitops4j.testkit.fault.FaultPlan;
import io.github.gitops4j.testkit.fault.InjectionPoint;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InterruptedPassTest {
  private static final int MORE_THAN_A_PASS_NEEDS = 200;

  /** A pass that creates, updates, prunes and adopts, in two waves. */
  private static Scene busy() {
    Scene scene = new Scene();
    scene.commit("a", thing("a", 1), "b", thing("b", 1), "c", thing("c", 1));
    assertThat(scene.reconciler().build().reconcile(CALL).converged()).isTrue();
    scene.target.system().put(Scene.key("e"), thing("e", 1));
    scene.commit("a", thing("a", 2), "d", thing("d", 1, "wave: 1"), "e", thing("e", 1));
    scene.remove("b");
    return scene;
  }

  @ParameterizedTest
  @EnumSource(Faults.Kind.class)
  void anyStepMayBeTheLastAndTheNextPassConverges(Faults.Kind kind) {
    Set<String> interrupted = new HashSet<>();
    for (int at = 1; at < MORE_THAN_A_PASS_NEEDS; at++) {
      Scene scene = busy();
      Faults faults = new Faults(kind, at);
      CallContext call = CallContext.builder().cancellation(faults.cancellation).build();
      ReconcileReport report = scene.reconciler(faults.on(scene.target)).build().reconcile(call);
      if (faults.happenedAt().isEmpty()) {
        assertThat(report.converged()).isTrue();
        assertThat(interrupted)
            .contains(
                "InventoryStore.read",
                "InventoryStore.commit",
                "LiveStateProvider.observe",
                "Differ.diff",
                "Applier.open",
                "ApplySession.apply",
                "HistoryStore.append",
                "HistoryStore.state");
        return;
      }
      interrupted.add(faults.happenedAt());
      everythingWrittenIsOwned(scene, kind + " at " + at + ", " + faults.happenedAt());
      converges(scene, kind + " at " + at + ", " + faults.happenedAt());
    }
    throw new AssertionError("the pass never got through");
  }

  private static void everythingWrittenIsOwned(Scene scene, String when) {
    Inventory inventory = scene.target.inventory().read(CALL);
    scene
        .target
        .system()
        .resources()
        .keySet()
        .forEach(
            key -> {
              if (!key.equals(Scene.key("e"))) {
                assertThat(inventory.get(key)).as("%s owned after %s", key, when).isPresent();
              }
            });
  }

  private static void converges(Scene scene, String when) {
    Reconciler next = scene.reconciler().build();
    assertThat(next.reconcile(CALL).converged()).as(when).isTrue();
    assertThat(scene.live())
        .as(when)
        .containsExactly(
            "a={\"value\":2}", "c={\"value\":1}", "d={\"value\":1}", "e={\"value\":1}");
    assertThat(scene.target.inventory().read(CALL).size()).as(when).isEqualTo(4);
    assertThat(next.reconcile(CALL).outcomes()).as(when).isEmpty();
    assertThat(scene.target.history().state(CALL).running()).as(when).isEmpty();
  }

  @Test
  void whatWasWrittenBeforeSomebodyCancelledIsRecorded() {
    Scene scene = new Scene();
    scene.commit("a", thing("a", 1), "b", thing("b", 1));
    FaultPlan faults = FaultPlan.create().at(InjectionPoint.OUTCOME, 1, Fault.cancel());
    scene.reconciler(faults.around(scene.target)).build().reconcile(CallContext.unbounded());
    Inventory inventory = scene.target.inventory().read(CALL);
    assertThat(inventory.get(Scene.key("a")).orElseThrow().applied()).isPresent();
    assertThat(inventory.get(Scene.key("b")).flatMap(InventoryRecord::applied)).isEmpty();
  }

  @Test
  void aDeadlineThatPassedEndsThePassBeforeItReadsOrWrites() {
    Scene scene = busy();
    CallContext call = scene.clock.callWithin(Duration.ofSeconds(1));
    scene.clock.advance(Duration.ofSeconds(2));
    ReconcileReport report = scene.reconciler().build().reconcile(call);
    assertThat(report.result()).isInstanceOf(PassResult.Failed.class);
    assertThat(((PassResult.Failed) report.result()).failure().message())
        .isEqualTo("read history: deadline passed");
    assertThat(report.outcomes()).isEmpty();
  }
}
