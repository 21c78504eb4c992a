package io.github.gitops4j.kubernetes.inventory;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.kubernetes.PlaneSite;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.testkit.contract.StoreFixture;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.util.function.Function;

/**
 * A store in Secrets of a real API server.
 *
 * @param <T> the store's interface
 */
final class SecretStoreFixture<T> implements StoreFixture<T> {
  private final ControlPlane plane;
  private final PlaneSite site;
  private final TestNamespace namespace;
  private final KubernetesClient client;
  private final Function<SecretStores, T> which;
  private final T store;

  /**
   * Makes a namespace of its own.
   *
   * @param which takes the store
   */
  SecretStoreFixture(ControlPlane plane, Function<SecretStores, T> which) {
    this.plane = plane;
    this.site = PlaneSite.in(plane);
    this.namespace = site.namespace();
    this.client = site.client();
    this.which = which;
    this.store = reopen();
  }

  @Override
  public T store() {
    return store;
  }

  @Override
  public T reopen() {
    return which.apply(
        new SecretStores(
            ApiServer.builder(client).build(),
            RetryPolicy.builder().build(),
            namespace.name(),
            "state",
            "kit"));
  }

  @Override
  public T damage(long position) {
    String path = namespace.core("secrets/state");
    if (!plane.client().merge(path, "{\"data\": {\"state\": \"H4sI\"}}").isSuccess()) {
      throw new IllegalStateException("there is nothing to damage");
    }
    return reopen();
  }

  @Override
  public void close() {
    site.close();
  }
}
