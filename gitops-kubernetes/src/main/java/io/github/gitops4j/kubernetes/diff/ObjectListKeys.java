package io.github.gitops4j.kubernetes.diff;

import io.github.gitops4j.diff.ListKeys;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.PathSegment;
import java.util.List;
import java.util.Set;

/**
 * By which fields the items of the lists of Kubernetes objects are known, as its schemas say.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class ObjectListKeys implements ListKeys {
  /** The only one needed. */
  public static final ObjectListKeys INSTANCE = new ObjectListKeys();

  private static final Set<String> BY_NAME =
      Set.of(
          "containers",
          "initContainers",
          "ephemeralContainers",
          "volumes",
          "env",
          "imagePullSecrets");

  private ObjectListKeys() {}

  @Override
  public List<String> of(FieldPath path) {
    List<PathSegment> segments = path.segments();
    if (segments.isEmpty()
        || !(segments.get(segments.size() - 1) instanceof PathSegment.Field last)) {
      return List.of();
    }
    if (last.name().equals("volumeMounts")) {
      return List.of("mountPath");
    }
    return BY_NAME.contains(last.name()) ? List.of("name") : List.of();
  }
}
