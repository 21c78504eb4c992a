package io.github.gitops4j.inventory;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.ContentDigest;

/**
 * What was applied last, and what the live resource looked like right after.
 *
 * <p>Immutable.
 *
 * @param desired digest of the declared content
 * @param live digest of the live resource after the write; for backends that see both alike, the
 *     same
 * @param uid incarnation that was written; empty text if the backend has none
 * @param ignored the paths that did not count, in one line; empty text if there were none. Other
 *     rules are a reason to look again, as live may hold at these paths what others wrote
 * @since 0.1.0
 */
public record Applied(ContentDigest desired, ContentDigest live, String uid, String ignored) {
  /** Checks the parts and keeps one digest object if both are equal. */
  public Applied {
    requireNonNull(desired, "desired");
    live = desired.equals(requireNonNull(live, "live")) ? desired : live;
    requireNonNull(uid, "uid");
    requireNonNull(ignored, "ignored");
  }

  /** Creates what was applied while every path counted. */
  public Applied(ContentDigest desired, ContentDigest live, String uid) {
    this(desired, live, uid, "");
  }

  /** Returns the same as it was compared while these paths did not count. */
  public Applied ignoring(String paths) {
    return paths.equals(ignored) ? this : new Applied(desired, live, uid, paths);
  }
}
