package io.github.gitops4j.source;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.Origin;

/**
 * Something in a file that is understood here, and otherwise by another tool that may read the same
 * file.
 *
 * <p>Immutable.
 *
 * @param origin file and line
 * @param message what is read how, and what to write instead
 * @since 0.1.0
 */
public record InputWarning(Origin origin, String message) {
  /** Checks the parts. */
  public InputWarning {
    requireNonNull(origin, "origin");
    requireNonNull(message, "message");
  }
}
