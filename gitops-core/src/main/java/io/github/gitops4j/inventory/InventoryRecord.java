package io.github.gitops4j.inventory;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.Keyed;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.ResourceTraits;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the inventory holds of one key: what was applied, and what was about to be.
 *
 * <p>A record with an intent and nothing applied is pending: the create may or may not have
 * happened. It may be pruned only if the live resource bears our owner mark or the intended
 * content.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class InventoryRecord implements Keyed {
  private final ResourceKey key;
  private final @Nullable Applied applied;
  private final @Nullable ContentDigest intended;
  private final ResourceTraits traits;

  private InventoryRecord(
      ResourceKey key,
      @Nullable Applied applied,
      @Nullable ContentDigest intended,
      ResourceTraits traits) {
    this.key = requireNonNull(key, "key");
    this.applied = applied;
    this.intended = intended;
    this.traits = requireNonNull(traits, "traits");
  }

  /** Creates the record of a resource that was applied. */
  public static InventoryRecord applied(ResourceKey key, Applied applied, ResourceTraits traits) {
    return new InventoryRecord(key, requireNonNull(applied, "applied"), null, traits);
  }

  /** Creates the record of a resource that is about to be created. */
  public static InventoryRecord pending(
      ResourceKey key, ContentDigest intended, ResourceTraits traits) {
    return new InventoryRecord(key, null, requireNonNull(intended, "intended"), traits);
  }

  /** Returns this record with an intent to write that content. */
  public InventoryRecord intending(ContentDigest content, ResourceTraits newTraits) {
    return new InventoryRecord(key, applied, requireNonNull(content, "content"), newTraits);
  }

  /** Returns this record without its intent. */
  public InventoryRecord settled() {
    return new InventoryRecord(key, applied, null, traits);
  }

  @Override
  public ResourceKey key() {
    return key;
  }

  /** Returns what was applied last; empty if nothing is known to have been. */
  public Optional<Applied> applied() {
    return Optional.ofNullable(applied);
  }

  /** Returns the digest of the content that was about to be written when the record was made. */
  public Optional<ContentDigest> intended() {
    return Optional.ofNullable(intended);
  }

  /** Returns the traits under which it was applied; they order its pruning. */
  public ResourceTraits traits() {
    return traits;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InventoryRecord that
        && key.equals(that.key)
        && Objects.equals(applied, that.applied)
        && Objects.equals(intended, that.intended)
        && traits.equals(that.traits);
  }

  @Override
  public int hashCode() {
    return Objects.hash(key, applied, intended, traits);
  }

  @Override
  public String toString() {
    return "InventoryRecord[" + key + (applied == null ? " pending]" : "]");
  }
}
