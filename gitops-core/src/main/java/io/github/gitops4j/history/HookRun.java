package io.github.gitops4j.history;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;

/**
 * One run of a hook: once for each revision, and once for each desired state.
 *
 * <p>Immutable.
 *
 * @param key the hook
 * @param revision id of the revision that it was run for
 * @param contentId content id of the desired state that it was run for
 * @param content digest of what was run
 * @param replaced uid of what was there before it; empty text if nothing was
 * @since 0.1.0
 */
public record HookRun(
    ResourceKey key, String revision, String contentId, ContentDigest content, String replaced) {
  /** Returns this run as one for no revision, so that the hook may be run again for any. */
  HookRun forNone() {
    return new HookRun(key, "", "", content, replaced);
  }

  /** Checks the parts. */
  public HookRun {
    requireNonNull(key, "key");
    requireNonNull(revision, "revision");
    requireNonNull(contentId, "contentId");
    requireNonNull(content, "content");
    requireNonNull(replaced, "replaced");
  }
}
