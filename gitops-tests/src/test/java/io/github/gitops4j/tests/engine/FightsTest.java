package io.github.gitops4j.tests.engine;

import static io.github.gitops4j.tests.engine.Scene.CALL;
import static io.github.gitops4j.tests.engine.Scene.key;
import static io.github.gitops4j.tests.engine.Scene.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.plan.HoldReason;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.reconcile.FightPolicy;
import io.github.gitops4j.reconcile.ReconcileEvent;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another writer that changes a resource again as often as it is put right. */
class FightsTest {
  private static final FightPolicy THREE =
      new FightPolicy(3, Duration.ofMinutes(1), Duration.ofMinutes(10));

  private final Scene scene = new Scene();
  private final Reconciler reconciler = scene.reconciler().fights(THREE).build();

  @BeforeEach
  void apply() {
    scene.commit("a", thing("a", 1), "b", thing("b", 1));
    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
  }

  private ReconcileReport editedAndReconciled(String name) {
    scene.target.system().put(key(name), thing(name, 9));
    return reconciler.reconcile(CALL);
  }

  private void fight() {
    for (int i = 0; i < THREE.corrections(); i++) {
      assertThat(editedAndReconciled("a").converged()).isTrue();
    }
  }

  private List<ReconcileEvent.FightNoticed> fights() {
    List<ReconcileEvent.FightNoticed> noticed =
        scene.listener.events().stream()
            .filter(ReconcileEvent.FightNoticed.class::isInstance)
            .map(ReconcileEvent.FightNoticed.class::cast)
            .toList();
    scene.listener.clear();
    return noticed;
  }

  private static List<HoldReason> holds(ReconcileReport report) {
    return report.plan().orElseThrow().actions().stream()
        .filter(PlannedAction.Hold.class::isInstance)
        .map(action -> ((PlannedAction.Hold) action).reason())
        .toList();
  }

  @Test
  void aFightIsToldOnceAndThenNothingIsWritten() {
    fight();
    assertThat(fights()).containsExactly(new ReconcileEvent.FightNoticed(key("a")));
    for (int i = 0; i < 5; i++) {
      ReconcileReport report = editedAndReconciled("a");
      assertThat(holds(report)).containsExactly(HoldReason.FIGHT);
      assertThat(report.outcomes()).isEmpty();
    }
    assertThat(fights()).isEmpty();
    assertThat(scene.live()).contains("a={\"value\":9}");
  }

  @Test
  void correctionsMayCountForEver() {
    Duration ever = ChronoUnit.FOREVER.getDuration();
    Reconciler counting = scene.reconciler().fights(new FightPolicy(3, ever, ever)).build();
    for (int i = 0; i < 3; i++) {
      scene.target.system().put(key("a"), thing("a", 9));
      assertThat(counting.reconcile(CALL).converged()).isTrue();
      scene.clock.advance(Duration.ofDays(100));
    }
    assertThat(fights()).containsExactly(new ReconcileEvent.FightNoticed(key("a")));
  }

  @Test
  void othersArePutRightMeanwhile() {
    fight();
    editedAndReconciled("a");
    assertThat(editedAndReconciled("b").outcomes()).hasSize(1);
    assertThat(scene.live()).containsExactly("a={\"value\":9}", "b={\"value\":1}");
  }

  @Test
  void whatIsDeclaredAnewIsWritten() {
    fight();
    scene.commit("a", thing("a", 2));
    reconciler.reconcile(CALL);
    assertThat(scene.live()).contains("a={\"value\":2}");
  }

  @Test
  void itIsPutRightAfterThePauseAndLeftTwiceAsLongIfTheFightGoesOn() {
    fight();
    editedAndReconciled("a");
    fights();
    scene.clock.advance(THREE.pause());
    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
    assertThat(fights()).isEmpty();
    assertThat(editedAndReconciled("a").converged()).isTrue();
    assertThat(fights()).hasSize(1);
    scene.clock.advance(THREE.pause());
    assertThat(holds(editedAndReconciled("a"))).containsExactly(HoldReason.FIGHT);
    scene.clock.advance(THREE.pause());
    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
  }

  @Test
  void aFightThatIsOverIsForgotten() {
    fight();
    scene.clock.advance(THREE.pause().plus(THREE.within()).plusSeconds(1));
    fights();
    for (int i = 1; i < THREE.corrections(); i++) {
      editedAndReconciled("a");
    }
    assertThat(fights()).isEmpty();
    editedAndReconciled("a");
    assertThat(fights()).hasSize(1);
  }

  @Test
  void editsFarApartAreNoFight() {
    for (int i = 0; i < 10; i++) {
      scene.clock.advance(THREE.within().dividedBy(2).plusSeconds(1));
      assertThat(editedAndReconciled("a").converged()).isTrue();
    }
    assertThat(fights()).isEmpty();
  }

  @Test
  void newDeclarationsAreNoFight() {
    for (int i = 2; i < 12; i++) {
      scene.commit("a", thing("a", i));
      reconciler.reconcile(CALL);
    }
    assertThat(fights()).isEmpty();
  }

  @Test
  void somebodyWhoRemovesItAgainAndAgainFightsToo() {
    for (int i = 0; i < THREE.corrections(); i++) {
      scene.target.system().remove(key("a"));
      reconciler.reconcile(CALL);
    }
    assertThat(fights()).containsExactly(new ReconcileEvent.FightNoticed(key("a")));
    scene.target.system().remove(key("a"));
    assertThat(holds(reconciler.reconcile(CALL))).containsExactly(HoldReason.FIGHT);
  }

  @Test
  void itIsPutRightAtOnceIfSomebodyAsks() {
    fight();
    editedAndReconciled("a");
    reconciler.correctAgain(CALL);
    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
  }
}
