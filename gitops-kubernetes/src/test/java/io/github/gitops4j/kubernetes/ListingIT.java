package io.github.gitops4j.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.health.HealthAssessor;
import io.github.gitops4j.plan.HoldReason;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.testkit.InMemoryHistoryStore;
import io.github.gitops4j.testkit.InMemoryInventoryStore;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.kubernetes.ApiCall;
import io.github.gitops4j.testkit.kubernetes.ApiFault;
import io.github.gitops4j.testkit.kubernetes.ApiFaultProxy;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlane.User;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ControlPlaneExtension.class)
class ListingIT {
  private static final CallContext CALL = CallContext.unbounded();
  private static final String OWNER = "tests/listing";
  private static final int MANY = 20;

  private final ControlPlane plane;
  private final ApiFaultProxy proxy;
  private final List<TestNamespace> namespaces = new ArrayList<>();
  private final InMemoryTreeSource source = InMemoryTreeSource.empty();
  private final InMemoryInventoryStore inventory = InMemoryInventoryStore.ownedBy(OWNER);
  private final InMemoryHistoryStore history = new InMemoryHistoryStore();

  ListingIT(ControlPlane plane) {
    this.plane = plane;
    this.proxy = ApiFaultProxy.to(plane);
  }

  @AfterEach
  void close() {
    proxy.close();
    namespaces.forEach(TestNamespace::close);
  }

  @Test
  void aKindInManyNamespacesIsListedOnceAndNoObjectIsRead() {
    applyTo(MANY);

    Plan plan = planOf(User.ADMIN);

    assertThat(plan.isEmpty()).isTrue();
    assertThat(proxy.count(ListingIT::concernsObjects)).isEqualTo(1);
    assertThat(proxy.count(call -> call.path().equals("/api/v1/configmaps"))).isEqualTo(1);
  }

  @Test
  void whereAllNamespacesMayNotBeListedEachIsListed() {
    applyTo(MANY);
    namespaces.forEach(each -> each.allow("", List.of("configmaps"), List.of("list")));

    Plan plan = planOf(User.LIMITED);

    assertThat(plan.isEmpty()).isTrue();
    assertThat(proxy.count(ListingIT::concernsObjects)).isEqualTo(1 + MANY);
  }

  @Test
  void aNamespaceThatMayNotBeListedIsHeldAndTheOthersGoOn() {
    applyTo(2);
    namespaces.get(0).allow("", List.of("configmaps"), List.of("list"));
    source.commit("none of them any more", files -> files.clear().put("keep.yaml", keep()));

    Plan plan = planOf(User.LIMITED);

    assertThat(plan.actions())
        .filteredOn(action -> action.key().namespace().equals(namespaces.get(0).name()))
        .hasAtLeastOneElementOfType(PlannedAction.Prune.class);
    assertThat(plan.actions())
        .filteredOn(action -> action.key().namespace().equals(namespaces.get(1).name()))
        .singleElement()
        .isInstanceOfSatisfying(
            PlannedAction.Hold.class,
            hold -> assertThat(hold.reason()).isEqualTo(HoldReason.UNDECIDED));
  }

  @Test
  void aListThatFailsOnceIsAskedForAgain() {
    applyTo(MANY);
    proxy.faults().next(ListingIT::concernsObjects, ApiFault.status(503));

    assertThat(planOf(User.ADMIN).isEmpty()).isTrue();
    assertThat(proxy.count(ListingIT::concernsObjects)).isEqualTo(2);
  }

  private void applyTo(int count) {
    for (int i = 0; i < count; i++) {
      namespaces.add(TestNamespace.in(plane));
    }
    source.commit(
        "declare",
        files ->
            namespaces.forEach(
                each -> files.put(each.name() + ".yaml", configMap("settings", each.name()))));
    try (KubernetesClient client = client(User.ADMIN)) {
      assertThat(reconciler(client).reconcile(CALL).failures()).isEmpty();
    }
  }

  /** Plans as a process does that has just been started. */
  private Plan planOf(User user) {
    proxy.forgetCalls();
    try (KubernetesClient client = client(user)) {
      return reconciler(client).plan(CALL);
    }
  }

  private KubernetesClient client(User user) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(proxy.kubeconfig(user)))
        .build();
  }

  private Reconciler reconciler(KubernetesClient client) {
    KubernetesTarget target =
        KubernetesTarget.builder(client, OWNER)
            .inventory(inventory)
            .history(history)
            .defaultNamespace(namespaces.get(0).name())
            .health(HealthAssessor.presence())
            .build();
    return Reconciler.builder(source, target).policy(target.defaultPolicy()).build();
  }

  private String keep() {
    return configMap("keep", namespaces.get(0).name());
  }

  private static boolean concernsObjects(ApiCall call) {
    return call.path().contains("/configmaps");
  }

  private static String configMap(String name, String namespace) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "
        + name
        + ", namespace: "
        + namespace
        + "}\ndata: {a: b}\n";
  }
}
