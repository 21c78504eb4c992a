package io.github.gitops4j.plan;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.source.Revision;

/**
 * What a plan was made for and from.
 *
 * <p>Immutable.
 *
 * @param target id of the target
 * @param source id of the source
 * @param revision the revision that the plan leads to
 * @param contentId content id of the desired state
 * @param policy the policy's id
 * @since 0.1.0
 */
public record PlanHeader(
    String target, String source, Revision revision, String contentId, String policy) {
  /** Checks the parts. */
  public PlanHeader {
    requireNonNull(target, "target");
    requireNonNull(source, "source");
    requireNonNull(revision, "revision");
    requireNonNull(contentId, "contentId");
    requireNonNull(policy, "policy");
  }
}
