package io.github.gitops4j.diff;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.FieldPath;

/**
 * One field in which live differs from desired.
 *
 * <p>Ordered by path; two changes of one comparison never have the same path, so the order agrees
 * with equality among them.
 *
 * <p>Immutable.
 *
 * @param path where
 * @param before what is live
 * @param after what is desired
 * @since 0.1.0
 */
public record FieldChange(FieldPath path, FieldValue before, FieldValue after)
    implements Comparable<FieldChange> {
  /** Checks the parts. */
  public FieldChange {
    requireNonNull(path, "path");
    requireNonNull(before, "before");
    requireNonNull(after, "after");
  }

  @Override
  public int compareTo(FieldChange other) {
    return path.compareTo(other.path);
  }
}
