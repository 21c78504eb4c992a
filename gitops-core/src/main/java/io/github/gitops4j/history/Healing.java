package io.github.gitops4j.history;

import io.github.gitops4j.source.Revision;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which contents became healthy last, and which one has failed.
 *
 * <p>Immutable.
 *
 * @param healthy the last with which everything became healthy
 * @param before the one before, with another content
 * @param failed the content that has failed
 * @param reason why
 */
record Healing(
    @Nullable Healthy healthy, @Nullable Healthy before, @Nullable String failed, String reason) {
  static final Healing NOTHING = new Healing(null, null, null, "");

  /**
   * What became healthy.
   *
   * @param revision a revision
   * @param contentId the content id of what it declares
   */
  record Healthy(Revision revision, String contentId) {}

  Healing succeeded(Revision revision, String contentId) {
    Healthy now = new Healthy(revision, contentId);
    Healthy other = healthy != null && !healthy.contentId().equals(contentId) ? healthy : before;
    return contentId.equals(failed)
        ? new Healing(now, other, null, "")
        : new Healing(now, other, failed, reason);
  }

  Healing failed(String contentId, String why) {
    return new Healing(healthy, before, contentId, why);
  }

  /** What has failed may be tried once more. */
  Healing forgiven() {
    return new Healing(healthy, before, null, "");
  }

  /** Returns where to go back to from a content, if it is the one that has failed. */
  Optional<Revision> back(String contentId) {
    if (!contentId.equals(failed)) {
      return Optional.empty();
    }
    Healthy last = healthy != null && healthy.contentId().equals(contentId) ? before : healthy;
    return Optional.ofNullable(last).map(Healthy::revision);
  }
}
