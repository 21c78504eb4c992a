package io.github.gitops4j.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.diff.FieldValue;
import io.github.gitops4j.health.HealthAssessor;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.testkit.InMemoryHistoryStore;
import io.github.gitops4j.testkit.InMemoryInventoryStore;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.kubernetes.ApiCall;
import io.github.gitops4j.testkit.kubernetes.ApiFault;
import io.github.gitops4j.testkit.kubernetes.ApiFaultProxy;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlane.User;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.PlaneAnswer;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a change of an object costs that the watch has told, and what if it has told it late. */
@ExtendWith(ControlPlaneExtension.class)
class ToldObjectsIT {
  private static final CallContext CALL = CallContext.unbounded();
  private static final String OWNER = "tests/told";
  private static final FieldValue THEIRS = new FieldValue.Shown(Text.of("theirs"));

  private final ControlPlane plane;
  private final ApiFaultProxy proxy;
  private final TestNamespace namespace;
  private final InMemoryTreeSource source = InMemoryTreeSource.empty();
  private final InMemoryInventoryStore inventory = InMemoryInventoryStore.ownedBy(OWNER);
  private KubernetesClient client;
  private KubernetesTarget target;
  private Reconciler reconciler;

  ToldObjectsIT(ControlPlane plane) {
    this.plane = plane;
    this.proxy = ApiFaultProxy.to(plane);
    this.namespace = TestNamespace.in(plane);
  }

