package io.github.gitops4j.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.health.HealthAssessor;
import io.github.gitops4j.live.ChangeFeed;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.InMemoryHistoryStore;
import io.github.gitops4j.testkit.InMemoryInventoryStore;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.kubernetes.ApiCall;
import io.github.gitops4j.testkit.kubernetes.ApiFault;
import io.github.gitops4j.testkit.kubernetes.ApiFault.Oddity;
import io.github.gitops4j.testkit.kubernetes.ApiFault.WatchEnd;
import io.github.gitops4j.testkit.kubernetes.ApiFaultProxy;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlane.User;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the watches spare, what they tell, and what happens when they fail. */
@ExtendWith(ControlPlaneExtension.class)
class WatchIT implements ChangeFeed.Listener {
  private static final CallContext CALL = CallContext.unbounded();
  private static final String OWNER = "tests/watch";
  private static final int SECONDS = 30;
  private static final int OBJECTS = 8;

  private final ControlPlane plane;
  private final ApiFaultProxy proxy;
  private final TestNamespace namespace;
  private final Semaphore pending = new Semaphore(0);
  private final Semaphore stirred = new Semaphore(0);
  private final InMemoryTreeSource source = InMemoryTreeSource.empty();
  private KubernetesClient client;
  private KubernetesTarget target;
  private Reconciler reconciler;

  WatchIT(ControlPlane plane) {
    this.plane = plane;
    this.proxy = ApiFaultProxy.to(plane);
    this.namespace = TestNamespace.in(plane);
  }

  @BeforeEach
  void followSomeConfigMaps() {
    source.commit(
        "declare",
        files -> {
          for (int i = 0; i < OBJECTS; i++) {
            files.put("c" + i + ".yaml", configMap("c" + i, "declared"));
          }
        });
    open(User.ADMIN);
    settle();
  }

