package io.github.gitops4j.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.inventory.Applied;
import io.github.gitops4j.inventory.InventoryChange;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.plan.HoldReason;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.ResourceTraits;
import io.github.gitops4j.testkit.InMemoryHistoryStore;
import io.github.gitops4j.testkit.InMemoryInventoryStore;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.kubernetes.AggregatedApi;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.PlaneClient;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(ControlPlaneExtension.class)
class RemovalGuardIT {
  private static final String OWNER = "tests/guard";
  private static final int TRIES = 100;

  private final CallContext call = CallContext.withTimeout(Duration.ofMinutes(2));
  private final ControlPlane plane;
  private final PlaneSite site;
  private final TestNamespace namespace;
  private final PlaneClient others;
  private final String inner;
  private final InMemoryTreeSource source = InMemoryTreeSource.empty();
  private final InMemoryInventoryStore inventory = InMemoryInventoryStore.ownedBy(OWNER);
  private final Reconciler reconciler;

  RemovalGuardIT(ControlPlane plane) {
    this.plane = plane;
    this.site = PlaneSite.in(plane);
    this.namespace = site.namespace();
    this.others = plane.client();
    this.inner = namespace.name() + "-inner";
    this.reconciler =
        Reconciler.builder(
                source,
                KubernetesTarget.builder(site.client(), OWNER)
                    .inventory(inventory)
                    .history(new InMemoryHistoryStore())
                    .defaultNamespace(namespace.name())
                    .health(kind().health())
                    .build())
            .gates(List.of())
            .build();
  }

  @AfterEach
  void close() {
    others.delete("/api/v1/namespaces/" + inner);
    others.delete(kind().definitionPath());
    site.close();
  }

  private void applied(String... filesAndManifests) {
    source.commit(
        "declare",
        files -> {
          files.put("kept.yaml", configMap("kept", namespace.name()));
          for (int i = 0; i < filesAndManifests.length; i += 2) {
            files.put(filesAndManifests[i], filesAndManifests[i + 1]);
          }
        });
    converges();
  }

  private void withdraw(String... names) {
    source.commit("withdraw", files -> List.of(names).forEach(files::remove));
  }

  private void converges() {
    ReconcileReport report = reconciler.reconcileAndWait(call);
    assertThat(report.converged()).as("%s %s", report, report.plan()).isTrue();
  }

  private String onlyHold() {
    List<PlannedAction.Hold> holds = reconciler.reconcile(call).plan().orElseThrow().holds();
    assertThat(holds).hasSize(1);
    assertThat(holds.get(0).reason()).isEqualTo(HoldReason.REFUSED_BY_TARGET);
    return holds.get(0).message();
  }

  private static String configMap(String name, String where) {
    return "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\","
        + " \"metadata\": {\"name\": \"%s\", \"namespace\": \"%s\"}}".formatted(name, where);
  }

  private String innerNamespace() {
    return "apiVersion: v1\nkind: Namespace\nmetadata: {name: " + inner + "}\n";
  }

  private String group() {
    return namespace.name() + ".example.com";
  }

  private FishKind kind() {
    return new FishKind(group());
  }

