package io.github.gitops4j.git;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.source.Revision;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A directory at a revision.
 *
 * <p>Immutable.
 *
 * @param revision the commit, as {@link GitSource#latest} gives it
 * @param path a directory in it, {@code /} between parts; empty for all of it
 * @since 0.1.0
 */
public record GitScope(Revision revision, String path) {
  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the revision is no commit, or the path leads out of the
   *     repository or has control characters
   */
  public GitScope {
    if (!ObjectId.isId(requireNonNull(revision, "revision").id())) {
      throw new IllegalArgumentException("not the 40 hexadecimal digits of a commit: " + revision);
    }
    path = GitSource.Builder.plain(requireNonNull(path, "path"));
    if (path.chars().anyMatch(Character::isISOControl) || path.contains("//")) {
      throw new IllegalArgumentException("not a plain path: " + path.replaceAll("\\p{Cntrl}", "?"));
    }
  }

  /** Returns a directory at a revision. */
  public static GitScope of(Revision revision, String path) {
    return new GitScope(revision, path);
  }

  /** Returns the path for a person to read. */
  String shown() {
    return path.isEmpty() ? "the repository" : path;
  }

  /** Returns {@code ref@id path}; the path of all is a dot. */
  @Override
  public String toString() {
    return revision + " " + (path.isEmpty() ? "." : path);
  }
}
