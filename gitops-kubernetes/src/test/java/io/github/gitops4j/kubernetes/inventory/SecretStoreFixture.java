package io.github.gitops4j.kubernetes.inventory;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.gitops4j.kubernetes.PlaneSite;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.testkit.contract.StoreFixture;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.util.function.BiFunction;

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
  private final String damaged;
  private final BiFunction<ApiServer, String, T> stores;
  private final T store;

  /**
   * Makes a namespace of its own.
   *
   * @param damaged the Secret to be damaged
   * @param stores makes a store in a namespace
   */
  SecretStoreFixture(ControlPlane plane, String damaged, BiFunction<ApiServer, String, T> stores) {
    this.plane = plane;
    this.site = PlaneSite.in(plane);
    this.namespace = site.namespace();
    this.client = site.client();
    this.damaged = damaged;
    this.stores = stores;
    this.store = reopen();
  }

  @Override
  public T store() {
    return store;
  }

  @Override
  public T reopen() {
    return stores.apply(ApiServer.builder(client).build(), namespace.name());
  }

  @Override
  public T damage(long position) {
    String path = namespace.core("secrets/" + damaged);
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
