package io.github.gitops4j.report;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.ResourceKey;
import java.util.Optional;

/**
 * Live content that had to give way and was kept.
 *
 * <p>Immutable.
 *
 * @param id what it is called when somebody wants it back
 * @param key the resource that it was
 * @param restored the resource that it is again, if it was put back
 * @since 0.1.0
 */
public record KeptAside(String id, ResourceKey key, Optional<ResourceKey> restored) {
  /** Checks the parts. */
  public KeptAside {
    requireNonNull(id, "id");
    requireNonNull(key, "key");
    requireNonNull(restored, "restored");
  }
}
