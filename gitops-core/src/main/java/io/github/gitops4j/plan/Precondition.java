package io.github.gitops4j.plan;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.resource.ContentDigest;

/**
 * What the live resource has to look like for an action to still be right.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface Precondition permits Precondition.MustBeAbsent, Precondition.MustEqual {

  /** Nothing may be there. */
  record MustBeAbsent() implements Precondition {
    /** The only value needed. */
    public static final MustBeAbsent INSTANCE = new MustBeAbsent();
  }

  /**
   * The same incarnation with the same content must be there.
   *
   * @param uid the incarnation; empty text if the backend has none
   * @param digest digest of the live content when it was planned
   */
  record MustEqual(String uid, ContentDigest digest) implements Precondition {
    /** Checks the parts. */
    public MustEqual {
      requireNonNull(uid, "uid");
      requireNonNull(digest, "digest");
    }

    /** Returns the precondition that a resource is as it was seen. */
    public static MustEqual of(LiveResource seen) {
      return new MustEqual(seen.uid(), seen.digest());
    }
  }
}
