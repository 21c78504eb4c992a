package io.github.gitops4j.tests.engine;

import static io.github.gitops4j.tests.engine.Scene.CALL;
import static io.github.gitops4j.tests.engine.Scene.effects;
import static io.github.gitops4j.tests.engine.Scene.key;
import static io.github.gitops4j.tests.engine.Scene.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.diff.IgnoreRule;
import io.github.gitops4j.gate.ApprovalRequired;
import io.github.gitops4j.gate.Gate;
import io.github.gitops4j.gate.GateFacts;
import io.github.gitops4j.gate.GateVerdict;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.plan.HoldReason;
import io.github.gitops4j.plan.IncompletePolicy;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlanJson;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.testkit.InMemoryTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardsTest {
  private static final String BROKEN = "kind: Thing\nname: [broken\n";

  private final Scene scene = new Scene();

  private void commitMany(int count) {
    scene.source.commit(
        "many",
        files -> {
          files.clear();
          for (int i = 0; i < count; i++) {
            files.put("f" + i + ".yaml", thing("t" + i, 1));
          }
        });
  }

  @Test
  void aPlanThatRemovesMoreThanTwentyAndATenthNeedsApproval() {
    Reconciler reconciler = scene.reconciler().build();
    commitMany(30);
    reconciler.reconcile(CALL);
    commitMany(9);
    ReconcileReport refused = reconciler.reconcile(CALL);
    assertThat(refused.result()).isInstanceOf(PassResult.Refused.class);
    assertThat(scene.live()).hasSize(30);

    reconciler.approve(refused.plan().orElseThrow().digest(), "somebody", CALL);
    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
    assertThat(scene.live()).hasSize(9);

    commitMany(1);
    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
  }

  @Test
  void approvedRemovalsThatTakeTimeNeedNoApprovalAgain() {
    Reconciler reconciler = scene.reconciler().build();
    commitMany(30);
    reconciler.reconcile(CALL);
    for (int i = 1; i < 30; i++) {
      scene.target.system().hold(Scene.key("t" + i));
    }
    commitMany(1);
    ReconcileReport refused = reconciler.reconcile(CALL);
    reconciler.approve(refused.plan().orElseThrow().digest(), "somebody", CALL);
    assertThat(reconciler.reconcile(CALL).result()).isInstanceOf(PassResult.Awaiting.class);

    scene.target.system().letGo(Scene.key("t1"));
    assertThat(reconciler.reconcile(CALL).result()).isInstanceOf(PassResult.Awaiting.class);
  }

  @Test
  void twentyRemovalsAreWithinTheLimit() {
    Reconciler reconciler = scene.reconciler().build();
    commitMany(30);
    reconciler.reconcile(CALL);
    commitMany(10);
    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
  }

  @Test
  void nothingIsRemovedWhenNothingAtAllIsDeclared() {
    Reconciler reconciler = scene.reconciler().build();
    commitMany(3);
    reconciler.reconcile(CALL);
    commitMany(0);
    Plan plan = reconciler.plan(CALL);
    assertThat(plan.holds()).hasSize(3);
    assertThat(plan.holds())
        .extracting(PlannedAction.Hold::reason)
        .containsOnly(HoldReason.EMPTY_DESIRED);
    assertThat(reconciler.reconcile(CALL).outcomes()).isEmpty();
    assertThat(scene.live()).hasSize(3);
  }

  @Test
  void nothingIsRemovedWherePruningIsOff() {
    PlanPolicy policy = PlanPolicy.builder().pruning(PlanPolicy.Pruning.OFF).build();
    Reconciler reconciler = scene.reconciler().policy(policy).build();
    scene.commit("a", thing("a", 1), "b", thing("b", 1));
    reconciler.reconcile(CALL);
    scene.remove("b");
    assertThat(reconciler.plan(CALL).holds())
        .extracting(PlannedAction.Hold::reason)
        .containsExactly(HoldReason.PRUNE_DISABLED);
  }

  @Test
  void aBrokenInputRefusesThePassAndNamesFileAndLine() {
    Reconciler reconciler = scene.reconciler().build();
    scene.commit("a", thing("a", 1), "b", BROKEN);
    ReconcileReport report = reconciler.reconcile(CALL);
    assertThat(report.result()).isInstanceOf(PassResult.Refused.class);
    assertThat(report.plan().orElseThrow().broken().get(0).failure().message())
        .startsWith("b.yaml:");
    assertThat(scene.live()).isEmpty();
  }

  @Test
  void anIsolatedBrokenInputFreezesWhatItDeclaredAndPrunesNothing() {
    PlanPolicy isolate = PlanPolicy.builder().incomplete(IncompletePolicy.ISOLATE).build();
    Reconciler reconciler = scene.reconciler().policy(isolate).build();
    scene.commit("a", thing("a", 1), "b", thing("b", 1), "c", thing("c", 1));
    reconciler.reconcile(CALL);

    scene.commit("a", thing("a", 2), "b", BROKEN);
    scene.remove("c");
    ReconcileReport report = reconciler.reconcile(CALL);
    assertThat(effects(report)).isEqualTo("UPDATED a");
    assertThat(report.plan().orElseThrow().holds())
        .extracting(PlannedAction.Hold::reason)
        .containsOnly(HoldReason.INCOMPLETE_DESIRED);
    assertThat(scene.live())
        .containsExactly("a={\"value\":2}", "b={\"value\":1}", "c={\"value\":1}");

    scene.commit("b", thing("b", 2));
    assertThat(effects(reconciler.reconcile(CALL))).isEqualTo("UPDATED b, PRUNED c");
  }

  @Test
  void aGateThatThrowsDenies() {
    Gate broken =
        new Gate() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public GateVerdict evaluate(Plan plan, GateFacts facts) {
            throw new IllegalStateException("no answer");
          }
        };
    scene.commit("a", thing("a", 1));
    ReconcileReport report = scene.reconciler().gates(List.of(broken)).build().reconcile(CALL);
    assertThat(report.result()).isInstanceOf(PassResult.Refused.class);
    assertThat(scene.live()).isEmpty();
  }

  @Test
  void aGateThatGivesNothingDenies() {
    Gate empty =
        new Gate() {
          @Override
          public String name() {
            return nothing();
          }

          @Override
          public GateVerdict evaluate(Plan plan, GateFacts facts) {
            return nothing();
          }
        };
    scene.commit("a", thing("a", 1));
    ReconcileReport report = scene.reconciler().gates(List.of(empty)).build().reconcile(CALL);
    assertThat(((PassResult.Refused) report.result()).decisions())
        .filteredOn(decision -> !decision.allows())
        .extracting(decision -> decision.gate() + ": " + decision.verdict().reason())
        .containsExactly(empty.getClass().getName() + ": the gate gave no answer");
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }

  @Test
  void aRefusalIsRecordedOnceForAPlan() {
    Reconciler reconciler = scene.reconciler().gates(List.of(new ApprovalRequired())).build();
    scene.commit("a", thing("a", 1));
    ReconcileReport refused = reconciler.reconcile(CALL);
    reconciler.reconcile(CALL);
    assertThat(reconciler.history(10, CALL))
        .singleElement()
        .satisfies(
            record -> {
              HistoryEvent.PlanRefused event = (HistoryEvent.PlanRefused) record.event();
              assertThat(event.plan()).isEqualTo(refused.plan().orElseThrow().digest());
              assertThat(event.context().decisions())
                  .anyMatch(decision -> decision.gate().equals("approval"));
            });

    scene.commit("a", thing("a", 2));
    ReconcileReport other = reconciler.reconcile(CALL);
    assertThat(reconciler.history(10, CALL)).hasSize(2);

    reconciler.approve(other.plan().orElseThrow().digest(), "somebody", CALL);
    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
    scene.commit("a", thing("a", 1));
    reconciler.reconcile(CALL);
    assertThat(reconciler.history(1, CALL).get(0).event())
        .isInstanceOf(HistoryEvent.PlanRefused.class);
  }

  @Test
  void aPlanThatNeedsApprovalWaitsForTheApprovalOfItsDigestAlone() {
    Reconciler reconciler = scene.reconciler().gates(List.of(new ApprovalRequired())).build();
    scene.commit("a", thing("a", 1));
    ReconcileReport waiting = reconciler.reconcile(CALL);
    assertThat(((PassResult.Refused) waiting.result()).decisions())
        .anyMatch(decision -> decision.verdict() instanceof GateVerdict.Await);
    reconciler.approve(waiting.plan().orElseThrow().digest(), "somebody", CALL);

    scene.commit("a", thing("a", 2));
    assertThat(reconciler.reconcile(CALL).result()).isInstanceOf(PassResult.Refused.class);
    scene.commit("a", thing("a", 1));
    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
  }

  @Test
  void anIgnoredFieldIsNoDriftAndKeepsItsLiveValueWhenTheRestIsWritten() {
    List<IgnoreRule> rules =
        List.of(IgnoreRule.builder(List.of(FieldPath.parse("/spec/list/*/port"))).build());
    Scene ignoring = new Scene(InMemoryTarget.ignoring(rules));
    Reconciler reconciler =
        ignoring.reconciler().policy(PlanPolicy.builder().ignoreRules(rules).build()).build();
    String form = "kind: Thing\nname: a\nspec: {list: [{name: x, port: %d, size: %d}]}\n";
    ignoring.commit("a", String.format(form, 1, 1));
    reconciler.reconcile(CALL);
    ignoring.target.system().put(key("a"), String.format(form, 99, 1));
    assertThat(reconciler.plan(CALL).waves())
        .noneMatch(wave -> wave.actions().get(0) instanceof PlannedAction.Update);
    reconciler.reconcile(CALL);

    ignoring.commit("a", String.format(form, 1, 2));
    reconciler.reconcile(CALL);
    assertThat(
            new String(
                ignoring
                    .target
                    .system()
                    .get(key("a"))
                    .orElseThrow()
                    .document()
                    .orElseThrow()
                    .canonicalJson(),
                StandardCharsets.UTF_8))
        .contains("\"port\":99")
        .contains("\"size\":2");
  }

  @Test
  void aSensitiveValueIsInNoPlanEventOrReport() {
    Reconciler reconciler = scene.reconciler().build();
    String form =
        """
        kind: Thing
        name: a
        spec: {password: %s, user: %s}
        gitops: {sensitive: [/spec/password]}
        """;
    scene.commit("a", String.format(form, "oldsecret", "alice"));
    reconciler.reconcile(CALL);
    scene.commit("a", String.format(form, "newsecret", "bob"));
    Plan plan = reconciler.plan(CALL);
    String json = new String(PlanJson.write(plan), StandardCharsets.UTF_8);
    ReconcileReport report = reconciler.reconcile(CALL);
    String told = scene.listener.events().toString() + report + plan.actions() + json;
    assertThat(told).doesNotContain("oldsecret").doesNotContain("newsecret");
    assertThat(json).contains("/spec/password").contains("bob");
    assertThat(scene.target.history().newest(100, CALL).toString()).doesNotContain("secret\"");
  }
}
