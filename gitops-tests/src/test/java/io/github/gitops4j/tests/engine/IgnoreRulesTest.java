package io.github.gitops4j.tests.engine;

import static io.github.gitops4j.tests.engine.Scene.CALL;
import static io.github.gitops4j.tests.engine.Scene.effects;
import static io.github.gitops4j.tests.engine.Scene.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.diff.IgnoreRule;
import io.github.gitops4j.plan.DriftPolicy;
import io.github.gitops4j.plan.HoldReason;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.reconcile.ComposedTarget;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.testkit.InMemoryApplier;
import io.github.gitops4j.testkit.InMemoryTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Ignored fields from the rule to what is live. */
class IgnoreRulesTest {
  private static final String TWO =
      "kind: Thing\nname: a\nspec: {size: %d, list: [{name: x, port: %d}, {name: z, port: %d}]}\n";
  private static final String SWAPPED =
      "kind: Thing\nname: a\nspec: {size: %d, list: [{name: z, port: %d}, {name: x, port: %d}]}\n";

  private static final class Ignoring {
    private final Scene scene;
    private final Reconciler reconciler;

    Ignoring(String... paths) {
      List<IgnoreRule> rules =
          List.of(
              IgnoreRule.builder(Stream.of(paths).map(FieldPath::parse).toList())
                  .kind("Thing")
                  .build());
      scene = new Scene(InMemoryTarget.ignoring(rules));
      reconciler =
          scene.reconciler().policy(PlanPolicy.builder().ignoreRules(rules).build()).build();
    }

    void applied(String yaml) {
      scene.commit("a", yaml);
      assertThat(reconciler.reconcile(CALL).converged()).isTrue();
    }

    void edited(String yaml) {
      scene.target.system().put(key("a"), yaml);
    }

    /** Somebody edits what is ignored only, and a pass takes note of it. */
    void editedAndAdopted(String yaml) {
      edited(yaml);
      assertThat(changes()).isEmpty();
      assertThat(effects(reconciler.reconcile(CALL))).isEqualTo("ADOPTED a");
    }

    List<String> changes() {
      return reconciler.plan(CALL).actions().stream()
          .map(PlannedAction::changes)
          .flatMap(List::stream)
          .map(FieldChange::path)
          .map(FieldPath::toString)
          .toList();
    }

    String live() {
      return new String(
          scene
              .target
              .system()
              .get(key("a"))
              .orElseThrow()
              .document()
              .orElseThrow()
              .canonicalJson(),
          StandardCharsets.UTF_8);
    }
  }

  @Test
  void aKeyedPathTakesTheItemOfThatNameAndNoOther() {
    Ignoring world = new Ignoring("/spec/list/[name=x]/port");
    world.applied(TWO.formatted(1, 10, 20));
    world.editedAndAdopted(TWO.formatted(1, 99, 20));
    assertThat(world.live()).contains("{\"name\":\"x\",\"port\":99}");

    world.edited(TWO.formatted(1, 99, 21));
    assertThat(world.changes()).containsExactly("/spec/list/1/port");
    assertThat(effects(world.reconciler.reconcile(CALL))).isEqualTo("UPDATED a");
    assertThat(world.live())
        .contains("{\"name\":\"x\",\"port\":99}")
        .contains("{\"name\":\"z\",\"port\":20}");
  }

  @Test
  void aKeyedItemKeepsItsLiveValueWhereverItMoves() {
    Ignoring world = new Ignoring("/spec/list/[name=x]/port");
    world.applied(TWO.formatted(1, 10, 20));
    world.editedAndAdopted(TWO.formatted(1, 99, 20));
    world.applied(SWAPPED.formatted(2, 20, 10));
    assertThat(world.live())
        .contains("[{\"name\":\"z\",\"port\":20},{\"name\":\"x\",\"port\":99}]")
        .contains("\"size\":2");
    assertThat(world.changes()).isEmpty();
  }

  @Test
  void aStarTakesEveryItem() {
    Ignoring world = new Ignoring("/spec/list/*/port");
    world.applied(TWO.formatted(1, 10, 20));
    world.editedAndAdopted(TWO.formatted(1, 98, 99));
    world.applied(TWO.formatted(2, 10, 20));
    assertThat(world.live())
        .contains("{\"name\":\"x\",\"port\":98}")
        .contains("{\"name\":\"z\",\"port\":99}")
        .contains("\"size\":2");
  }