  @BeforeEach
  void follow() {
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(proxy.kubeconfig(User.ADMIN)))
            .build();
    target = target();
    reconciler = Reconciler.builder(source, target).policy(target.defaultPolicy()).build();
    declare("one");
    settle();
  }

  private KubernetesTarget target() {
    return KubernetesTarget.builder(client, OWNER)
        .inventory(inventory)
        .history(new InMemoryHistoryStore())
        .health(HealthAssessor.presence())
        .defaultNamespace(namespace.name())
        .build();
  }

  @AfterEach
  void close() {
    target.close();
    client.close();
    proxy.close();
    namespace.close();
  }

  @Test
  void aChangedManifestCostsADryRunAndAnApply() {
    declare("two");
    pass();
    assertThat(asked("configmaps/c")).containsExactly("PATCH dry", "PATCH");
    assertThat(asked("secrets/s")).containsExactly("GET", "PATCH dry", "PATCH");
    assertThat(live("configmaps/c")).contains("\"two\"");
  }

  @Test
  void whatSomebodyHasChangedUnseenIsPlannedAsItIs() {
    deafen();
    change("configmaps/c", "{\"data\":{\"content\":\"theirs\",\"more\":\"theirs\"}}");
    declare("two");
    Plan plan = samePlanAsWithoutWatches();
    assertThat(plan.actions().get(0).changes().get(0).before()).isEqualTo(THEIRS);
    pass();
    assertThat(live("configmaps/c")).contains("\"two\"").contains("\"more\":\"theirs\"");
  }

  /** Of a kind that has a generation, an annotation of somebody else is not in the digest. */
  @Test
  void whatConcernsNobodyIsNoReasonToLookAgain() {
    String budget = "/apis/policy/v1/namespaces/" + namespace.name() + "/poddisruptionbudgets/b";
    source.commit("a budget", files -> files.put("b.yaml", budget(1)));
    settle();
    deafen("poddisruptionbudgets");
    succeed(plane.client().merge(budget, "{\"metadata\":{\"annotations\":{\"theirs\":\"x\"}}}"));
    source.commit("another", files -> files.put("b.yaml", budget(2)));
    pass();
    assertThat(askedAt(budget)).containsExactly("PATCH dry", "GET", "PATCH", "GET", "PATCH");
    assertThat(plane.client().get(budget).body()).contains("\"theirs\":\"x\"");
  }

  @Test
  void whatIsGoneUnseenIsMadeAnew() {
    deafen();
    succeed(plane.client().delete(path("configmaps/c")));
    declare("two");
    samePlanAsWithoutWatches();
    pass();
    assertThat(live("configmaps/c")).contains("\"two\"");
  }

  @Test
  void whatStandsInItsPlaceUnseenIsNotTakenForIt() {
    deafen();
    succeed(plane.client().delete(path("configmaps/c")));
    String theirs =
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"c\"},\"data\":{\"content\":\"theirs\"}}";
    succeed(plane.client().post(namespace.core("configmaps"), theirs));
    declare("two");
    samePlanAsWithoutWatches();
  }

  @Test
  void aFieldThatCannotChangeIsShownAsItIs() {
    deafen();
    change("configmaps/c", "{\"immutable\":true,\"data\":{\"content\":\"theirs\"}}");
    declare("two");
    Plan plan = samePlanAsWithoutWatches();
    assertThat(plan.actions().get(0).changes().get(0).before()).isEqualTo(THEIRS);
  }

  @Test
  void whatSomebodyAskedToKeepUnseenIsKept() {
    deafen();
    change(
        "configmaps/c", "{\"metadata\":{\"annotations\":{\"helm.sh/resource-policy\":\"keep\"}}}");
    source.commit("withdraw", files -> files.remove("c.yaml"));
    assertThat(samePlanAsWithoutWatches().holds()).hasSize(1);
    pass();
    assertThat(live("configmaps/c")).contains("\"one\"");
  }

  /** From now on nothing is told for as long as a test takes, as every watch is a new one. */
  private void deafen(String... moreKinds) {
    Set<String> kinds = new HashSet<>(List.of(moreKinds));
    kinds.addAll(List.of("configmaps", "secrets"));
    proxy.faults().always(ApiCall::isWatch, new ApiFault.LateEvents(Duration.ofMinutes(10)));
    proxy.forgetCalls();
    proxy.resetAll();
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!kinds.stream().allMatch(this::isWatched)) {
      assertThat(System.nanoTime() - end).as("watched anew: %s", proxy.calls()).isNegative();
      reconciler.reconcile(CALL);
    }
    settle();
  }

  private boolean isWatched(String kind) {
    return proxy.count(call -> call.isWatch() && call.path().endsWith("/" + kind)) > 0;
  }

  private Plan samePlanAsWithoutWatches() {
    Plan plan = reconciler.plan(CALL);
    try (KubernetesTarget other = target()) {
      Plan anew =
          Reconciler.builder(source, other).policy(other.defaultPolicy()).build().plan(CALL);
      assertThat(plan.digest()).isEqualTo(anew.digest());
      assertThat(plan.actions()).isEqualTo(anew.actions());
    }
    return plan;
  }

  private void declare(String content) {
    source.commit(
        content,
        files -> {
          files.put("c.yaml", yaml("ConfigMap", "c", "data", content));
          files.put("s.yaml", yaml("Secret", "s", "stringData", content));
        });
  }

  private static String yaml(String kind, String name, String field, String content) {
    return """
        apiVersion: v1
        kind: %s
        metadata: {name: %s}
        %s: {content: %s}
        """
        .formatted(kind, name, field, content);
  }

  private static String budget(int available) {
    return """
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: b}
        spec: {minAvailable: %d, selector: {matchLabels: {app: x}}}
        """
        .formatted(available);
  }

  private void settle() {
    for (int i = 0; i < 1000; i++) {
      pass();
      if (proxy.count(call -> !call.isWatch()) == 0) {
        return;
      }
    }
    throw new AssertionError("each pass asks: " + proxy.calls());
  }

  private void pass() {
    proxy.forgetCalls();
    ReconcileReport report = reconciler.reconcile(CALL);
    assertThat(report.result()).isInstanceOf(PassResult.Done.class);
    assertThat(report.failures()).isEmpty();
  }

  private List<String> asked(String path) {
    return askedAt(path(path));
  }

  private List<String> askedAt(String path) {
    return proxy.calls().stream()
        .filter(call -> call.path().equals(path))
        .map(call -> call.method() + (call.parameter("dryRun").isPresent() ? " dry" : ""))
        .toList();
  }

  private void change(String path, String patch) {
    succeed(plane.client().merge(path(path), patch));
  }

  private String live(String path) {
    return plane.client().get(path(path)).body();
  }

  private static void succeed(PlaneAnswer answer) {
    assertThat(answer.isSuccess()).as(answer.body()).isTrue();
  }

  private String path(String path) {
    return namespace.core(path);
  }
}
