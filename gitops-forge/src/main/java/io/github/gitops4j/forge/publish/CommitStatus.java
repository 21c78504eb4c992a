package io.github.gitops4j.forge.publish;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.source.Revision;
import java.net.URI;
import java.util.Optional;

/**
 * What is shown beside a commit. The last one of a commit and context is what counts.
 *
 * <p>Immutable.
 *
 * @param revision the commit; its ref is sent where the host takes one
 * @param context who says it, such as {@code gitops/shop}; hosts ignore its case
 * @param state how it stands
 * @param description in words; cut to what the host takes
 * @param target where to read more; Bitbucket demands one
 * @since 0.1.0
 */
public record CommitStatus(
    Revision revision,
    String context,
    PublishState state,
    String description,
    Optional<URI> target) {
  /** Checks the parts. */
  public CommitStatus {
    CommitId.check(revision);
    if (requireNonNull(context, "context").isBlank()) {
      throw new IllegalArgumentException("a status needs a context");
    }
    requireNonNull(state, "state");
    requireNonNull(description, "description");
    requireNonNull(target, "target");
  }
}
