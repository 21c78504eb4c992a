package io.github.gitops4j.resource;

import static java.util.Objects.requireNonNull;

/**
 * One declared thing with its content.
 *
 * <p>Immutable.
 *
 * @param key identity
 * @param content what is declared
 * @param digest digest of the content in the target's view; equal digests mean equal content
 * @param origin where it was declared
 * @param traits how it wants to be handled
 * @since 0.1.0
 */
public record Resource(
    ResourceKey key, Content content, ContentDigest digest, Origin origin, ResourceTraits traits) {
  /** Checks the parts. */
  public Resource {
    requireNonNull(key, "key");
    requireNonNull(content, "content");
    requireNonNull(digest, "digest");
    requireNonNull(origin, "origin");
    requireNonNull(traits, "traits");
  }

  /** Never shows content: it may be secret. */
  @Override
  public String toString() {
    return "Resource[" + key + " from " + origin + "]";
  }
}
