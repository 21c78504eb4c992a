package io.github.gitops4j.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.diff.Comparison;
import io.github.gitops4j.diff.DiffBatch;
import io.github.gitops4j.diff.Differ;
import io.github.gitops4j.diff.Drift;
import io.github.gitops4j.diff.IgnoreRule;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.kubernetes.diff.OfflineDiffer;
import io.github.gitops4j.kubernetes.internal.api.ApiKind;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.kubernetes.internal.api.Discovery;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.DesiredEntry;
import io.github.gitops4j.source.DesiredState;
import io.github.gitops4j.source.JsonReader;
import io.github.gitops4j.source.TreeDesiredStateSource;
import io.github.gitops4j.testkit.InMemoryHistoryStore;
import io.github.gitops4j.testkit.InMemoryInventoryStore;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.kubernetes.AdmissionWebhook;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Objects of many kinds, written as people write them, that were just applied. */
@ExtendWith(ControlPlaneExtension.class)
class WideSetIT {
  private static final CallContext CALL = CallContext.unbounded();
  private static final String OWNER = "tests/wide";

  private final ControlPlane plane;
  private final PlaneSite site;
  private final InMemoryTreeSource source = InMemoryTreeSource.empty();
  private final InMemoryInventoryStore inventory = InMemoryInventoryStore.ownedBy(OWNER);
  private final KubernetesTarget target;
  private final Reconciler reconciler;

  WideSetIT(ControlPlane plane) {
    this.plane = plane;
    this.site = PlaneSite.in(plane);
    this.target =
        KubernetesTarget.builder(site.client(), OWNER)
            .inventory(inventory)
            .history(new InMemoryHistoryStore())
            .defaultNamespace(site.namespace().name())
            .build();
    this.reconciler = Reconciler.builder(source, target).policy(target.defaultPolicy()).build();
  }

  @AfterEach
  void close() {
    source.commit(
        "withdraw",
        files -> {
          files.remove("namespaced.yaml");
          files.remove("cluster.yaml");
          files.put("rest.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: rest}}");
        });
    reconciler.reconcile(CALL);
    site.close();
  }

  @Test
  void whatWasJustAppliedIsNeverOutOfSync() throws IOException {
    declare("cluster.yaml", "namespaced.yaml");
    try (AdmissionWebhook webhook =
        AdmissionWebhook.changing(plane, site.namespace(), WideSetIT::withSidecar)) {
      applyAll();
      assertThat(webhook.reviews()).isPositive();
      assertThat(lives().values()).anyMatch(live -> live.root().toJson().contains("injected:1"));

      Plan plan = reconciler.plan(CALL);

      assertThat(plan.actions()).isEmpty();
      assertThat(plan.holds()).isEmpty();
      assertThat(drifts(target.differ(), lives())).as("asked of the server").isEmpty();
    }
    OfflineDiffer offline = OfflineDiffer.builder().owner(OWNER).build();
    assertThat(drifts(offline, lives())).as("without a server").isEmpty();
  }

  /** Adds a container to what has some, once. */
  private static String withSidecar(String review) {
    return review.contains("\"topologySpreadConstraints\"") && !review.contains("injected")
        ? "[{\"op\":\"add\",\"path\":\"/spec/template/spec/containers/-\","
            + "\"value\":{\"name\":\"injected\",\"image\":\"injected:1\"}}]"
        : "[]";
  }

  /** Each pass applies a wave or a layer of one. */
  private void applyAll() {
    for (int pass = 0; pass < 10; pass++) {
      ReconcileReport report = reconciler.reconcile(CALL);
      assertThat(report.failures()).isEmpty();
      if (reconciler.plan(CALL).actions().isEmpty()) {
        return;
      }
    }
  }

  private void declare(String... files) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String file : files) {
      try (InputStream in = WideSetIT.class.getResourceAsStream("/wide/" + file)) {
        texts.put(file, new String(in.readAllBytes(), UTF_8));
      }
    }
    source.commit("declare", commit -> texts.forEach(commit::put));
  }

  private DesiredState desired() {
    TreeDesiredStateSource desired = TreeDesiredStateSource.of(source, target.model());
    return desired.fetch(desired.latest(CALL), Optional.empty(), CALL);
  }

  /** Reads each object with its managed fields. */
  private Map<ResourceKey, Document> lives() {
    Discovery discovery = new Discovery(ApiServer.builder(site.client()).build());
    Map<ResourceKey, Document> lives = new LinkedHashMap<>();
    desired()
        .forEach(
            entry -> {
              ResourceKey key = entry.key();
              ApiKind kind = discovery.find(key.group(), key.kind(), CALL).orElseThrow();
              String path = kind.object(kind.version(), key.namespace(), key.name());
              byte[] body = plane.client().get(path).body().getBytes(UTF_8);
              lives.put(key, JsonReader.create().read(path, body));
            });
    assertThat(lives).hasSizeGreaterThan(35);
    return lives;
  }

  /** Returns what is said to differ. */
  private Map<ResourceKey, Drift> drifts(Differ differ, Map<ResourceKey, Document> lives) {
    Inventory known = inventory.read(CALL);
    DesiredState desired = desired();
    List<Comparison> sides = new ArrayList<>();
    lives.forEach(
        (key, live) -> {
          Optional<DesiredEntry> entry = desired.get(key);
          LiveResource resource =
              new LiveResource(key, "", live.digest(), "", "", Optional.of(live));
          sides.add(new Comparison(key, entry, new Observation.Present(resource), known.get(key)));
        });
    List<Drift> drifts =
        differ.diff(new DiffBatch(sides, desired, List.<IgnoreRule>of(), known.maskingKey()), CALL);
    Map<ResourceKey, Drift> different = new LinkedHashMap<>();
    for (int i = 0; i < drifts.size(); i++) {
      if (!(drifts.get(i) instanceof Drift.InSync)) {
        different.put(sides.get(i).key(), drifts.get(i));
      }
    }
    return different;
  }
}
