package io.github.gitops4j.live;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Keyed;
import io.github.gitops4j.resource.ResourceKey;
import java.util.Optional;

/**
 * A live resource as last observed.
 *
 * <p>Immutable.
 *
 * @param key identity
 * @param token version token: it changes when anything about the resource changes (a
 *     resourceVersion, a stat key); opaque
 * @param digest digest of what we could own of it, in the backend's view; comes back to the old
 *     value when the old content comes back
 * @param uid identity of this incarnation, if the backend has one; empty text otherwise
 * @param owner owner mark found on the resource; empty text if there is none
 * @param document the content, if the backend keeps it and it is structured
 * @since 0.1.0
 */
public record LiveResource(
    ResourceKey key,
    String token,
    ContentDigest digest,
    String uid,
    String owner,
    Optional<Document> document)
    implements Keyed {

  /** Checks the parts. */
  public LiveResource {
    requireNonNull(key, "key");
    requireNonNull(token, "token");
    requireNonNull(digest, "digest");
    requireNonNull(uid, "uid");
    requireNonNull(owner, "owner");
    requireNonNull(document, "document");
  }

  /** Creates a live resource without uid, owner mark and document. */
  public static LiveResource of(ResourceKey key, String token, ContentDigest digest) {
    return new LiveResource(key, token, digest, "", "", Optional.empty());
  }

  /** Never shows content: it may be secret. */
  @Override
  public String toString() {
    return "LiveResource[" + key + " at " + token + "]";
  }
}
