package io.github.gitops4j.kubernetes.diff;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.diff.ListKeys;
import io.github.gitops4j.kubernetes.internal.kinds.FieldType;
import io.github.gitops4j.kubernetes.internal.kinds.KindFacts;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.PathSegment;
import java.util.List;

/**
 * By which fields the items of the lists of a Kubernetes object are known, as the schema of its
 * kind says; in custom kinds, those lists that have the names of lists of Pods.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class ObjectListKeys implements ListKeys {
  private final FieldType type;

  private ObjectListKeys(FieldType type) {
    this.type = type;
  }

  /**
   * Returns the keys of the lists of a kind.
   *
   * @param apiVersion with group and version, such as {@code apps/v1}
   */
  public static ObjectListKeys of(String apiVersion, String kind) {
    requireNonNull(apiVersion, "apiVersion");
    requireNonNull(kind, "kind");
    return new ObjectListKeys(KindFacts.of(apiVersion, kind));
  }

  @Override
  public List<String> of(FieldPath path) {
    FieldType at = type;
    for (PathSegment segment : path.segments()) {
      if (segment instanceof PathSegment.Keyed || isItem(at, segment)) {
        at = at.element();
      } else {
        at = at.field(segment instanceof PathSegment.Field field ? field.name() : "" + segment);
      }
    }
    return at.keys();
  }

  /** A number is a position in a list, and the name of a field elsewhere. */
  private static boolean isItem(FieldType type, PathSegment segment) {
    return segment instanceof PathSegment.Index
        && type.form() != FieldType.Form.MAP
        && type.form() != FieldType.Form.STRUCT;
  }
}