  @Test
  void aStarTakesEveryFieldOfAnObject() {
    Ignoring world = new Ignoring("/spec/*");
    world.applied(TWO.formatted(1, 10, 20));
    world.editedAndAdopted(TWO.formatted(7, 98, 99));
    world.scene.commit("a", String.format(TWO, 2, 11, 21).replace("spec:", "extra: 1\nspec:"));
    assertThat(world.changes()).containsExactly("/extra");
    assertThat(world.reconciler.reconcile(CALL).converged()).isTrue();
    assertThat(world.live()).contains("\"size\":7").contains("\"port\":98").contains("\"extra\":1");
  }

  @Test
  void whatIsIgnoredIsWrittenOnceWhenTheResourceIsCreated() {
    Ignoring world = new Ignoring("/spec/list/*/port", "/spec/size");
    world.applied(TWO.formatted(1, 10, 20));
    assertThat(world.live()).contains("\"size\":1").contains("\"port\":10").contains("\"port\":20");
  }

  /** Returns a reconciler of the same source and system under other rules. */
  private static Reconciler under(Scene scene, PlanPolicy.Builder policy, String... paths) {
    List<IgnoreRule> rules =
        Stream.of(paths)
            .map(path -> IgnoreRule.builder(List.of(FieldPath.parse(path))).build())
            .toList();
    Target target =
        ComposedTarget.from(scene.target)
            .applier(InMemoryApplier.of(scene.target.system(), rules))
            .build();
    return scene.reconciler(target).policy(policy.ignoreRules(rules).build()).build();
  }

  @Test
  void aRuleThatIsTakenAwayLetsTheFieldCountAgain() {
    Ignoring world = new Ignoring("/spec/size");
    world.applied(TWO.formatted(1, 10, 20));
    world.editedAndAdopted(TWO.formatted(7, 10, 20));
    Reconciler without = under(world.scene, PlanPolicy.builder());
    assertThat(effects(without.reconcile(CALL))).isEqualTo("UPDATED a");
    assertThat(world.live()).contains("\"size\":1");
    assertThat(world.scene.target.system().resources()).hasSize(1);
    assertThat(without.reconcile(CALL).outcomes()).isEmpty();
  }

  @Test
  void whatARuleLetThroughIsDriftOnceTheRuleIsGone() {
    Ignoring world = new Ignoring("/spec/size");
    world.applied(TWO.formatted(1, 10, 20));
    world.editedAndAdopted(TWO.formatted(7, 10, 20));
    Reconciler reporting = under(world.scene, PlanPolicy.builder().drift(DriftPolicy.REPORT));
    assertThat(reporting.plan(CALL).holds())
        .extracting(PlannedAction.Hold::reason)
        .containsExactly(HoldReason.DRIFT_REPORTED);
    assertThat(reporting.reconcile(CALL).outcomes()).isEmpty();
    assertThat(world.live()).contains("\"size\":7");
  }

  @Test
  void whatARuleLetThroughIsNoConflictWithANewDeclaration() {
    Ignoring world = new Ignoring("/spec/size");
    world.applied(TWO.formatted(1, 10, 20));
    world.editedAndAdopted(TWO.formatted(7, 10, 20));
    world.scene.commit("a", String.format(TWO, 2, 11, 20));
    ReconcileReport report = under(world.scene, PlanPolicy.builder()).reconcile(CALL);
    assertThat(effects(report)).isEqualTo("UPDATED a");
    assertThat(((ApplyOutcome.Written) report.outcomes().get(0)).keptAside()).isNotEmpty();
    assertThat(world.live()).contains("\"size\":2").contains("\"port\":11");
  }

  @Test
  void aNewRuleIsNotedOnceAndCostsNothingAfterwards() {
    Ignoring world = new Ignoring("/spec/size");
    world.applied(TWO.formatted(1, 10, 20));
    Reconciler other = under(world.scene, PlanPolicy.builder(), "/spec/size", "/spec/list");
    assertThat(effects(other.reconcile(CALL))).isEqualTo("ADOPTED a");
    assertThat(other.reconcile(CALL).outcomes()).isEmpty();
    assertThat(
            under(world.scene, PlanPolicy.builder(), "/spec/size", "/spec/list")
                .plan(CALL)
                .isEmpty())
        .isTrue();
  }

  @Test
  void anotherKindIsNotTaken() {
    List<IgnoreRule> rules =
        List.of(IgnoreRule.builder(List.of(FieldPath.parse("/spec"))).kind("Other").build());
    Scene scene = new Scene(InMemoryTarget.ignoring(rules));
    Reconciler reconciler =
        scene.reconciler().policy(PlanPolicy.builder().ignoreRules(rules).build()).build();
    scene.commit("a", String.format(TWO, 1, 10, 20));
    reconciler.reconcile(CALL);
    scene.target.system().put(key("a"), String.format(TWO, 2, 10, 20));
    assertThat(effects(reconciler.reconcile(CALL))).isEqualTo("UPDATED a");
  }
}
