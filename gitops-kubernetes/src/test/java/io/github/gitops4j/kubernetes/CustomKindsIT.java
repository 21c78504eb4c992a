package io.github.gitops4j.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.testkit.InMemoryHistoryStore;
import io.github.gitops4j.testkit.InMemoryInventoryStore;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.PlaneClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ControlPlaneExtension.class)
class CustomKindsIT {
  private static final String OWNER = "tests/custom";

  private final CallContext call = CallContext.withTimeout(Duration.ofMinutes(2));
  private final PlaneSite site;
  private final PlaneClient others;
  private final String group;
  private static final int JUST_SENT = (3 << 19) - 400;

  private final InMemoryTreeSource source = InMemoryTreeSource.empty();
  private final InMemoryInventoryStore inventory = InMemoryInventoryStore.ownedBy(OWNER);
  private final Reconciler reconciler;

  CustomKindsIT(ControlPlane plane) {
    this.site = PlaneSite.in(plane);
    this.others = plane.client();
    this.group = site.namespace().name() + ".example.com";
    this.reconciler =
        Reconciler.builder(
                source,
                KubernetesTarget.builder(site.client(), OWNER)
                    .inventory(inventory)
                    .history(new InMemoryHistoryStore())
                    .defaultNamespace(site.namespace().name())
                    .health(kind().health())
                    .build())
            .gates(List.of())
            .build();
  }

  @AfterEach
  void close() {
    others.delete(kind().definitionPath());
    site.close();
  }

  private String fishPath() {
    return site.namespace().path(group + "/v1", "fishes/carp");
  }

  private FishKind kind() {
    return new FishKind(group);
  }

  private String fish() {
    return "apiVersion: %s/v1\nkind: Fish\nmetadata: {name: carp}\nspec: {size: 1}\n"
        .formatted(group);
  }

  private void declare(String wave) {
    source.commit(
        "declare",
        files -> {
          files.put("kept.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kept}\n");
          files.put("a-fish.yaml", fish());
          files.put("definition.yaml", kind().definition().replace("}\nspec:", wave + "}\nspec:"));
        });
  }

  private List<String> kindsPlanned() {
    return reconciler.plan(call).actions().stream()
        .filter(action -> !(action instanceof PlannedAction.Hold))
        .map(action -> action.key().kind())
        .toList();
  }

  private void converges() {
    ReconcileReport report = reconciler.reconcileAndWait(call);
    assertThat(report.converged()).as("%s", report).isTrue();
    assertThat(reconciler.plan(call).isEmpty()).isTrue();
  }

  @Test
  void aDefinitionAndItsObjectsAreAppliedInOnePlan() {
    declare("");
    assertThat(kindsPlanned()).containsExactly("CustomResourceDefinition", "ConfigMap", "Fish");

    converges();

    assertThat(others.get(fishPath()).status()).isEqualTo(200);
  }

  @Test
  void aDefinitionOfALaterWaveIsDrawnBeforeItsObjects() {
    declare(", annotations: {argocd.argoproj.io/sync-wave: \"5\"}");
    assertThat(kindsPlanned()).first().isEqualTo("CustomResourceDefinition");

    converges();
  }

  /** The server adds to what it is sent, so not all that may be sent can be stored. */
  @Test
  void whatIsTooLargeOnlyForTheServerFailsAlone() {
    declare("");
    source.commit(
        "grow",
        files -> files.put("a-fish.yaml", fish().replace("1}", "x".repeat(JUST_SENT) + "}")));

    ReconcileReport report = reconciler.reconcileAndWait(call);

    assertThat(report.failures())
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.failure().category()).isEqualTo(FailureCategory.LIMIT_EXCEEDED);
              assertThat(failed.failure().message())
                  .contains("/carp: creating failed", "too large");
            });
    assertThat(others.get(site.namespace().core("configmaps/kept")).status()).isEqualTo(200);
    declare("");
    converges();
  }

  @Test
  void objectsGoFirstAndTheDefinitionOnceTheyAreGone() {
    declare("");
    converges();
    others.merge(fishPath(), "{\"metadata\": {\"finalizers\": [\"example.com/held\"]}}");
    source.commit(
        "withdraw",
        files -> {
          files.remove("a-fish.yaml");
          files.remove("definition.yaml");
        });
    assertThat(kindsPlanned()).containsExactly("Fish", "CustomResourceDefinition");

    assertThat(reconciler.reconcile(call).result()).isInstanceOf(PassResult.Awaiting.class);
    assertThat(others.get(kind().definitionPath()).body()).doesNotContain("deletionTimestamp");

    others.merge(fishPath(), "{\"metadata\": {\"finalizers\": null}}");
    converges();
    assertThat(others.get(kind().definitionPath()).status()).isEqualTo(404);
    assertThat(inventory.read(call).size()).isEqualTo(1);
  }
}
