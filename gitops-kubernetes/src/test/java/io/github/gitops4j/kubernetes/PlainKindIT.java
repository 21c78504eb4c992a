package io.github.gitops4j.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.live.Place;
import io.github.gitops4j.live.Scope;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.testkit.InMemoryHistoryStore;
import io.github.gitops4j.testkit.InMemoryInventoryStore;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.kubernetes.AggregatedApi;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.PlaneAnswer;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A kind whose server knows no server-side apply. */
@ExtendWith(ControlPlaneExtension.class)
class PlainKindIT {
  private static final CallContext CALL = CallContext.unbounded();
  private static final String OWNER = "tests/plain";

  private final ControlPlane plane;
  private final PlaneSite site;
  private final AggregatedApi api;
  private final String group;
  private final InMemoryTreeSource source = InMemoryTreeSource.empty();
  private Reconciler reconciler;

  PlainKindIT(ControlPlane plane) {
    this.plane = plane;
    this.site = PlaneSite.in(plane);
    this.group = site.namespace().name() + ".example.com";
    this.api = AggregatedApi.start(plane, group);
  }

  @BeforeEach
  void open() {
    KubernetesTarget target =
        KubernetesTarget.builder(site.client(), OWNER)
            .inventory(InMemoryInventoryStore.ownedBy(OWNER))
            .history(new InMemoryHistoryStore())
            .defaultNamespace(site.namespace().name())
            .build();
    reconciler = Reconciler.builder(source, target).policy(target.defaultPolicy()).build();
    awaitDiscovery(target);
  }

  /** The API server passes requests on before its list of kinds says that it does. */
  private void awaitDiscovery(KubernetesTarget target) {
    Place place = new Place(group, "Thing", site.namespace().name());
    CallContext limited = CallContext.withTimeout(Duration.ofSeconds(30));
    Observation seen;
    do {
      limited.checkActive("waiting for the kind");
      LiveState live = target.live().observe(Scope.everything(Set.of(place)), limited);
      seen = live.observation(place.key("a"));
    } while (seen instanceof Observation.Unreadable);
  }

  @AfterEach
  void close() {
    api.close();
    site.close();
  }

  @Test
  void isCreatedChangedPutRightAndPruned() {
    declare("1");
    pass();
    assertThat(live()).contains("\"size\":\"1\"");
    assertThat(reconciler.plan(CALL).actions()).isEmpty();

    declare("2");
    pass();
    assertThat(live()).contains("\"size\":\"2\"");
    assertThat(reconciler.plan(CALL).actions()).isEmpty();

    edit(live().replace("\"size\":\"2\"", "\"size\":\"3\",\"color\":\"red\""));
    assertThat(reconciler.plan(CALL).actions())
        .singleElement()
        .isInstanceOf(PlannedAction.Update.class);
    pass();
    assertThat(live()).contains("\"size\":\"2\"").contains("\"color\":\"red\"");
    assertThat(reconciler.plan(CALL).actions()).isEmpty();

    source.commit(
        "withdraw",
        files -> {
          files.remove("thing.yaml");
          files.put("other.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: other}}");
        });
    pass();
    assertThat(plane.client().get(path()).status()).isEqualTo(404);
  }

  private void declare(String size) {
    source.commit(
        "declare",
        files ->
            files.put(
                "thing.yaml",
                "{apiVersion: %s/v1, kind: Thing, metadata: {name: a}, spec: {size: \"%s\"}}"
                    .formatted(group, size)));
  }

  private void pass() {
    ReconcileReport report = reconciler.reconcile(CALL);
    assertThat(report.failures()).isEmpty();
    assertThat(report.plan().orElseThrow().holds()).isEmpty();
    assertThat(report.converged()).as(report.toString()).isTrue();
  }

  private void edit(String json) {
    PlaneAnswer answer = plane.client().put(path(), json);
    assertThat(answer.isSuccess()).as(answer.body()).isTrue();
  }

  private String live() {
    return plane.client().get(path()).body();
  }

  private String path() {
    return api.path(site.namespace()) + "/a";
  }
}
