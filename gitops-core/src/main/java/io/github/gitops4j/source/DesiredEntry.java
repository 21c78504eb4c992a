package io.github.gitops4j.source;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.Keyed;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.ResourceTraits;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a declared resource at rest: everything but its content.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class DesiredEntry implements Keyed {
  private final ResourceKey key;
  private final ContentDigest digest;
  private final ResourceTraits traits;
  // Null if it is the file that the key names: one object less for each file at rest.
  private final @Nullable Origin origin;

  private DesiredEntry(
      ResourceKey key, ContentDigest digest, ResourceTraits traits, @Nullable Origin origin) {
    this.key = key;
    this.digest = digest;
    this.traits = traits;
    this.origin = origin;
  }

  /** Creates an entry. */
  public static DesiredEntry of(
      ResourceKey key, ContentDigest digest, ResourceTraits traits, Origin origin) {
    requireNonNull(digest, "digest");
    requireNonNull(traits, "traits");
    boolean implied = key.isFile() && origin.equals(Origin.file(key.name()));
    return new DesiredEntry(key, digest, traits, implied ? null : origin);
  }

  /** Creates the entry of a file that is a resource itself. */
  public static DesiredEntry file(String path, ContentDigest digest) {
    return file(ResourceKey.file(path), digest);
  }

  /**
   * Creates the entry of a file that is a resource itself.
   *
   * @throws IllegalArgumentException if it is not the key of a file
   */
  public static DesiredEntry file(ResourceKey key, ContentDigest digest) {
    if (!key.isFile()) {
      throw new IllegalArgumentException(key + " is not the key of a file");
    }
    return new DesiredEntry(key, requireNonNull(digest, "digest"), ResourceTraits.DEFAULT, null);
  }

  @Override
  public ResourceKey key() {
    return key;
  }

  /** Returns the digest of the content in the target's view. */
  public ContentDigest digest() {
    return digest;
  }

  /** Returns how it wants to be handled. */
  public ResourceTraits traits() {
    return traits;
  }

  /** Returns where it was declared. */
  public Origin origin() {
    return origin == null ? Origin.file(key.name()) : origin;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DesiredEntry that
        && key.equals(that.key)
        && digest.equals(that.digest)
        && traits.equals(that.traits)
        && origin().equals(that.origin());
  }

  @Override
  public int hashCode() {
    return key.hashCode() * 31 + digest.hashCode();
  }

  @Override
  public String toString() {
    return key + "@" + digest.abbreviated();
  }
}
