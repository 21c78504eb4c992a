package io.github.gitops4j.source;

import static java.util.Objects.requireNonNull;

/**
 * Immutable id of a desired state, and the name under which it was found.
 *
 * <p>Two revisions with one id are the same content, whatever their refs.
 *
 * <p>Immutable.
 *
 * @param ref the tracked name, for Git a full ref such as {@code refs/heads/main}; empty if the
 *     revision was given by id
 * @param id the id, for Git the commit id
 * @since 0.1.0
 */
public record Revision(String ref, String id) {
  /** Checks the parts. */
  public Revision {
    requireNonNull(ref, "ref");
    if (requireNonNull(id, "id").isEmpty()) {
      throw new IllegalArgumentException("a revision needs an id");
    }
  }

  /** Names a revision by its id alone. */
  public static Revision ofId(String id) {
    return new Revision("", id);
  }

  /** Says whether both name the same content. */
  public boolean sameContentAs(Revision other) {
    return id.equals(other.id);
  }

  /** Returns {@code ref@id}, or the id alone. */
  @Override
  public String toString() {
    return ref.isEmpty() ? id : ref + "@" + id;
  }
}
