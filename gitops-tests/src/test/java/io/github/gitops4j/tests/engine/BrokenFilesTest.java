package io.github.gitops4j.tests.engine;

import static io.github.gitops4j.tests.engine.Scene.CALL;
import static io.github.gitops4j.tests.engine.Scene.key;
import static io.github.gitops4j.tests.engine.Scene.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.plan.HoldReason;
import io.github.gitops4j.plan.IncompletePolicy;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Few broken files among a thousand. */
class BrokenFilesTest {
  private static final int FILES = 1_000;
  private static final String BROKEN = "kind: Thing\nname: t500\nspec:\n\tvalue: 1\n";

  private final Scene scene = new Scene();

  private void commitAll(int value) {
    scene.source.commit(
        "all",
        files -> {
          for (int i = 0; i < FILES; i++) {
            files.put("f" + i + ".yaml", thing("t" + i, value));
          }
        });
  }

  private void breakFile(int number) {
    scene.source.commit("break", files -> files.put("f" + number + ".yaml", BROKEN));
  }

  private static List<String> findings(Plan plan) {
    return plan.broken().stream().map(input -> input.failure().message()).toList();
  }

  @Test
  void oneBrokenFileAmongAThousandRefusesThePassWithEveryFinding() {
    Reconciler reconciler = scene.reconciler().build();
    commitAll(1);
    breakFile(500);
    breakFile(7);
    scene.source.commit("clash", files -> files.put("f3.yaml", thing("t4", 1)));
    ReconcileReport report = reconciler.reconcile(CALL);
    assertThat(report.result()).isInstanceOf(PassResult.Refused.class);
    assertThat(findings(report.plan().orElseThrow()))
        .hasSize(4)
        .satisfiesExactly(
            finding -> assertThat(finding).startsWith("f3.yaml:1: ").contains("f4.yaml"),
            finding -> assertThat(finding).startsWith("f4.yaml:1: ").contains("f3.yaml"),
            finding -> assertThat(finding).startsWith("f500.yaml:4:").contains("tab"),
            finding -> assertThat(finding).startsWith("f7.yaml:4:").contains("tab"));
    assertThat(scene.live()).isEmpty();
    assertThat(scene.target.inventory().read(CALL).size()).isZero();

    commitAll(1);
    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
    assertThat(scene.live()).hasSize(FILES);
  }

  @Test
  void isolatedItStopsNoneOfTheOthers() {
    PlanPolicy isolate = PlanPolicy.builder().incomplete(IncompletePolicy.ISOLATE).build();
    Reconciler reconciler = scene.reconciler().policy(isolate).build();
    commitAll(1);
    assertThat(reconciler.reconcile(CALL).converged()).isTrue();

    commitAll(2);
    breakFile(500);
    ReconcileReport report = reconciler.reconcile(CALL);
    assertThat(findings(report.plan().orElseThrow()))
        .singleElement()
        .asString()
        .startsWith("f500.yaml:4:");
    assertThat(report.outcomes()).hasSize(FILES - 1);
    assertThat(report.outcomes()).allMatch(outcome -> outcome.effect() == Effect.UPDATED);
    assertThat(report.plan().orElseThrow().holds())
        .extracting(PlannedAction::key, PlannedAction.Hold::reason)
        .containsExactly(tuple(key("t500"), HoldReason.INCOMPLETE_DESIRED));
    assertThat(scene.live()).hasSize(FILES).contains("t500={\"value\":1}", "t501={\"value\":2}");

    scene.source.commit("repair", files -> files.put("f500.yaml", thing("t500", 2)));
    assertThat(reconciler.reconcile(CALL).outcomes()).hasSize(1);
    assertThat(scene.live()).allMatch(line -> line.endsWith("={\"value\":2}"));
  }

  @Test
  void isolatedFromTheStartTheOthersAreCreated() {
    PlanPolicy isolate = PlanPolicy.builder().incomplete(IncompletePolicy.ISOLATE).build();
    Reconciler reconciler = scene.reconciler().policy(isolate).build();
    commitAll(1);
    breakFile(500);
    assertThat(reconciler.reconcile(CALL).outcomes()).hasSize(FILES - 1);
    assertThat(scene.live()).hasSize(FILES - 1);
    assertThat(reconciler.reconcile(CALL).outcomes()).isEmpty();
  }
}