  private void open(User user) {
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(proxy.kubeconfig(user)))
            .build();
    target =
        KubernetesTarget.builder(client, OWNER)
            .inventory(InMemoryInventoryStore.ownedBy(OWNER))
            .history(new InMemoryHistoryStore())
            .health(HealthAssessor.presence())
            .retry(RetryPolicy.builder().first(Duration.ofMillis(10)).build())
            .defaultNamespace(namespace.name())
            .build();
    reconciler = Reconciler.builder(source, target).build();
    var unused = target.live().changeFeed().orElseThrow().listen(this);
  }

  @AfterEach
  void close() {
    target.close();
    client.close();
    proxy.close();
    namespace.close();
  }

  @Override
  public void pending() {
    pending.release();
  }

  @Override
  public void stirred(ResourceKey key) {
    stirred.release();
  }

  @Test
  void aPassWithNothingToDoAsksNothing() {
    for (int i = 0; i < 3; i++) {
      assertThat(requestsOf(pass())).isZero();
    }
    assertThat(pending.tryAcquire()).isFalse();
  }

  @Test
  void aProgramThatMakesOnePassWatchesNothing() {
    proxy.forgetCalls();
    try (KubernetesTarget once =
        KubernetesTarget.builder(client, OWNER)
            .inventory(InMemoryInventoryStore.ownedBy(OWNER))
            .history(new InMemoryHistoryStore())
            .defaultNamespace(namespace.name())
            .build()) {
      assertDone(Reconciler.builder(source, once).build().reconcile(CALL));
      assertThat(proxy.count(ApiCall::isWatch)).isZero();
    }
  }

  @Test
  void whatIsOwnedAndWasChangedOrRemovedIsPutRight() throws InterruptedException {
    edit("c0");
    assertThat(requestsUntilAllIsRight()).hasSize(2);
    settle();
    remove("c1");
    assertThat(requestsUntilAllIsRight()).hasSize(2);
    settle();
    assertThat(requestsOf(pass())).isZero();
  }

  @Test
  void whatNobodyDeclaresWakesNobody() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      String body = json("stranger-" + i, "theirs");
      assertThat(plane.client().post(namespace.core("configmaps"), body).isSuccess()).isTrue();
    }
    edit("c0");
    await(pending);
    assertThat(pending.availablePermits()).isZero();
  }

  @Test
  void whatNobodyCouldOwnStirsAndIsNoDrift() throws InterruptedException {
    source.commit("a pod", files -> files.put("pod.yaml", pod("p")));
    settle();
    stirred.drainPermits();
    String path = namespace.core("pods/p/status");
    String status = "{\"status\":{\"message\":\"hello\"}}";
    assertThat(plane.client().merge(path, status).isSuccess()).isTrue();
    await(stirred);
    assertThat(requestsOf(pass())).isZero();
  }

  @Test
  void whatIsDeclaredInAnotherPlaceIsWatchedFromThenOn() throws InterruptedException {
    try (TestNamespace other = TestNamespace.in(plane)) {
      source.commit(
          "another namespace", files -> files.put("o.yaml", configMap(other, "o", "declared")));
      settle();
      assertThat(requestsOf(pass())).isZero();
      plane.client().delete(other.core("configmaps/o"));
      await(pending);
      pass();
      assertThat(plane.client().get(other.core("configmaps/o")).isSuccess()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWatchThatStopsGoesOnAndLosesNothing(WatchEnd end) throws InterruptedException {
    proxy.faults().next(ApiCall::isWatch, new ApiFault.StoppedWatch(1, end));
    proxy.resetAll();
    edit("c0");
    edit("c1");
    requestsUntilAllIsRight();
    settle();
    assertThat(requestsOf(pass())).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void eventsThatAreDoubledOrSwappedDoNoHarm(Oddity how) throws InterruptedException {
    proxy.faults().always(ApiCall::isWatch, new ApiFault.OddEvents(how));
    proxy.resetAll();
    for (int i = 0; i < OBJECTS; i++) {
      edit("c" + i);
      edit("c" + i);
    }
    // A swapped event waits for the next one.
    edit("c0");
    requestsUntilAllIsRight();
  }

  @Test
  void eventsThatAreLateDoNoHarm() throws InterruptedException {
    proxy.faults().always(ApiCall::isWatch, new ApiFault.LateEvents(Duration.ofMillis(50)));
    proxy.resetAll();
    edit("c0");
    edit("c1");
    requestsUntilAllIsRight();
  }

  @Test
  void aVersionThatIsForgottenIsListedAnew() throws InterruptedException {
    proxy.faults().always(ApiCall::isWatch, ApiFault.status(503));
    proxy.resetAll();
    edit("c0");
    plane.compact();
    proxy.faults().clear();
    requestsUntilAllIsRight();
    settle();
    assertThat(requestsOf(pass())).isZero();
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whileNothingIsToldEveryPassLooks(ApiFault refusal) throws InterruptedException {
    proxy.faults().always(ApiCall::isWatch, refusal);
    proxy.resetAll();
    await(pending);
    remove("c0");
    pass();
    assertAllAsDeclared();
    edit("c1");
    pass();
    assertAllAsDeclared();
    proxy.faults().clear();
    settle();
    assertThat(requestsOf(pass())).isZero();
  }

  static Stream<ApiFault> refusals() {
    return Stream.of(
        ApiFault.status(403),
        ApiFault.unauthorized(),
        ApiFault.retryLater(429, Duration.ofSeconds(1)),
        ApiFault.status(500));
  }

  /** Makes passes until one has nothing to ask. */
  private void settle() {
    for (int i = 0; i < 1000; i++) {
      ReconcileReport report = pass();
      if (requestsOf(report) == 0) {
        pending.drainPermits();
        return;
      }
    }
    throw new AssertionError("each pass asks: " + proxy.calls());
  }

  private ReconcileReport pass() {
    proxy.forgetCalls();
    ReconcileReport report = reconciler.reconcile(CALL);
    assertDone(report);
    return report;
  }

  private static void assertDone(ReconcileReport report) {
    assertThat(report.result()).isInstanceOf(PassResult.Done.class);
    assertThat(report.failures()).isEmpty();
  }

  /** Counts what the last pass asked for, beside the watches. */
  private long requestsOf(ReconcileReport last) {
    assertThat(last).isNotNull();
    return proxy.count(call -> !call.isWatch());
  }

  private static void await(Semaphore told) throws InterruptedException {
    assertThat(told.tryAcquire(SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  /** Makes a pass whenever something is told, until all is right. */
  private List<ApiCall> requestsUntilAllIsRight() throws InterruptedException {
    List<ApiCall> requests = new ArrayList<>();
    while (!differing().isEmpty()) {
      await(pending);
      pass();
      proxy.calls().stream().filter(call -> !call.isWatch()).forEach(requests::add);
    }
    return requests;
  }

  private void assertAllAsDeclared() {
    assertThat(differing()).isEmpty();
  }

  private List<String> differing() {
    return IntStream.range(0, OBJECTS)
        .mapToObj(i -> "c" + i)
        .filter(name -> !plane.client().get(path(name)).body().contains("\"declared\""))
        .toList();
  }

  private void edit(String name) {
    String patch = "{\"data\":{\"content\":\"edited " + System.nanoTime() + "\"}}";
    assertThat(plane.client().merge(path(name), patch).isSuccess()).isTrue();
  }

  private void remove(String name) {
    assertThat(plane.client().delete(path(name)).isSuccess()).isTrue();
  }

  private String path(String name) {
    return namespace.core("configmaps/" + name);
  }

  private static String json(String name, String content) {
    return """
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "%s"},
         "data": {"content": "%s"}}
        """
        .formatted(name, content);
  }

  private static String configMap(String name, String content) {
    return """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: %s}
        data: {content: %s}
        """
        .formatted(name, content);
  }

  private static String configMap(TestNamespace where, String name, String content) {
    return """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: %s, namespace: %s}
        data: {content: %s}
        """
        .formatted(name, where.name(), content);
  }

  private static String pod(String name) {
    return """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s}
        spec:
          nodeName: nowhere
          containers: [{name: c, image: example.org/c}]
        """
        .formatted(name);
  }
}
