package io.github.gitops4j.diff;

import io.github.gitops4j.resource.FieldPath;
import java.util.List;

/**
 * Says by which fields the items of an array are known, such as containers by their name.
 *
 * <p>Must be pure. Asked only for arrays that differ, and obeyed only where every item on both
 * sides is an object with these fields and no two items of a side have the same values.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ListKeys {
  /** Knows no keys: items are compared by position. */
  ListKeys NONE = path -> List.of();

  /** Returns the key fields of the array at a path; empty to compare by position. */
  List<String> of(FieldPath path);
}
