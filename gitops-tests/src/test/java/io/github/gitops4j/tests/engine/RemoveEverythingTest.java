package io.github.gitops4j.tests.engine;

import static io.github.gitops4j.tests.engine.Scene.CALL;
import static io.github.gitops4j.tests.engine.Scene.key;
import static io.github.gitops4j.tests.engine.Scene.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@link Reconciler#toRemoveEverything}: on purpose, so without the guards against an accident. */
class RemoveEverythingTest {
  /** More than the deletion limit. */
  private static final int MANY = 30;

  private final Scene scene = new Scene();
  private Reconciler reconciler;

  @BeforeEach
  void makeMany() {
    for (int each = 0; each < MANY; each++) {
      scene.commit("t" + each, thing("t" + each, each));
    }
    scene.commit("kept", thing("kept", 1, "prune: KEEP"));
    scene.target.system().put(key("theirs"), thing("theirs", 1));
    reconciler = scene.reconciler().build();
    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
  }

  @Test
  void whatIsOwnedGoesAndWhatIsProtectedOrOfOthersStays() {
    ReconcileReport report = reconciler.toRemoveEverything().reconcile(CALL);

    assertThat(report.effects()).isEqualTo(Map.of(Effect.PRUNED, MANY));
    assertThat(scene.target.system().resources()).containsOnlyKeys(key("kept"), key("theirs"));
  }

  @Test
  void itCanBeMadeAgain() {
    reconciler.toRemoveEverything().reconcile(CALL);

    ReconcileReport report = scene.reconciler().build().reconcile(CALL);

    assertThat(report.effects()).isEqualTo(Map.of(Effect.CREATED, MANY));
  }
}
