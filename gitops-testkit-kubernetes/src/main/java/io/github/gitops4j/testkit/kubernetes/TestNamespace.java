package io.github.gitops4j.testkit.kubernetes;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * A namespace of its own for one test.
 *
 * <p>Its default service account is there when it is handed out, so that Pods can be made in it. It
 * is deleted when the test ends; nobody waits for that. Thread-safe.
 *
 * @since 0.1.0
 */
public final class TestNamespace implements AutoCloseable {
  private static final int TRIES = 200;

  private final ControlPlane plane;
  private final String name;

  private TestNamespace(ControlPlane plane, String name) {
    this.plane = plane;
    this.name = name;
  }

  /**
   * Make a namespace with a name that nobody else has.
   *
   * @throws IllegalStateException if the API server refuses
   */
  public static TestNamespace in(ControlPlane plane) {
    String name = "test-" + UUID.randomUUID().toString().substring(24);
    requireNonNull(plane, "plane");
    require(
        name,
        plane
            .client()
            .post(
                "/api/v1/namespaces",
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\""
                    + name
                    + "\"}}"));
    TestNamespace namespace = new TestNamespace(plane, name);
    if (plane.features().contains(ControlPlane.Feature.CONTROLLERS)) {
      namespace.awaitServiceAccount();
    }
    return namespace;
  }

  /** Give the name. */
  public String name() {
    return name;
  }

  /** Give the path of a collection in this namespace: {@code /api/v1/namespaces/NAME/PLURAL}. */
  public String core(String plural) {
    return "/api/v1/namespaces/" + name + "/" + plural;
  }

  /** Give the path of a collection of a group and version, such as {@code apps/v1}. */
  public String path(String groupVersion, String plural) {
    return "/apis/" + groupVersion + "/namespaces/" + name + "/" + plural;
  }

  /** Delete the namespace with all that is in it. */
  @Override
  public void close() {
    plane.client().delete("/api/v1/namespaces/" + name);
  }

  /** A watch that ends after a second asks for it, in place of asking again and again. */
  private void awaitServiceAccount() {
    String account = core("serviceaccounts/default");
    String watch =
        core("serviceaccounts")
            + "?watch=true&timeoutSeconds=1&fieldSelector=metadata.name%3Ddefault";
    for (int tries = 0; tries < TRIES; tries++) {
      if (plane.client().get(account).isSuccess()) {
        return;
      }
      plane.client().get(watch);
    }
    throw new IllegalStateException(name + ": the default service account was not made");
  }

  private static void require(String name, PlaneAnswer answer) {
    if (!answer.isSuccess()) {
      throw new IllegalStateException(
          name + ": making the namespace failed: " + answer.status() + " " + answer.body());
    }
  }
}
