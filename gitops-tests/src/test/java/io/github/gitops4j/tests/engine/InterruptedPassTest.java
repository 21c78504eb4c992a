package io.github.gitops4j.tests.engine;

import static io.github.gitops4j.tests.engine.Scene.CALL;
import static io.github.gitops4j.tests.engine.Scene.key;
import static io.github.gitops4j.tests.engine.Scene.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.testkit.fault.Fault;
import io.github.gitops4j.testkit.fault.FaultPlan;
import io.github.gitops4j.testkit.fault.InjectionPoint;
import io.github.gitops4j.testkit.fault.SimulatedCrash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InterruptedPassTest {
  private static final int MORE_THAN_A_PASS_NEEDS = 300;
  private static final Duration TIME = Duration.ofMinutes(1);

  /** What happens at the n-th call that the engine makes to the source or a part of the target. */
  enum Interruption {
    CANCELLED,
    OUT_OF_TIME,
    FAILING_FOR_GOOD,
    FAILING_FOR_NOW,
    KILLED;

    Fault fault(Scene scene) {
      return switch (this) {
        case CANCELLED -> Fault.cancel();
        case OUT_OF_TIME -> Fault.delay(scene.clock, TIME);
        case FAILING_FOR_GOOD -> Fault.failing(() -> new IllegalStateException("a fault"));
        case FAILING_FOR_NOW ->
            Fault.failing(() -> new SourceException(FailureCategory.UNAVAILABLE, "a fault"));
        case KILLED -> Fault.crash();
      };
    }
  }

  /** A pass that creates, updates, keeps aside, prunes and adopts, in two waves. */
  private static Scene busy() {
    Scene scene = new Scene();
    scene.commit("a", thing("a", 1), "b", thing("b", 1), "c", thing("c", 1));
    assertThat(scene.reconciler().build().reconcile(CALL).converged()).isTrue();
    scene.target.system().put(key("c"), thing("c", 77));
    scene.target.system().put(key("e"), thing("e", 1));
    scene.commit("a", thing("a", 2), "d", thing("d", 1, "wave: 1"), "e", thing("e", 1));
    scene.remove("b");
    return scene;
  }

  @ParameterizedTest
  @EnumSource
  void anyStepMayBeTheLastAndTheNextPassConverges(Interruption how) {
    Set<InjectionPoint> struck = EnumSet.noneOf(InjectionPoint.class);
    for (int at = 1; at < MORE_THAN_A_PASS_NEEDS; at++) {
      Scene scene = busy();
      FaultPlan faults = FaultPlan.create().atCall(at, how.fault(scene));
      Optional<ReconcileReport> report = pass(scene, faults);
      String when = how + " at " + at + ", " + faults.struck();
      if (faults.struck().isEmpty()) {
        assertThat(report.orElseThrow().converged()).isTrue();
        assertThat(struck).isEqualTo(pointsOfAPass());
        return;
      }
      struck.addAll(faults.struck());
      report.ifPresent(told -> saysWhatIsTrue(scene, told, when));
      everythingWrittenIsOwned(scene, when);
      converges(scene, when);
    }
    throw new AssertionError("the pass never got through");
  }

  @Test
  void anyStepOfTwoPassesForTwoRevisionsMayBeTheLastAndWhatTheyWroteIsStillOurs() {
    for (int first = 1; first < MORE_THAN_A_PASS_NEEDS; first++) {
      for (int second = 1; second < MORE_THAN_A_PASS_NEEDS; second++) {
        Scene scene = busy();
        scene.commit("a", thing("a", 4), "d", thing("d", 4, "wave: 1"));
        FaultPlan faults = FaultPlan.create().atCall(first, Fault.crash());
        pass(scene, faults);
        if (faults.struck().isEmpty()) {
          return;
        }
        String when = "killed at " + faults.struck() + " and ";
        scene.commit("a", thing("a", 3), "d", thing("d", 3, "wave: 1"));
        faults = FaultPlan.create().atCall(second, Fault.crash());
        pass(scene, faults);
        if (faults.struck().isEmpty()) {
          break;
        }
        scene.commit("a", thing("a", 2), "d", thing("d", 1, "wave: 1"));
        converges(scene, when + faults.struck());
      }
    }
    throw new AssertionError("the pass never got through");
  }

  private static Set<InjectionPoint> pointsOfAPass() {
    return EnumSet.complementOf(EnumSet.of(InjectionPoint.BEFORE_NEWEST));
  }

  private static Optional<ReconcileReport> pass(Scene scene, FaultPlan faults) {
    CallContext call = scene.clock.callWithin(TIME);
    try {
      return Optional.of(
          scene
              .reconciler(faults.around(scene.source), faults.around(scene.target))
              .build()
              .reconcile(call));
    } catch (SimulatedCrash e) {
      return Optional.empty();
    }
  }

  /** Each action was done or not begun, and none is told to be done that was not. */
  private static void saysWhatIsTrue(Scene scene, ReconcileReport report, String when) {
    List<String> live = scene.live();
    for (ApplyOutcome outcome : report.outcomes()) {
      String name = outcome.key().name();
      if (outcome instanceof ApplyOutcome.Removed) {
        assertThat(live).as(when).noneMatch(line -> line.startsWith(name + "="));
      } else if (outcome instanceof ApplyOutcome.Written) {
        assertThat(live).as(when).contains(wanted(name));
      }
    }
    assertThat(live).as(when).allMatch(line -> line.matches(".=\\{\"value\":(1|2|77)}"));
  }

  private static String wanted(String name) {
    return name + "={\"value\":" + (name.equals("a") ? 2 : 1) + "}";
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
              if (!key.equals(key("e"))) {
                assertThat(inventory.get(key)).as("%s owned after %s", key, when).isPresent();
              }
            });
  }

  private static void converges(Scene scene, String when) {
    Reconciler next = scene.reconciler().build();
    assertThat(next.reconcile(CALL).converged()).as(when).isTrue();
    assertThat(scene.live())
        .as(when)
        .containsExactly(wanted("a"), wanted("c"), wanted("d"), wanted("e"));
    assertThat(scene.target.inMemoryApplier().keptAside())
        .as(when)
        .extracting(Scene::text)
        .containsExactly("c={\"value\":77}");
    assertThat(scene.target.inventory().read(CALL).size()).as(when).isEqualTo(4);
    assertThat(next.reconcile(CALL).outcomes()).as(when).isEmpty();
    assertThat(scene.target.history().state(CALL).running()).as(when).isEmpty();
  }

  @Test
  void whatSomebodyWritesAtAnyStepIsKeptOrStays() {
    for (int at = 1; at < MORE_THAN_A_PASS_NEEDS; at++) {
      Scene scene = busy();
      FaultPlan faults =
          FaultPlan.create()
              .atCall(
                  at,
                  Fault.meanwhile(
                      () -> {
                        scene.target.system().put(key("a"), thing("a", 88));
                        scene.target.system().put(key("b"), thing("b", 88));
                        scene.target.system().put(key("d"), thing("d", 88));
                      }));
      pass(scene, faults);
      if (faults.struck().isEmpty()) {
        return;
      }
      String when = "written at " + at + ", " + faults.struck();
      scene.reconciler().build().reconcile(CALL);
      List<String> anywhere = new ArrayList<>(scene.live());
      scene.target.inMemoryApplier().keptAside().forEach(kept -> anywhere.add(Scene.text(kept)));
      assertThat(anywhere)
          .as(when)
          .contains("a={\"value\":88}", "b={\"value\":88}", "d={\"value\":88}");
    }
    throw new AssertionError("the pass never got through");
  }

  @Test
  void aSecondWriterAtAnyStepDoesNoHarm() {
    for (int at = 1; at < MORE_THAN_A_PASS_NEEDS; at++) {
      Scene scene = busy();
      FaultPlan faults =
          FaultPlan.create()
              .atCall(
                  at,
                  Fault.meanwhile(
                      () ->
                          assertThat(scene.reconciler().build().reconcile(CALL).converged())
                              .isTrue()));
      Optional<ReconcileReport> report = pass(scene, faults);
      if (faults.struck().isEmpty()) {
        return;
      }
      String when = "second writer at " + at + ", " + faults.struck();
      staleIfAtAll(report.orElseThrow(), when);
      converges(scene, when);
    }
    throw new AssertionError("the pass never got through");
  }

  private static void staleIfAtAll(ReconcileReport report, String when) {
    if (report.result() instanceof PassResult.Failed failed) {
      assertThat(failed.failure().category()).as(when).isEqualTo(FailureCategory.STALE);
    }
    for (ApplyOutcome outcome : report.outcomes()) {
      if (outcome instanceof ApplyOutcome.Failed failed) {
        assertThat(failed.failure().category()).as(when).isEqualTo(FailureCategory.STALE);
      }
    }
  }

  @Test
  void whatWasWrittenBeforeSomebodyCancelledIsRecorded() {
    Scene scene = new Scene();
    scene.commit("a", thing("a", 1), "b", thing("b", 1));
    FaultPlan faults = FaultPlan.create().at(InjectionPoint.OUTCOME, 1, Fault.cancel());
    scene.reconciler(faults.around(scene.target)).build().reconcile(CallContext.unbounded());
    Inventory inventory = scene.target.inventory().read(CALL);
    assertThat(inventory.get(key("a")).orElseThrow().applied()).isPresent();
    assertThat(inventory.get(key("b")).flatMap(InventoryRecord::applied)).isEmpty();
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

  /** A process noted that it creates {@code late}, and nobody knows what became of that. */
  private static Scene begunCreate() {
    Scene scene = new Scene();
    scene.commit("a", thing("a", 1), "late", thing("late", 1));
    FaultPlan faults = FaultPlan.create().at(InjectionPoint.BEFORE_APPLY, 1, Fault.crash());
    assertThat(pass(scene, faults)).isEmpty();
    scene.remove("late");
    return scene;
  }

  @Test
  void aCreateThatArrivesLateIsSeenAndRemoved() {
    Scene scene = begunCreate();
    Reconciler reconciler = scene.reconciler().build();
    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
    assertThat(reconciler.plan(CALL).isEmpty()).isTrue();

    scene.target.system().put(key("late"), thing("late", 1));
    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
    assertThat(scene.live()).containsExactly("a={\"value\":1}");
    assertThat(scene.target.inventory().read(CALL).get(key("late"))).isEmpty();
  }

  @Test
  void aCreateThatNeverArrivesIsForgottenAfterAnHour() {
    Scene scene = begunCreate();
    Reconciler reconciler = scene.reconciler().build();
    reconciler.reconcile(CALL);
    assertThat(scene.target.inventory().read(CALL).get(key("late"))).isPresent();
    scene.clock.advance(Duration.ofHours(1));
    reconciler.reconcile(CALL);
    assertThat(scene.target.inventory().read(CALL).get(key("late"))).isEmpty();
  }

  @Test
  void whatWasMadeAnewBeforeThePassBrokeOffIsRemovedWhenItIsDeclaredNoLonger() {
    Scene scene = new Scene();
    scene.commit("a", thing("a", 1), "b", thing("b", 1));
    assertThat(scene.reconciler().build().reconcile(CALL).converged()).isTrue();
    scene.target.system().remove(key("b"));
    FaultPlan faults = FaultPlan.create().at(InjectionPoint.OUTCOME, 1, Fault.crash());
    assertThat(pass(scene, faults)).isEmpty();
    assertThat(scene.live()).contains("b={\"value\":1}");

    scene.remove("b");
    assertThat(scene.reconciler().build().reconcile(CALL).converged()).isTrue();
    assertThat(scene.live()).containsExactly("a={\"value\":1}");
    assertThat(scene.target.inventory().read(CALL).get(key("b"))).isEmpty();
  }

  @Test
  void whatSomebodyElseMakesInItsPlaceStays() {
    Scene scene = begunCreate();
    Reconciler reconciler = scene.reconciler().build();
    reconciler.reconcile(CALL);
    scene.target.system().put(key("late"), thing("late", 7));
    reconciler.reconcile(CALL);
    assertThat(scene.live()).contains("late={\"value\":7}");
  }
}
