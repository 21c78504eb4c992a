package io.github.gitops4j.kubernetes.internal.api;

import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * How a kind is reached.
 *
 * <p>Immutable.
 *
 * @param group the API group; empty text for the core group
 * @param versions the versions served, the preferred one first
 * @param plural its name in paths
 * @param namespaced whether its objects live in namespaces
 * @param verbs what may be asked of it
 * @since 0.1.0
 */
public record ApiKind(
    String group, List<String> versions, String plural, boolean namespaced, Set<String> verbs) {
  /** Copies the collections. */
  public ApiKind {
    requireNonNull(group, "group");
    versions = List.copyOf(versions);
    requireNonNull(plural, "plural");
    verbs = Set.copyOf(verbs);
    if (versions.isEmpty()) {
      throw new IllegalArgumentException(plural + " has no version");
    }
  }

  /** Returns the preferred version. */
  public String version() {
    return versions.get(0);
  }

  /** Says whether its server may know server-side apply; one that does may still refuse it. */
  public boolean isPatchable() {
    return verbs.contains("patch");
  }

  /** Says whether objects of this kind can be listed and deleted one by one. */
  public boolean isManageable() {
    return verbs.contains("list") && verbs.contains("get");
  }

  /**
   * Returns the path of a collection.
   *
   * @param version one of the versions
   * @param namespace the namespace; empty text for all of them, or for a cluster-wide kind
   */
  public String collection(String version, String namespace) {
    String root =
        group.isEmpty() ? "/api/" + encode(version) : "/apis/" + group + "/" + encode(version);
    String place = namespaced && !namespace.isEmpty() ? "/namespaces/" + encode(namespace) : "";
    return root + place + "/" + plural;
  }

  /** Returns the path of an object. */
  public String object(String version, String namespace, String name) {
    return collection(version, namespace) + "/" + encode(name);
  }

  private static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
