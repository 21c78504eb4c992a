package io.github.gitops4j.tests.control;

import static io.github.gitops4j.tests.control.Fleet.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.application.RemovalPolicy;
import io.github.gitops4j.control.Cause;
import io.github.gitops4j.control.Condition;
import io.github.gitops4j.control.ControllerEvent;
import io.github.gitops4j.control.ControllerEvent.ApplicationPut;
import io.github.gitops4j.control.ControllerEvent.ApplicationRemoved;
import io.github.gitops4j.control.ControllerEvent.ApplicationResumed;
import io.github.gitops4j.control.ControllerEvent.ApplicationSuspended;
import io.github.gitops4j.control.ControllerEvent.ConditionAppeared;
import io.github.gitops4j.control.ControllerEvent.ConditionCleared;
import io.github.gitops4j.control.ControllerEvent.OfApplication;
import io.github.gitops4j.control.ControllerEvent.PassTold;
import io.github.gitops4j.control.ControllerEvent.TurnEnded;
import io.github.gitops4j.control.ControllerEvent.TurnStarted;
import io.github.gitops4j.control.ControllerListener;
import io.github.gitops4j.reconcile.ReconcileEvent;
import io.github.gitops4j.testkit.InMemorySystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What listeners of a controller are told, and that what they do harms nobody. */
class ControllerEventsTest {
  private final List<ControllerEvent> told = new CopyOnWriteArrayList<>();

  private static Fleet with(ControllerListener... listeners) {
    return new Fleet(
        builder -> {
          for (ControllerListener listener : listeners) {
            builder.listener(listener);
          }
          return builder;
        });
  }

  /** Everything but the events of passes. */
  private List<ControllerEvent> turns() {
    return told.stream().filter(event -> !(event instanceof PassTold)).toList();
  }

  @Test
  void aTurnIsToldFromItsCausesToItsEnd() {
    try (Fleet fleet = with(told::add)) {
      fleet.repository.commit("a", 1);
      fleet.put("shop");

      assertThat(told.stream().map(ControllerEventsTest::word))
          .containsExactly(
              "ApplicationPut",
              "TurnStarted",
              "PassStarted",
              "RevisionResolved",
              "PlanMade",
              "GateAsked",
              "GateAsked",
              "WaveStarted",
              "ResourceApplied",
              "PassEnded",
              "TurnEnded");
      assertThat(told.get(1)).isEqualTo(new TurnStarted("shop", Set.of(Cause.CHANGED)));
      assertThat(((TurnEnded) told.get(10)).status().reached())
          .isEqualTo(fleet.status("shop").reached());
    }
  }

  private static String word(ControllerEvent event) {
    Object what = event instanceof PassTold pass ? pass.event() : event;
    return what.getClass().getSimpleName();
  }

  @Test
  void suspendingResumingAndRemovingAreTold() {
    try (Fleet fleet = with(told::add)) {
      fleet.put("shop");
      told.clear();
      fleet.controller.suspend("shop");
      fleet.controller.resume("shop");
      var unused = fleet.controller.remove("shop", RemovalPolicy.ORPHAN);

      assertThat(turns())
          .startsWith(new ApplicationSuspended("shop"), new ApplicationResumed("shop"))
          .endsWith(new ApplicationRemoved("shop"));
      told.clear();
      fleet.controller.put(fleet.application("shop").suspended().build());
      assertThat(turns())
          .containsExactly(new ApplicationPut("shop"), new ApplicationSuspended("shop"));
    }
  }

  @Test
  void aRemovalThatTakesATurnIsToldWhenItIsThrough() {
    try (Fleet fleet = with(told::add)) {
      fleet.repository.commit("a", 1);
      fleet.put("shop");
      told.clear();
      var unused = fleet.controller.remove("shop", RemovalPolicy.PRUNE);

      List<ControllerEvent> turns = turns();
      assertThat(turns.get(0))
          .isInstanceOfSatisfying(
              ConditionAppeared.class,
              appeared ->
                  assertThat(appeared.condition().type()).isEqualTo(Condition.Type.REMOVING));
      assertThat(turns).endsWith(new ApplicationRemoved("shop"));
      assertThat(fleet.live("shop")).isEmpty();
    }
  }

