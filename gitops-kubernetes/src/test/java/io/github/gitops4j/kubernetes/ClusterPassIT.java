package io.github.gitops4j.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.ApplyRequest;
import io.github.gitops4j.apply.ApplySession;
import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.health.HealthAssessor;
import io.github.gitops4j.inventory.OwnershipPolicy;
import io.github.gitops4j.plan.ConflictPolicy;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.plan.PrunedDriftPolicy;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.source.TreeDesiredStateSource;
import io.github.gitops4j.testkit.InMemoryHistoryStore;
import io.github.gitops4j.testkit.InMemoryInventoryStore;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ControlPlaneExtension.class)
class ClusterPassIT {
  private static final CallContext CALL = CallContext.unbounded();
  private static final String OWNER = "tests/pass";

  private final ControlPlane plane;
  private final PlaneSite site;
  private final TestNamespace namespace;
  private final KubernetesClient client;
  private final InMemoryTreeSource source = InMemoryTreeSource.empty();
  private final InMemoryInventoryStore inventory = InMemoryInventoryStore.ownedBy(OWNER);
  private Reconciler reconciler;

  ClusterPassIT(ControlPlane plane) {
    this.plane = plane;
    this.site = PlaneSite.in(plane);
    this.namespace = site.namespace();
    this.client = site.client();
  }

  @BeforeEach
  void open() {
    reconciler = reconciler(OwnershipPolicy.MUST_MATCH);
  }

  @AfterEach
  void close() {
    site.close();
  }

  private KubernetesTarget target() {
    return KubernetesTarget.builder(client, OWNER)
        .inventory(inventory)
        .history(new InMemoryHistoryStore())
        .defaultNamespace(namespace.name())
        .health(HealthAssessor.presence())
        .build();
  }

  private Reconciler reconciler(OwnershipPolicy ownership) {
    KubernetesTarget target = target();
    PlanPolicy policy =
        PlanPolicy.builder()
            .conflict(ConflictPolicy.PREFER_DESIRED)
            .prunedDrift(PrunedDriftPolicy.PRUNE)
            .ownership(ownership)
            .build();
    return Reconciler.builder(source, target).policy(policy).gates(List.of()).build();
  }

  private ReconcileReport pass(String... filesAndContents) {
    declare(filesAndContents);
    return reconciler.reconcile(CALL);
  }

  private void declare(String... filesAndContents) {
    source.commit(
        "declare",
        files -> {
          for (int i = 0; i < filesAndContents.length; i += 2) {
            files.put(filesAndContents[i], filesAndContents[i + 1]);
          }
        });
  }

  private static Failure onlyFailure(ReconcileReport report) {
    assertThat(report.failures()).hasSize(1);
    return report.failures().get(0).failure();
  }

