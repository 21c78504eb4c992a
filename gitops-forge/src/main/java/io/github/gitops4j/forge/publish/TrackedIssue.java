package io.github.gitops4j.forge.publish;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The one open issue of a name: opened, kept up to date, and closed when there is nothing to say.
 * Its text begins with a hidden mark, by which it is found again.
 *
 * <p>Immutable.
 *
 * @param name what it is about, such as {@code drift}: letters, digits and {@code . _ / -}
 * @param title its title
 * @param body Markdown; empty if there is to be no open issue
 * @param label given to the issue, and only issues with it are looked through; not at Gitea and
 *     Forgejo
 * @since 0.1.0
 */
public record TrackedIssue(String name, String title, String body, Optional<String> label) {
  /** Checks the parts. */
  public TrackedIssue {
    Marker.check(name);
    if (requireNonNull(title, "title").isBlank()) {
      throw new IllegalArgumentException("an issue needs a title");
    }
    requireNonNull(body, "body");
    requireNonNull(label, "label");
  }
}