  @Test
  void aConditionIsToldWhenItComesAndWhenItGoes() {
    try (Fleet fleet = with(told::add)) {
      fleet.repository.commit("a", 1);
      fleet.target("shop").system().reachable(InMemorySystem.Reachability.DOWN);
      fleet.put("shop");
      fleet.intervalPasses();
      fleet.target("shop").system().reachable(InMemorySystem.Reachability.UP);
      fleet.intervalPasses();

      assertThat(told.stream().filter(ConditionAppeared.class::isInstance))
          .containsExactly(
              new ConditionAppeared(
                  "shop",
                  new Condition(
                      Condition.Type.BACKING_OFF,
                      "failed once in a row: "
                          + "memory: observing failed: made unreachable by the test")));
      assertThat(told).contains(new ConditionCleared("shop", Condition.Type.BACKING_OFF));
    }
  }

  @Test
  void conditionsOfTheOneBeforeAreClearedByTheOneInItsPlace() {
    try (Fleet fleet = with(told::add)) {
      fleet.repository.commit("a", 1);
      fleet.controller.put(fleet.application("shop").dependsOn(List.of("base")).build());
      told.clear();
      fleet.put("shop");

      assertThat(turns())
          .startsWith(
              new ApplicationPut("shop"),
              new ConditionCleared("shop", Condition.Type.DEPENDENCY_MISSING));
    }
  }

  @Test
  void whatSomebodyAsksOfTheReconcilerIsToldToo() {
    try (Fleet fleet = with(told::add)) {
      fleet.repository.commit("a", 1);
      fleet.put("shop");
      told.clear();
      fleet.controller.reconciler("shop").reconcile(fleet.clock.callWithin(Fleet.INTERVAL));

      assertThat(told).isNotEmpty().allMatch(PassTold.class::isInstance);
    }
  }

  @Test
  void anApplicationHasItsOwnListenersBesides() {
    List<ReconcileEvent> own = new ArrayList<>();
    try (Fleet fleet = with(told::add)) {
      fleet.repository.commit("a", 1);
      fleet.controller.put(
          fleet.application("shop").reconciler(builder -> builder.listener(own::add)).build());

      assertThat(fleet.passes("shop")).hasSize(1);
      assertThat(told.stream().filter(PassTold.class::isInstance).map(PassTold.class::cast))
          .extracting(PassTold::event)
          .isEqualTo(own);
    }
  }

  @Test
  void aListenerThatThrowsIsToldTheNextEventAndHarmsNobody() {
    List<ControllerEvent> thrown = new ArrayList<>();
    ControllerListener bad =
        event -> {
          thrown.add(event);
          if (thrown.size() % 2 == 0) {
            throw new AssertionError("bad");
          }
          throw new IllegalStateException("bad");
        };
    try (Fleet fleet = with(bad, told::add)) {
      fleet.repository.commit("a", 1);
      fleet.put("shop");

      assertThat(fleet.live("shop")).containsExactly("a=1");
      assertThat(thrown).isEqualTo(told).hasSizeGreaterThan(5);
    }
  }

  @Test
  void aListenerMayCallTheController() {
    List<Fleet> self = new ArrayList<>();
    ControllerListener reentrant =
        event -> {
          Fleet fleet = self.get(0);
          if (event instanceof OfApplication of && event instanceof TurnEnded) {
            assertThat(fleet.controller.status(of.application())).isPresent();
            if (told.stream().filter(TurnEnded.class::isInstance).count() == 1) {
              fleet.controller.suspend(of.application());
              fleet.controller.resume(of.application());
              var unused = fleet.controller.reconcileNow(of.application());
            }
          }
        };
    try (Fleet fleet = with(told::add, reentrant)) {
      self.add(fleet);
      fleet.repository.commit("a", 1);
      fleet.put("shop");

      assertThat(told.stream().filter(TurnEnded.class::isInstance)).hasSizeGreaterThan(1);
      assertThat(fleet.status("shop").isReady()).isTrue();
    }
  }

  @Test
  void aListenerMayCloseTheController() {
    List<Fleet> self = new ArrayList<>();
    Fleet fleet =
        with(
            told::add,
            event -> {
              if (event instanceof PassTold) {
                self.get(0).close();
              }
            });
    self.add(fleet);
    fleet.repository.commit("a", 1);
    fleet.put("shop");

    assertThat(fleet.live("shop")).isEmpty();
    assertThat(told).contains(new ApplicationPut("shop"));
  }

  @Test
  void driftAndWhatItLedToAreTold() {
    try (Fleet fleet = with(told::add)) {
      fleet.repository.commit("a", 1);
      fleet.put("shop");
      told.clear();
      fleet.target("shop").system().put(key("a"), Fleet.thing("a", 9));
      fleet.intervalPasses();

      assertThat(told).contains(new TurnStarted("shop", Set.of(Cause.DRIFT)));
    }
  }
}
