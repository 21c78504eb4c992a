package io.github.gitops4j.testkit.kubernetes;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.testkit.kubernetes.ControlPlane.User;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

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
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(5);

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

  /**
   * Allow the limited user some verbs on some kinds in this namespace, by a Role and its binding.
   *
   * <p>What was allowed before stays allowed. The API server knows of it when this returns.
   *
   * @param group the API group, empty for the core group
   * @param plurals the kinds, such as {@code configmaps}
   * @param verbs the verbs, such as {@code get}
   */
  public void allow(String group, List<String> plurals, List<String> verbs) {
    String role = "allowed-" + UUID.randomUUID();
    String rbac = path("rbac.authorization.k8s.io/v1", "");
    require(
        name,
        plane
            .client()
            .post(
                rbac + "roles",
                """
                {"metadata": {"name": "%s"},
                 "rules": [{"apiGroups": ["%s"], "resources": [%s], "verbs": [%s]}]}
                """
                    .formatted(role, group, quoted(plurals), quoted(verbs))));
    require(
        name,
        plane
            .client()
            .post(
                rbac + "rolebindings",
                """
                {"metadata": {"name": "%1$s"},
                 "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "%1$s"},
                 "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "%2$s"}]}
                """
                    .formatted(role, User.LIMITED.userName())));
    for (String plural : plurals) {
      for (String verb : verbs) {
        awaitAllowed(group, plural, verb);
      }
    }
  }

  /** Delete the namespace with all that is in it. */
  @Override
  public void close() {
    plane.client().delete("/api/v1/namespaces/" + name);
  }

  /** It is there within milliseconds; a watch for it could only end after whole seconds. */
  private void awaitServiceAccount() {
    String account = core("serviceaccounts/default");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!plane.client().get(account).isSuccess()) {
      if (System.nanoTime() - deadline >= 0) {
        throw new IllegalStateException(name + ": the default service account was not made");
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private void awaitAllowed(String group, String plural, String verb) {
    String review =
        """
        {"spec": {"user": "%s", "resourceAttributes":
          {"namespace": "%s", "group": "%s", "resource": "%s", "verb": "%s"}}}
        """
            .formatted(User.LIMITED.userName(), name, group, plural, verb);
    String path = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
    for (int tries = 0; tries < TRIES; tries++) {
      if (plane.client().post(path, review).body().contains("\"allowed\":true")) {
        return;
      }
    }
    throw new IllegalStateException(name + ": " + verb + " on " + plural + " was not allowed");
  }

  private static String quoted(List<String> words) {
    return words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(", "));
  }

  private static void require(String name, PlaneAnswer answer) {
    if (!answer.isSuccess()) {
      throw new IllegalStateException(
          name + ": making it failed: " + answer.status() + " " + answer.body());
    }
  }
}
