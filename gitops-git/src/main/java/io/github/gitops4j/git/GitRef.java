package io.github.gitops4j.git;

import static java.util.Objects.requireNonNull;

import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * What of a repository is followed.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface GitRef
    permits GitRef.Named, GitRef.ShortName, GitRef.Commit, GitRef.Semver {

  /**
   * A ref by its full name.
   *
   * @param name such as {@code refs/heads/main}
   */
  record Named(String name) implements GitRef {
    /** Checks the name. */
    public Named {
      if (!requireNonNull(name, "name").startsWith("refs/") || !Repository.isValidRefName(name)) {
        throw new IllegalArgumentException("not the full name of a ref: " + name);
      }
    }
  }

  /**
   * A branch or a tag; it is an error if there are both.
   *
   * @param name such as {@code main} or {@code v1.2.0}
   */
  record ShortName(String name) implements GitRef {
    /** Checks the name. */
    public ShortName {
      if (!Repository.isValidRefName("refs/heads/" + requireNonNull(name, "name"))) {
        throw new IllegalArgumentException("not the name of a branch or tag: " + name);
      }
    }
  }

  /**
   * One commit, for ever.
   *
   * @param id all 40 hexadecimal digits
   */
  record Commit(String id) implements GitRef {
    /** Checks the id. */
    public Commit {
      if (!ObjectId.isId(requireNonNull(id, "id"))) {
        throw new IllegalArgumentException("not the 40 hexadecimal digits of a commit: " + id);
      }
    }
  }

  /**
   * The tag with the highest version of a range, as Flux's {@code GitRepository} takes {@code
   * ref.semver}. A tag is a version with or without {@code v} in front; missing numbers are zeros,
   * and tags that are no version are passed over. Pre-releases count only where the range names
   * one, such as {@code >=1.0.0-0}.
   *
   * @param range such as {@code >=1.2 <2}, {@code ~1.2}, {@code ^1.2.3} or {@code 1.x}; {@code ||}
   *     between alternatives
   */
  record Semver(String range) implements GitRef {
    /** Checks the range. */
    public Semver {
      VersionRange.parse(requireNonNull(range, "range"));
    }
  }

  /** Follows a branch. */
  static GitRef branch(String name) {
    return new Named("refs/heads/" + requireNonNull(name, "name"));
  }

  /** Follows a tag. */
  static GitRef tag(String name) {
    return new Named("refs/tags/" + requireNonNull(name, "name"));
  }

  /** Stays at a commit. */
  static GitRef commit(String id) {
    return new Commit(id);
  }

  /**
   * Follows the highest version in a range.
   *
   * @throws IllegalArgumentException if the range is none
   */
  static GitRef semver(String range) {
    return new Semver(range);
  }

  /** Reads what a person writes: a full name, 40 hexadecimal digits, or a short name. */
  static GitRef parse(String text) {
    if (text.startsWith("refs/")) {
      return new Named(text);
    }
    return ObjectId.isId(text) ? new Commit(text) : new ShortName(text);
  }
}
