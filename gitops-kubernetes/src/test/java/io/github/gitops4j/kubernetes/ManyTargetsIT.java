package io.github.gitops4j.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.github.gitops4j.call.CallContext;
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
import io.github.gitops4j.testkit.kubernetes.ApiFaultProxy;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlane.User;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What targets on one cluster ask for together. */
@ExtendWith(ControlPlaneExtension.class)
class ManyTargetsIT {
  private static final CallContext CALL = CallContext.unbounded();
  private static final int TARGETS = 100;
  private static final int KINDS = 5;
  private static final int MANY = 20;
  private static final int MOST = 48;
  private static final int WORKERS = 16;
  private static final int SECONDS = 30;

  private final ControlPlane plane;
  private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
  private final List<TestNamespace> namespaces = new ArrayList<>();
  private final List<Application> applications = new ArrayList<>();
  private final Requests requests = new Requests();

  ManyTargetsIT(ControlPlane plane) {
    this.plane = plane;
  }

  @AfterEach
  void close() {
    applications.forEach(application -> application.target.close());
    namespaces.forEach(TestNamespace::close);
    workers.shutdownNow();
  }

  /** Counts what a client sends. */
  private static final class Requests implements Interceptor {
    private final List<String> watches = new CopyOnWriteArrayList<>();
    private final List<String> others = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
      String uri = request.uri().toString();
      (uri.contains("watch=true") ? watches : others).add(request.method() + " " + uri);
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable failure) {
      failures.add(failure);
    }
  }

  /** One of many, with what its target has told. */
  private static final class Application implements ChangeFeed.Listener {
    private final Semaphore pending = new Semaphore(0);
    private final KubernetesTarget target;
    private final Reconciler reconciler;

    Application(InMemoryTreeSource source, KubernetesTarget target) {
      this.target = target;
      this.reconciler = Reconciler.builder(source, target).policy(target.defaultPolicy()).build();
      var unused = target.live().changeFeed().orElseThrow().listen(this);
    }

    @Override
    public void pending() {
      pending.release();
    }

    @Override
    public void stirred(ResourceKey key) {}

    void pass() {
      ReconcileReport report = reconciler.reconcile(CALL);
      assertThat(report.result()).isInstanceOf(PassResult.Done.class);
      assertThat(report.failures()).isEmpty();
    }
  }

  @Test
  void aHundredTargetsWatchLittleAndAskNothingWhenThereIsNothingToDo() throws Exception {
    Config config = Config.fromKubeconfig(plane.kubeconfig().toFile());
    try (KubernetesClient client =
            new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(
                    http -> http.addOrReplaceInterceptor("requests", requests))
                .build();
        KubernetesCluster cluster = KubernetesCluster.over(client);
        TestNamespace state = TestNamespace.in(plane)) {
      open(cluster, state);

      settle();

      int heads = 1;
      assertThat(requests.watches).hasSizeLessThanOrEqualTo(MOST + KINDS + heads);
      assertThat(requests.failures).isEmpty();
      editWakesNobodyElse();
      closingSomeLeavesTheOthers();
    }
  }

  private void open(KubernetesCluster cluster, TestNamespace state) {
    for (int i = 0; i < TARGETS; i++) {
      TestNamespace namespace = TestNamespace.in(plane);
      namespaces.add(namespace);
      InMemoryTreeSource source = InMemoryTreeSource.empty();
      source.commit("declare", files -> files.put("all.yaml", objects()));
      applications.add(
          new Application(
              source,
              KubernetesTarget.builder(cluster, "tests/many-" + i)
                  .defaultNamespace(namespace.name())
                  .stateNamespace(state.name())
                  .build()));
    }
  }

  /** Makes passes of all until none of them has anything to ask. */
  private void settle() {
    for (int i = 0; i < 1000; i++) {
      requests.others.clear();
      List<CompletableFuture<Void>> passes =
          applications.stream()
              .map(application -> CompletableFuture.runAsync(application::pass, workers))
              .toList();
      passes.forEach(CompletableFuture::join);
      if (requests.others.isEmpty()) {
        applications.forEach(application -> application.pending.drainPermits());
        return;
      }
    }
    throw new AssertionError("each round asks: " + requests.others);
  }

  private void editWakesNobodyElse() throws InterruptedException {
    Application edited = applications.get(37);
    edit(37);
    await(edited);
    for (Application other : applications) {
      assertThat(other == edited || other.pending.availablePermits() == 0).isTrue();
    }
    edited.pass();
    assertThat(plane.client().get(configMap(37)).body()).contains("\"declared\"");
  }

  private void closingSomeLeavesTheOthers() throws InterruptedException {
    int watches = requests.watches.size();
    for (int i = 0; i < TARGETS / 2; i++) {
      applications.get(i).target.close();
    }
    edit(TARGETS - 1);
    await(applications.get(TARGETS - 1));
    assertThat(requests.watches).hasSize(watches);
  }

  private void edit(int number) {
    String patch = "{\"data\":{\"content\":\"edited\"}}";
    assertThat(plane.client().merge(configMap(number), patch).isSuccess()).isTrue();
  }

  private String configMap(int number) {
    return namespaces.get(number).core("configmaps/c");
  }

  private static void await(Application told) throws InterruptedException {
    assertThat(told.pending.tryAcquire(SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whoMayWatchSingleNamespacesOnlyWatchesThese() {
    String owner = "tests/many";
    InMemoryTreeSource source = InMemoryTreeSource.empty();
    InMemoryInventoryStore inventory = InMemoryInventoryStore.ownedBy(owner);
    InMemoryHistoryStore history = new InMemoryHistoryStore();
    for (int i = 0; i < MANY; i++) {
      TestNamespace namespace = TestNamespace.in(plane);
      namespaces.add(namespace);
      namespace.allow("", List.of("configmaps"), List.of("list", "watch"));
      String yaml = configMapIn(namespace.name());
      source.commit("declare", files -> files.put(namespace.name() + ".yaml", yaml));
    }
    try (ApiFaultProxy proxy = ApiFaultProxy.to(plane)) {
      for (User user : List.of(User.ADMIN, User.LIMITED)) {
        proxy.forgetCalls();
        Config config = Config.fromKubeconfig(proxy.kubeconfig(user));
        try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build();
            KubernetesTarget target =
                KubernetesTarget.builder(client, owner)
                    .inventory(inventory)
                    .history(history)
                    .health(HealthAssessor.presence())
                    .build()) {
          settle(new Application(source, target), proxy, user == User.LIMITED ? MANY : 0);
        }
      }
      assertThat(proxy.count(call -> call.isWatch() && call.path().equals("/api/v1/configmaps")))
          .isEqualTo(1);
    }
  }

  /** Makes passes until one has nothing to ask and each namespace is watched, if it may be. */
  private static void settle(Application application, ApiFaultProxy proxy, long watches) {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(SECONDS)) {
      long before = proxy.count(call -> !call.isWatch());
      application.pass();
      boolean isQuiet = proxy.count(call -> !call.isWatch()) == before;
      if (isQuiet && proxy.count(ManyTargetsIT::isOfOneNamespace) >= watches) {
        return;
      }
    }
    throw new AssertionError("each pass asks: " + proxy.calls());
  }

  private static boolean isOfOneNamespace(ApiCall call) {
    return call.isWatch() && call.path().contains("/namespaces/");
  }

  private static String configMapIn(String namespace) {
    return """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: c, namespace: %s}
        data: {content: declared}
        """
        .formatted(namespace);
  }

  private static String objects() {
    return """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: c}
        data: {content: declared}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: s}
        stringData: {content: declared}
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: a}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: v}
        spec: {clusterIP: None, ports: [{port: 80}]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: r}
        rules: []
        """;
  }
}