  private String fish(String name, String owners) {
    return "{\"apiVersion\": \"%s/v1\", \"kind\": \"Fish\", \"metadata\": {\"name\": \"%s\"%s}}"
        .formatted(group(), name, owners);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gitops4j.github.io/prune | disabled
          gitops4j.github.io/prune | release
          argocd.argoproj.io/sync-options | Validate=false,Prune=false
          argocd.argoproj.io/sync-options | Delete=false
          argocd.argoproj.io/sync-options | Prune=confirm
          kustomize.toolkit.fluxcd.io/prune | disabled
          helm.sh/resource-policy | keep
          cli-utils.sigs.k8s.io/on-remove | keep
          client.lifecycle.config.k8s.io/deletion | detach
          """)
  void anAnnotationThatSomebodyPutsOnALiveObjectKeepsIt(String annotation, String value) {
    applied("a.yaml", configMap("a", namespace.name()), "b.yaml", configMap("b", namespace.name()));
    String path = namespace.core("configmaps/a");
    others.merge(
        path, "{\"metadata\": {\"annotations\": {\"" + annotation + "\": \"" + value + "\"}}}");
    withdraw("a.yaml", "b.yaml");

    assertThat(onlyHold()).contains(annotation);
    assertThat(others.get(path).status()).isEqualTo(200);
    assertThat(others.get(namespace.core("configmaps/b")).status()).isEqualTo(404);

    others.merge(path, "{\"metadata\": {\"annotations\": null}}");
    converges();
    assertThat(others.get(path).status()).isEqualTo(404);
  }

  @Test
  void aNamespaceThatHoldsWhatOthersOwnStays() {
    applied("inner.yaml", innerNamespace(), "ours.yaml", configMap("ours", inner));
    String theirs = "/api/v1/namespaces/" + inner + "/configmaps";
    others.post(theirs, configMap("theirs", inner));
    withdraw("inner.yaml", "ours.yaml");

    assertThat(onlyHold()).contains("ConfigMap/" + inner + "/theirs").doesNotContain("ours");

    others.delete(theirs + "/theirs");
    converges();
    assertThat(others.get("/api/v1/namespaces/" + inner).status()).isEqualTo(404);
  }

  @Test
  void aNamespaceThatHoldsWhatIsStillDeclaredStays() {
    applied("inner.yaml", innerNamespace(), "ours.yaml", configMap("ours", inner));
    withdraw("inner.yaml");

    assertThat(onlyHold()).contains("ConfigMap/" + inner + "/ours");
  }

  /** What is owned by what is gone goes soon after it. */
  private void awaitNoFish(String fishes) {
    for (int tries = 0; tries < TRIES; tries++) {
      if (others.get(fishes).body().contains("\"items\":[]")) {
        return;
      }
      others.get(fishes + "?watch=true&timeoutSeconds=1");
    }
    throw new IllegalStateException("a fish is left");
  }

  @Test
  void aDefinitionWithObjectsOfOthersStays() {
    applied("definition.yaml", kind().definition(), "fish.yaml", fish("ours", ""));
    String fishes = namespace.path(group() + "/v1", "fishes");
    String uid =
        others.get(fishes + "/ours").body().replaceAll("(?s).*\"uid\":\"([^\"]*)\".*", "$1");
    String owned =
        ", \"ownerReferences\": [{\"apiVersion\": \"%s/v1\", \"kind\": \"Fish\", \"name\": \"ours\", \"uid\": \"%s\"}]"
            .formatted(group(), uid);
    others.post(fishes, fish("young-of-ours", owned));
    others.post(fishes, fish("theirs", ""));
    withdraw("definition.yaml", "fish.yaml");

    assertThat(reconciler.plan(call).holds())
        .singleElement()
        .satisfies(hold -> assertThat(hold.message()).contains("/theirs").doesNotContain("ours"));
    assertThat(onlyHold()).contains("/theirs");

    others.delete(fishes + "/theirs");
    awaitNoFish(fishes);
    converges();
    assertThat(others.get(kind().definitionPath()).status()).isEqualTo(404);
  }

  @Test
  void whatAnAwayServerServesIsNotPrunedAndTheRestIs() {
    applied("a.yaml", configMap("a", namespace.name()), "inner.yaml", innerNamespace());
    try (AggregatedApi api = AggregatedApi.start(plane, group())) {
      others.post(api.path(namespace), "{\"kind\": \"Thing\", \"metadata\": {\"name\": \"t\"}}");
      ResourceKey thing = ResourceKey.of(group(), "Thing", namespace.name(), "t");
      ContentDigest any = ContentDigest.of("any");
      inventory.commit(
          inventory.read(call).sequence(),
          List.of(
              new InventoryChange.Put(
                  InventoryRecord.applied(
                      thing, new Applied(any, any, "uid"), ResourceTraits.DEFAULT))),
          call);
      api.stop();
      withdraw("a.yaml", "inner.yaml");

      ReconcileReport report = reconciler.reconcile(call);

      assertThat(report.failures()).isEmpty();
      assertThat(report.plan().orElseThrow().holds())
          .extracting(hold -> hold.key().kind(), PlannedAction.Hold::reason)
          .containsExactlyInAnyOrder(
              tuple("Thing", HoldReason.UNDECIDED),
              tuple("Namespace", HoldReason.REFUSED_BY_TARGET));
      assertThat(others.get(namespace.core("configmaps/a")).status()).isEqualTo(404);
    }
  }
}
