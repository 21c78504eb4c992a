package io.github.gitops4j.plan;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.ResourceSelector;
import java.util.List;

/**
 * What is done about drift of some resources, or of some of their fields, in the place of what is
 * done about all other drift.
 *
 * <p>A rule with paths is about drift that touches nothing else: a resource is put right as a
 * whole, or left as it is. Fields that are never to be written are what an {@link
 * io.github.gitops4j.diff.IgnoreRule} is for.
 *
 * <p>Immutable.
 *
 * @param resources the resources
 * @param paths the fields, with all below them; none for every drift, also that a resource is gone
 * @param policy what is done
 * @since 0.1.0
 */
public record DriftRule(ResourceSelector resources, List<FieldPath> paths, DriftPolicy policy) {
  /** Copies the list. */
  public DriftRule {
    requireNonNull(resources, "resources");
    paths = List.copyOf(paths);
    requireNonNull(policy, "policy");
  }

  boolean takes(ResourceKey key, List<FieldChange> changes) {
    return resources.selects(key) && (paths.isEmpty() || takes(changes));
  }

  private boolean takes(List<FieldChange> changes) {
    return !changes.isEmpty()
        && changes.stream()
            .allMatch(change -> paths.stream().anyMatch(path -> path.covers(change.path())));
  }
}
