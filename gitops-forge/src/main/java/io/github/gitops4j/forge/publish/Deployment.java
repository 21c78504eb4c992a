package io.github.gitops4j.forge.publish;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.source.Revision;
import java.net.URI;
import java.util.Optional;

/**
 * What is shown as the deployment of a commit to an environment. One is made each time that a
 * commit comes to an environment, and its state is set from then on.
 *
 * <p>Immutable.
 *
 * @param revision the commit, and the branch or tag that it was found at
 * @param environment where it is deployed to, such as {@code production}
 * @param state how it stands; {@link PublishState#CHANGES} is none of a deployment
 * @param description in words; cut to what the host takes
 * @param log where to read more
 * @since 0.1.0
 */
public record Deployment(
    Revision revision,
    String environment,
    PublishState state,
    String description,
    Optional<URI> log) {
  /** Checks the parts. */
  public Deployment {
    CommitId.check(revision);
    if (requireNonNull(environment, "environment").isBlank()) {
      throw new IllegalArgumentException("a deployment needs an environment");
    }
    if (requireNonNull(state, "state") == PublishState.CHANGES) {
      throw new IllegalArgumentException("changes that are not made are no state of a deployment");
    }
    requireNonNull(description, "description");
    requireNonNull(log, "log");
  }
}
