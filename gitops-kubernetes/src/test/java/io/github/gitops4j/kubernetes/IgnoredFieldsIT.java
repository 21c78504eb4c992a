package io.github.gitops4j.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.diff.IgnoreRule;
import io.github.gitops4j.health.HealthAssessor;
import io.github.gitops4j.kubernetes.internal.fields.LiveObject;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.plan.PrunedDriftPolicy;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.source.JsonReader;
import io.github.gitops4j.testkit.InMemoryHistoryStore;
import io.github.gitops4j.testkit.InMemoryInventoryStore;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ControlPlaneExtension.class)
class IgnoredFieldsIT {
  private static final CallContext CALL = CallContext.unbounded();
  private static final String OWNER = "tests/ignored";

  private final ControlPlane plane;
  private final PlaneSite site;
  private final TestNamespace namespace;
  private final KubernetesClient client;
  private final InMemoryTreeSource source = InMemoryTreeSource.empty();
  private final InMemoryInventoryStore inventory = InMemoryInventoryStore.ownedBy(OWNER);
  private final InMemoryHistoryStore history = new InMemoryHistoryStore();

  IgnoredFieldsIT(ControlPlane plane) {
    this.plane = plane;
    this.site = PlaneSite.in(plane);
    this.namespace = site.namespace();
    this.client = site.client();
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void whatAnotherScaledStaysWhenTheImageChanges() {
    Reconciler reconciler = ignoring("/spec/replicas");
    pass(reconciler, deployment("one", 1));
    scale(3);
    pass(reconciler, deployment("one", 1));
    assertThat(live()).contains("\"replicas\":3");

    pass(reconciler, deployment("two", 1));

    assertThat(live()).contains("\"replicas\":3").contains("\"image\":\"two\"");
  }

  @Test
  void aRuleThatComesAfterTheFirstApplyResetsNothing() {
    pass(ignoring(), deployment("one", 4));
    Reconciler reconciler = ignoring("/spec/replicas");

    pass(reconciler, deployment("two", 2));
    pass(reconciler, deployment("three", 2).replace("  replicas: 2\n", ""));

    assertThat(live()).contains("\"replicas\":4").contains("\"image\":\"three\"");
  }

  @Test
  void aFieldOfOneItemIsKeptAndItsSiblingsAreDeclared() {
    Reconciler reconciler = ignoring("/spec/template/spec/containers/[name=side]/image");
    pass(reconciler, deployment("one", 1));
    patch(
        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"side\",\"image\":\"new\"}]}}}}");

    pass(reconciler, deployment("two", 1));

    assertThat(live()).contains("\"image\":\"two\"").contains("\"image\":\"new\"");
    assertThat(live()).doesNotContain("\"image\":\"side\"");
  }

  @Test
  void whatIsScaledBetweenPlanAndApplyStays() {
    Reconciler reconciler = ignoring("/spec/replicas");
    pass(reconciler, deployment("one", 1));
    declare(deployment("two", 1));
    Plan plan = reconciler.plan(CALL);
    assertThat(plan.actions()).singleElement().isInstanceOf(PlannedAction.Update.class);
    scale(5);

    reconciler.apply(plan, CALL);
    pass(reconciler, deployment("two", 1));

    assertThat(live()).contains("\"replicas\":5").contains("\"image\":\"two\"");
  }

  @Test
  void whatAnotherOwnsIsNotSentSoItIsNotOurs() {
    Reconciler reconciler = ignoring("/spec/replicas");
    pass(reconciler, deployment("one", 1));
    assertThat(ownersOf("f:replicas")).containsExactly("gitops4j:" + OWNER);
    scale(3);

    pass(reconciler, deployment("two", 1));

    assertThat(ownersOf("f:replicas")).containsExactly("scaler");
    assertThat(live()).contains("\"replicas\":3").contains("\"image\":\"two\"");
  }

  @Test
  void fieldsOfAManagerAreNeitherDifferentNorOverwritten() {
    pass(ignoring(), deployment("one", 1));
    Reconciler reconciler = ignoring(rule(List.of()).managers(List.of("scaler")).build());
    patch(
        "{\"spec\":{\"replicas\":3,\"template\":{\"spec\":{\"containers\":["
            + "{\"name\":\"side\",\"image\":\"new\"},{\"name\":\"added\",\"image\":\"x\"}]}}}}");

    declare(deployment("one", 1));
    assertThat(reconciler.plan(CALL).actions())
        .noneMatch(action -> action instanceof PlannedAction.Update);
    pass(reconciler, deployment("two", 1));

    assertThat(live())
        .contains("\"replicas\":3")
        .contains("\"image\":\"two\"")
        .contains("\"image\":\"new\"")
        .contains("\"name\":\"added\"");
    assertThat(ownersOf("f:replicas")).containsExactly("scaler");
  }

  @Test
  void withoutTheRuleTheManagerIsOverwritten() {
    pass(ignoring(rule(List.of()).managers(List.of("another")).build()), deployment("one", 1));
    scale(3);

    pass(ignoring(rule(List.of()).managers(List.of("another")).build()), deployment("one", 1));

    assertThat(live()).contains("\"replicas\":1");
  }

  private static IgnoreRule.Builder rule(List<FieldPath> paths) {
    return IgnoreRule.builder(paths).kind("Deployment");
  }

  private Reconciler ignoring(String... paths) {
    List<FieldPath> ignored = List.of(paths).stream().map(FieldPath::parse).toList();
    return ignored.isEmpty() ? ignoring(List.<IgnoreRule>of()) : ignoring(rule(ignored).build());
  }

  private Reconciler ignoring(IgnoreRule rule) {
    return ignoring(List.of(rule));
  }

  private Reconciler ignoring(List<IgnoreRule> rules) {
    KubernetesTarget target =
        KubernetesTarget.builder(client, OWNER)
            .inventory(inventory)
            .history(history)
            .defaultNamespace(namespace.name())
            .health(HealthAssessor.presence())
            .build();
    PlanPolicy policy =
        PlanPolicy.builder()
            .conflict(target.defaultPolicy().conflict())
            .prunedDrift(PrunedDriftPolicy.PRUNE)
            .ignoreRules(rules)
            .build();
    return Reconciler.builder(source, target).policy(policy).build();
  }

  private void pass(Reconciler reconciler, String manifest) {
    declare(manifest);
    assertThat(reconciler.reconcile(CALL).failures()).isEmpty();
  }

  private void declare(String manifest) {
    source.commit("declare", files -> files.put("web.yaml", manifest));
  }

  private void scale(int replicas) {
    patch("{\"spec\":{\"replicas\":" + replicas + "}}");
  }

  private void patch(String change) {
    String type = "application/strategic-merge-patch+json";
    String path = path() + "?fieldManager=scaler";
    assertThat(plane.client().send("PATCH", path, type, change).isSuccess()).isTrue();
  }

  private List<String> ownersOf(String field) {
    byte[] body = plane.client().get(path()).body().getBytes(StandardCharsets.UTF_8);
    return LiveObject.of(JsonReader.create().read("live", body)).managers().stream()
        .filter(entry -> entry.toJson().contains("\"" + field + "\""))
        .filter(entry -> entry.text("subresource").isEmpty())
        .map(entry -> entry.text("manager").orElseThrow())
        .toList();
  }

  private String live() {
    // Status has a number of replicas of its own.
    String object = plane.client().get(path()).body().replaceAll("\"status\":\\{.*", "");
    return object.replaceAll("\"managedFields\":\\[.*?\\}\\]", "");
  }

  private String path() {
    return "/apis/apps/v1/namespaces/" + namespace.name() + "/deployments/web";
  }

  private static String deployment(String image, int replicas) {
    return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: %d
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
              - {name: web, image: %s}
              - {name: side, image: side}
        """
        .formatted(replicas, image);
  }
}
