package io.github.gitops4j.tests.engine;

import static io.github.gitops4j.tests.engine.Scene.CALL;
import static io.github.gitops4j.tests.engine.Scene.key;
import static io.github.gitops4j.tests.engine.Scene.result;
import static io.github.gitops4j.tests.engine.Scene.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.diff.Comparison;
import io.github.gitops4j.diff.DiffBatch;
import io.github.gitops4j.diff.Differ;
import io.github.gitops4j.diff.Drift;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.live.ChangeFeed;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.LiveStateProvider;
import io.github.gitops4j.live.Scope;
import io.github.gitops4j.reconcile.ComposedTarget;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.resource.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens when a differ finds that the live side is another one by now. */
class MovedWhileComparedTest {
  private final Scene scene = new Scene();
  private final List<Scope> looks = new ArrayList<>();
  private Runnable meanwhile = () -> {};
  private int stale;
  private Reconciler reconciler;

  @BeforeEach
  void applyOnce() {
    reconciler =
        scene
            .reconciler(
                ComposedTarget.from(scene.target)
                    .live(noting(scene.target.live()))
                    .differ(this::diff)
                    .build())
            .build();
    scene.commit("a", thing("a", 1), "b", thing("b", 1));
    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
    looks.clear();
  }

  private LiveStateProvider noting(LiveStateProvider live) {
    return new LiveStateProvider() {
      @Override
      public LiveState observe(Scope scope, CallContext call) {
        looks.add(scope);
        return live.observe(scope, call);
      }

      @Override
      public Optional<ChangeFeed> changeFeed() {
        return live.changeFeed();
      }
    };
  }

  /** Finds as often as was said that {@code a} has moved. */
  private List<Drift> diff(DiffBatch batch, CallContext call) {
    Differ differ = scene.target.differ();
    List<Drift> drifts = new ArrayList<>(differ.diff(batch, call));
    int asked = batch.comparisons().stream().map(Comparison::key).toList().indexOf(key("a"));
    if (stale > 0 && asked >= 0) {
      stale--;
      meanwhile.run();
      drifts.set(asked, new Drift.Undecided(Failure.of(FailureCategory.STALE, "it has moved")));
    }
    return drifts;
  }

  @Test
  void itIsReadAndComparedOnceMore() {
    scene.commit("a", thing("a", 2), "b", thing("b", 2));
    stale = 1;
    meanwhile = () -> scene.target.system().remove(key("a"));

    var report = reconciler.reconcile(CALL);

    assertThat(Scene.effects(report)).isEqualTo("CREATED a, UPDATED b");
    assertThat(looks.subList(0, 2))
        .containsExactly(told(key("a"), key("b")), Scope.keys(Set.of(key("a"))));
  }

  private static Scope told(ResourceKey... keys) {
    return new Scope.Keys(Set.of(keys), Set.of(keys));
  }

  @Test
  void whatIsToBeRemovedIsRead() {
    scene.remove("a");
    scene.commit("b", thing("b", 2));

    reconciler.reconcile(CALL);

    assertThat(looks.get(0))
        .isEqualTo(new Scope.Keys(Set.of(key("a"), key("b")), Set.of(key("b"))));
  }

  @Test
  void whatMovesAgainIsLeftToTheNextPass() {
    scene.commit("a", thing("a", 2), "b", thing("b", 2));
    stale = 2;

    assertThat(Scene.effects(reconciler.reconcile(CALL))).isEqualTo("UPDATED b");

    var next = reconciler.reconcile(CALL);
    assertThat(result(next)).isEqualTo("Done");
    assertThat(Scene.effects(next)).isEqualTo("UPDATED a");
  }
}
