package io.github.gitops4j.kubernetes.internal.kinds;

/**
 * What is known of kinds.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class KindFacts {
  private KindFacts() {}

  /**
   * Returns the type of the objects of a kind.
   *
   * @param apiVersion with group and version, such as {@code apps/v1}
   */
  public static FieldType of(String apiVersion, String kind) {
    return KindFile.kind(apiVersion, kind);
  }

  /**
   * Says whether a kind is one of Kubernetes itself.
   *
   * @param group its group without a version; empty text for the core group
   */
  public static boolean isBuiltIn(String group, String kind) {
    return KindFile.hasKind(group, kind);
  }
}
