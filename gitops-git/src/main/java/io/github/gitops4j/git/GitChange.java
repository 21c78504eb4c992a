package io.github.gitops4j.git;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.TextEdit;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a commit is to do to a branch.
 *
 * <p>Each change names the revision of the branch on which it was decided. The branch may have
 * moved since, but what is to be changed must still be as it was there.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface GitChange
    permits GitChange.Rollback, GitChange.Promotion, GitChange.ImageBump, GitEdit {

  /** Returns the branch that is changed, and its commit when that was decided. */
  Revision base();

  /**
   * A directory becomes what it was at an earlier commit of its branch.
   *
   * @param scope what is rolled back: the directory and the revision that is bad
   * @param good the commit to go back to
   */
  record Rollback(GitScope scope, Revision good) implements GitChange {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the scope is not one of a branch, or there is no commit
     */
    public Rollback {
      Branches.check(scope.revision());
      good = new GitScope(good, "").revision();
    }

    @Override
    public Revision base() {
      return scope.revision();
    }
  }

  /**
   * A directory becomes what another one is, of the same or of another branch: what is gone there
   * goes here too.
   *
   * @param from what is promoted, exactly at its revision
   * @param onto what it replaces
   * @param kept globs, relative to both directories: these files are not taken, and those that the
   *     replaced directory has stay as they are
   */
  record Promotion(GitScope from, GitScope onto, List<String> kept) implements GitChange {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if it is not onto a branch, or a glob is not relative
     */
    public Promotion {
      requireNonNull(from, "from");
      Branches.check(onto.revision());
      kept = List.copyOf(kept);
      PathGlobs.check(kept);
    }

    /** Returns this, with more files that stay as they are. */
    public Promotion keeping(String... globs) {
      return new Promotion(from, onto, Stream.concat(kept.stream(), Stream.of(globs)).toList());
    }

    @Override
    public Revision base() {
      return onto.revision();
    }
  }

  /**
   * An image becomes another version of itself wherever a file of a directory names it: in each
   * field {@code image} of a YAML or JSON file. All else of these files stays byte for byte, see
   * {@link TextEdit}. Others may have changed the files since the base, but not the versions.
   *
   * @param scope the directory, and the revision on which that was decided
   * @param image the name as the files have it, without tag and digest
   * @param version a tag, a digest, or a tag with a digest behind {@code @}
   */
  record ImageBump(GitScope scope, String image, String version) implements GitChange {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the scope is not one of a branch, or the name or version
     *     is none
     */
    public ImageBump {
      Branches.check(scope.revision());
      new ImageName(image).at(version);
    }

    @Override
    public Revision base() {
      return scope.revision();
    }

    /** Returns the image with its new version. */
    String reference() {
      return new ImageName(image).at(version);
    }
  }

  /** Rolls a directory of a branch back to an earlier commit of it. */
  static Rollback rollback(GitScope scope, Revision good) {
    return new Rollback(scope, good);
  }

  /** Promotes one directory onto another. */
  static Promotion promotion(GitScope from, GitScope onto) {
    return new Promotion(from, onto, List.of());
  }

  /** Gives an image another version wherever a directory names it. */
  static ImageBump imageBump(GitScope scope, String image, String version) {
    return new ImageBump(scope, image, version);
  }

  /**
   * Begins a change of single files.
   *
   * @param base the branch, and the commit at which they were looked at
   */
  static GitEdit.Builder edit(Revision base) {
    return new GitEdit.Builder(base);
  }
}
