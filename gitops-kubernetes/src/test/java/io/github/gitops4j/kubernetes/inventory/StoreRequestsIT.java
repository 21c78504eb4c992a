package io.github.gitops4j.kubernetes.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.kubernetes.KubernetesTarget;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.kubernetes.ApiCall;
import io.github.gitops4j.testkit.kubernetes.ApiFault;
import io.github.gitops4j.testkit.kubernetes.ApiFaultProxy;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlane.User;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What passes ask of the stores in the cluster. */
@ExtendWith(ControlPlaneExtension.class)
class StoreRequestsIT {
  private static final CallContext CALL = CallContext.unbounded();
  private static final String OWNER = "tests/requests";
  private static final int OBJECTS = 20;

  private final ApiFaultProxy proxy;
  private final TestNamespace namespace;
  private final KubernetesClient client;
  private final InMemoryTreeSource source = InMemoryTreeSource.empty();
  private KubernetesTarget target;
  private Reconciler reconciler;

  StoreRequestsIT(ControlPlane plane) {
    this.proxy = ApiFaultProxy.to(plane);
    this.namespace = TestNamespace.in(plane);
    this.client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(proxy.kubeconfig(User.ADMIN)))
            .build();
    this.target = target();
    this.reconciler = Reconciler.builder(source, target).build();
  }

  private KubernetesTarget target() {
    return KubernetesTarget.builder(client, OWNER).defaultNamespace(namespace.name()).build();
  }

  @BeforeEach
  void applyAndSettle() {
    for (int i = 0; i < OBJECTS; i++) {
      declare(i, "first");
    }
    pass();
    settle();
  }

  @AfterEach
  void close() {
    target.close();
    client.close();
    proxy.close();
    namespace.close();
  }

  @Test
  void aPassWithNothingToDoAsksNothing() {
    for (int i = 0; i < 3; i++) {
      pass();
      assertThat(requests()).isEmpty();
    }
  }

  @Test
  void aChangedManifestIsTwoRequestsOnTheStores() {
    declare(3, "second");
    pass();
    assertThat(requests().stream().filter(StoreRequestsIT::isState).map(ApiCall::method))
        .containsExactly("PUT", "PUT");
    settle();
    source.commit("withdraw", files -> files.remove("c4.yaml"));
    pass();
    assertThat(requests().stream().filter(StoreRequestsIT::isState)).hasSize(2);
  }

  @Test
  void aPlanAfterARestartIsTwoRequestsOnTheStores() {
    restart();
    proxy.forgetCalls();
    assertThat(reconciler.plan(CALL).actions()).isEmpty();
    assertThat(requests().stream().filter(StoreRequestsIT::isState)).hasSize(2);
  }

  @Test
  void whatAnotherProcessRecordsIsSeenByTheWatch() {
    ContentDigest plan = ContentDigest.of("plan");
    try (KubernetesTarget other = target()) {
      other.history().append(new HistoryEvent.PlanApproved(plan, "me"), Instant.now(), CALL);
    }
    while (!target.history().state(CALL).approvals().contains(plan)) {
      Thread.onSpinWait();
    }
    settle();
  }

  @Test
  void aWatchThatBreaksIsBegunAgain() {
    proxy.resetAll();
    settle();
    pass();
    assertThat(requests()).isEmpty();
  }

  @Test
  void whoMayNotWatchReadsTheHeadInEachPass() {
    proxy.faults().always(call -> call.isWatch() && isState(call), ApiFault.status(403));
    restart();
    for (int i = 0; i < 5; i++) {
      pass();
    }
    assertThat(requests().stream().filter(StoreRequestsIT::isState)).hasSize(2);
    assertThat(proxy.count(call -> call.isWatch() && isState(call))).isZero();
  }

  private void restart() {
    target.close();
    target = target();
    reconciler = Reconciler.builder(source, target).build();
  }

  private void declare(int number, String content) {
    String name = "c" + number;
    String yaml =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "
            + name
            + "}\ndata: {content: "
            + content
            + "}\n";
    source.commit("declare", files -> files.put(name + ".yaml", yaml));
  }

  /** Makes passes until one has nothing to ask. */
  private void settle() {
    for (int i = 0; i < 1000; i++) {
      pass();
      if (requests().isEmpty()) {
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

  /** Returns what the last pass asked for, beside the watches. */
  private List<ApiCall> requests() {
    return proxy.calls().stream().filter(call -> !call.isWatch()).toList();
  }

  private static boolean isState(ApiCall call) {
    return call.path().contains("/secrets");
  }
}
