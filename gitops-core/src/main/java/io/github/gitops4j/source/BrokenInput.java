package io.github.gitops4j.source;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.resource.Origin;

/**
 * A file that cannot be understood.
 *
 * <p>Immutable.
 *
 * @param origin file and line
 * @param failure what is wrong and what was expected
 * @since 0.1.0
 */
public record BrokenInput(Origin origin, Failure failure) {
  /** Checks the parts. */
  public BrokenInput {
    requireNonNull(origin, "origin");
    requireNonNull(failure, "failure");
  }
}