  private static String configMap(String name, String data) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\ndata: " + data + "\n";
  }

  private static String deployment(String app, String annotations) {
    return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, annotations: %s}
        spec:
          replicas: 1
          selector: {matchLabels: {app: %s}}
          template:
            metadata: {labels: {app: %s}}
            spec:
              containers:
              - name: web
                image: web
                resources: {limits: {cpu: 1000m, memory: 1Gi}}
                ports: [{containerPort: 80}]
        """
        .formatted(annotations, app, app);
  }

  @Test
  void whatWasJustAppliedIsInSyncThoughTheServerFillsInDefaults() {
    String more =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {selector: {app: web}, ports: [{port: 80}]}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: key}
        stringData: {token: abc}
        ---
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: nightly}
        spec:
          schedule: "0 3 * * *"
          jobTemplate:
            spec:
              template:
                spec: {restartPolicy: Never, containers: [{name: a, image: a}]}
        ---
        apiVersion: v1
        kind: List
        items:
        - apiVersion: rbac.authorization.k8s.io/v1
          kind: Role
          metadata: {name: reader}
          rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
        - apiVersion: policy/v1
          kind: PodDisruptionBudget
          metadata: {name: web}
          spec: {maxUnavailable: 50%, selector: {matchLabels: {app: web}}}
        """;
    assertThat(pass("web.yaml", deployment("web", "{}"), "more.yaml", more).converged()).isTrue();

    Reconciler restarted = reconciler(OwnershipPolicy.MUST_MATCH);

    assertThat(restarted.plan(CALL).actions()).isEmpty();
  }

  @Test
  void anotherWritersChangeOfAFieldOfOursIsSeenAndPutRight() {
    assertThat(pass("web.yaml", deployment("web", "{}")).converged()).isTrue();
    plane
        .client()
        .merge(namespace.path("apps/v1", "deployments/web"), "{\"spec\": {\"replicas\": 3}}");

    assertThat(reconciler.plan(CALL).actions().get(0).changes())
        .singleElement()
        .satisfies(change -> assertThat(change.path()).hasToString("/spec/replicas"));
    assertThat(reconciler.reconcile(CALL).converged()).isTrue();

    assertThat(plane.client().get(namespace.path("apps/v1", "deployments/web")).body())
        .contains("\"replicas\":1");
  }

  @Test
  void aSecondWriterUnderOurNameIsSeen() {
    assertThat(pass("a.yaml", configMap("a", "{k: ours}")).converged()).isTrue();
    plane
        .client()
        .apply(namespace.core("configmaps/a"), "gitops4j:" + OWNER, configMap("a", "{k: theirs}"));

    assertThat(reconciler.plan(CALL).actions()).hasSize(1);
  }

  @Test
  void anEditOfWhatStringDataDeclaredIsSeen() {
    String secret =
        "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {token: hunter2}\n";
    assertThat(pass("s.yaml", secret).converged()).isTrue();
    plane.client().merge(namespace.core("secrets/s"), "{\"data\": {\"token\": \"b3RoZXI=\"}}");

    assertThat(reconciler.plan(CALL).actions()).hasSize(1);
    assertThat(reconciler.plan(CALL).toString()).doesNotContain("hunter2", "b3RoZXI=");
  }

  @Test
  void anObjectThatWasRestoredWithItsManagedFieldsIsSeen() {
    assertThat(pass("a.yaml", configMap("a", "{k: one}")).converged()).isTrue();
    String path = namespace.core("configmaps/a");
    String backup = plane.client().get(path).body();
    String fields = backup.substring(backup.indexOf("\"managedFields\""), backup.indexOf("]") + 1);
    plane.client().delete(path);
    plane
        .client()
        .post(
            namespace.core("configmaps"),
            "{\"metadata\": {\"name\": \"a\"}, \"data\": {\"k\": \"older\"}}");
    plane.client().merge(path, "{\"metadata\": {" + fields + "}}");
    assertThat(plane.client().get(path).body()).contains("gitops4j:" + OWNER, "\"older\"");

    assertThat(reconciler.reconcile(CALL).failures()).isEmpty();

    assertThat(plane.client().get(path).body()).contains("\"k\":\"one\"");
  }

  @Test
  void aFieldThatCannotChangeFailsAndLeavesTheObject() {
    assertThat(pass("web.yaml", deployment("web", "{}")).converged()).isTrue();
    String before = uid();

    Failure failure = onlyFailure(pass("web.yaml", deployment("other", "{}")));

    assertThat(failure.category()).isEqualTo(FailureCategory.IMMUTABLE_FIELD);
    assertThat(failure.message()).contains("Deployment.apps/", "spec.selector");
    assertThat(uid()).isEqualTo(before);
  }

  @Test
  void aFieldThatCannotChangeIsReplacedIfTheObjectSaysSo() {
    String allowed = "{gitops4j.github.io/replace: if-immutable}";
    assertThat(pass("web.yaml", deployment("web", allowed)).converged()).isTrue();
    String before = uid();

    ReconcileReport report = pass("web.yaml", deployment("other", allowed));

    assertThat(report.effects()).containsEntry(Effect.REPLACED, 1);
    assertThat(uid()).isNotEqualTo(before);
  }

  @Test
  void aValueThatIsWrongReplacesNothing() {
    String allowed = "{gitops4j.github.io/replace: if-immutable}";
    assertThat(pass("web.yaml", deployment("web", allowed)).converged()).isTrue();
    String before = uid();

    String wrong = deployment("web", allowed).replace("replicas: 1", "replicas: -1");
    Failure failure = onlyFailure(pass("web.yaml", wrong));

    assertThat(failure.category()).isEqualTo(FailureCategory.INVALID_INPUT);
    assertThat(uid()).isEqualTo(before);
  }

  @Test
  void anUnknownFieldIsRefused() {
    String wrong = deployment("web", "{}").replace("replicas:", "replica:");

    Failure failure = onlyFailure(pass("web.yaml", wrong));

    assertThat(failure.category()).isEqualTo(FailureCategory.INVALID_INPUT);
    assertThat(failure.message()).contains("replica");
  }

  @Test
  void aFieldOfAnotherManagerIsNotTakenFromAnObjectThatIsNotOurs() {
    plane.client().apply(namespace.core("configmaps/a"), "them", configMap("a", "{k: theirs}"));
    reconciler = reconciler(OwnershipPolicy.ADOPT_UNOWNED);

    Failure failure = onlyFailure(pass("a.yaml", configMap("a", "{k: ours}")));

    assertThat(failure.category()).isEqualTo(FailureCategory.FIELD_CONFLICT);
    assertThat(failure.message()).contains("them", ".data.k");
    assertThat(plane.client().get(namespace.core("configmaps/a")).body()).contains("theirs");
  }

  @Test
  void whatKubectlAppliedIsTakenOverWithTheFieldsThatAreNoLongerDeclared() {
    String theirs =
        """
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"},
         "data": {"k": "theirs", "gone": "x"}}
        """;
    plane
        .client()
        .post(namespace.core("configmaps") + "?fieldManager=kubectl-client-side-apply", theirs);
    reconciler = reconciler(OwnershipPolicy.ADOPT_UNOWNED);

    assertThat(pass("a.yaml", configMap("a", "{k: ours}")).converged()).isTrue();

    assertThat(plane.client().get(namespace.core("configmaps/a")).body())
        .contains("\"k\":\"ours\"")
        .doesNotContain("gone", "kubectl-client-side-apply");
  }

  @Test
  void whatAnotherApplicationOwnsIsHeldAndItsOwnerNamed() {
    plane
        .client()
        .apply(
            namespace.core("configmaps/a"), "gitops4j:tests/other", configMap("a", "{k: theirs}"));

    ReconcileReport report = pass("a.yaml", configMap("a", "{k: ours}"));

    assertThat(report.plan().orElseThrow().holds())
        .singleElement()
        .satisfies(hold -> assertThat(hold.message()).contains("tests/other", OWNER));
  }

  @Test
  void whatSomebodyMadeMeanwhileStaysAsTheyMadeIt() {
    KubernetesTarget target = target();
    declare("a.yaml", configMap("a", "{ours: v}"));
    Plan plan = reconciler.plan(CALL);
    plane.client().apply(namespace.core("configmaps/a"), "them", configMap("a", "{theirs: v}"));
    TreeDesiredStateSource desired = TreeDesiredStateSource.of(source, target.model());
    ApplyRequest request =
        new ApplyRequest(
            plan,
            desired.fetch(desired.latest(CALL), Optional.empty(), CALL),
            inventory.read(CALL));
    List<ApplyOutcome> outcomes = new ArrayList<>();

    try (ApplySession session = target.applier().open(request, CALL)) {
      session.apply(plan.actions(), outcomes::add, CALL);
    }

    assertThat(outcomes)
        .singleElement()
        .isInstanceOfSatisfying(
            ApplyOutcome.Failed.class,
            failed -> assertThat(failed.failure().category()).isEqualTo(FailureCategory.CONFLICT));
    assertThat(plane.client().get(namespace.core("configmaps/a")).body())
        .contains("\"data\":{\"theirs\":\"v\"}")
        .doesNotContain("gitops4j:");
  }

  @Test
  void anObjectOverTheSizeOfTheStoreIsRefusedBeforeItIsSent() {
    Failure failure =
        onlyFailure(pass("a.yaml", configMap("a", "{k: " + "x".repeat(1_600_000) + "}")));

    assertThat(failure.category()).isEqualTo(FailureCategory.LIMIT_EXCEEDED);
  }

  private String uid() {
    String body = plane.client().get(namespace.path("apps/v1", "deployments/web")).body();
    int at = body.indexOf("\"uid\":\"");
    return body.substring(at, body.indexOf('"', at + 7));
  }
}
