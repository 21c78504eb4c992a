package io.github.gitops4j.forge.publish;

import static java.util.Objects.requireNonNull;

/**
 * The one comment of a name on a pull request or merge request. It begins with a hidden mark, by
 * which it is found again.
 *
 * <p>Immutable.
 *
 * @param name what it is about, such as {@code plan}: letters, digits and {@code . _ / -}
 * @param body Markdown; empty if there is to be no comment
 * @since 0.1.0
 */
public record Comment(String name, String body) {
  /** Checks the parts. */
  public Comment {
    Marker.check(name);
    requireNonNull(body, "body");
  }
}
