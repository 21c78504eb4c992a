package io.github.gitops4j.forge.webhook;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * How a push moved one ref.
 *
 * <p>Immutable.
 *
 * @param ref the full name, such as {@code refs/heads/main}
 * @param before the commit before; zeros if there was none, empty if it is not said
 * @param after the commit after, or the tag object; zeros if there is none any more, empty if it is
 *     not said
 * @param change what happened to it
 * @param files what changed
 * @since 0.1.0
 */
public record RefUpdate(
    String ref, String before, String after, Change change, ChangedFiles files) {
  static final String HEADS = "refs/heads/";
  static final String TAGS = "refs/tags/";

  /** The id of nothing, where a host says only that there is nothing. */
  static final String ZEROS = "0".repeat(40);

  /** Checks the parts. */
  public RefUpdate {
    requireNonNull(ref, "ref");
    requireNonNull(before, "before");
    requireNonNull(after, "after");
    requireNonNull(change, "change");
    requireNonNull(files, "files");
  }

  /** What happens to a ref. */
  public enum Change {
    /** It moved, forwards as far as is said. */
    MOVED,
    /** It is new. */
    CREATED,
    /** It is gone. */
    DELETED,
    /** It moved to where it did not come from; not every host says so. */
    FORCED
  }

  /** What a ref is. */
  public enum Type {
    /** A branch. */
    BRANCH,
    /** A tag. */
    TAG,
    /** Something else, such as a note. */
    OTHER;

    /** Returns the name in lower case. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns what the ref is, by its name. */
  public Type type() {
    if (ref.startsWith(HEADS)) {
      return Type.BRANCH;
    }
    return ref.startsWith(TAGS) ? Type.TAG : Type.OTHER;
  }

  /** Returns the name of the branch or tag; the full name of anything else. */
  public String shortRef() {
    return shortName(ref);
  }

  static String shortName(String ref) {
    if (ref.startsWith(HEADS)) {
      return ref.substring(HEADS.length());
    }
    return ref.startsWith(TAGS) ? ref.substring(TAGS.length()) : ref;
  }

  /** Says whether an id is the one that stands for nothing, in SHA-1 or SHA-256. */
  static boolean isZeros(String id) {
    return (id.length() == 40 || id.length() == 64) && id.chars().allMatch(c -> c == '0');
  }

  /** Tells what happened from the ids and from what else is said. */
  static Change change(String before, String after, Said said) {
    if (said.deleted || isZeros(after)) {
      return Change.DELETED;
    } else if (said.created || isZeros(before)) {
      return Change.CREATED;
    }
    return said.forced ? Change.FORCED : Change.MOVED;
  }

  /**
   * What a payload says of a ref beside its ids.
   *
   * @param created that it is new
   * @param deleted that it is gone
   * @param forced that it was moved by force
   */
  record Said(boolean created, boolean deleted, boolean forced) {
    static final Said NOTHING = new Said(false, false, false);
  }
}
