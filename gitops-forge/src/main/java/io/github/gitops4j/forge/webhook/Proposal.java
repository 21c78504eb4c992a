package io.github.gitops4j.forge.webhook;

import static java.util.Objects.requireNonNull;

/**
 * What a pull request would merge; each part is empty if the delivery does not say it.
 *
 * <p>Immutable.
 *
 * @param number by which the host knows it
 * @param action what happened to it, in the words of the host
 * @param headRef the branch that would be merged
 * @param headRevision its commit
 * @param baseRef the branch that it would be merged into
 * @since 0.1.0
 */
public record Proposal(
    String number, String action, String headRef, String headRevision, String baseRef) {
  /** Checks the parts. */
  public Proposal {
    requireNonNull(number, "number");
    requireNonNull(action, "action");
    requireNonNull(headRef, "headRef");
    requireNonNull(headRevision, "headRevision");
    requireNonNull(baseRef, "baseRef");
  }
}
