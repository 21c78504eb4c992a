package io.github.gitops4j.filesystem;

import io.github.gitops4j.inventory.Applied;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.DesiredEntry;
import java.util.Optional;

/**
 * The keys and digests of one target's files, each once for all that is remembered of a file.
 *
 * <p>Thread-safe.
 */
final class Sharing {
  private final SharedValues<ResourceKey> keys = new SharedValues<>();
  private final SharedValues<ContentDigest> digests = new SharedValues<>();

  DesiredEntry entry(String path, ContentDigest digest) {
    return DesiredEntry.file(keys.share(ResourceKey.file(path)), digests.share(digest));
  }

  LiveFile file(LiveFile file) {
    return new LiveFile(
        keys.share(file.key()), file.stat(), digests.share(file.digest()), file.trusted());
  }

  InventoryRecord record(InventoryRecord record) {
    ResourceKey key = keys.share(record.key());
    Optional<ContentDigest> intended = record.intended().map(digests::share);
    if (record.applied().isEmpty()) {
      return InventoryRecord.pending(key, intended.orElseThrow(), record.traits());
    }
    Applied applied = record.applied().get();
    InventoryRecord shared =
        InventoryRecord.applied(
            key,
            new Applied(
                digests.share(applied.desired()),
                digests.share(applied.live()),
                applied.uid(),
                applied.ignored()),
            record.traits());
    return intended.map(content -> shared.intending(content, record.traits())).orElse(shared);
  }

  /** Forgets what is shared if that is far more than so many files need. */
  void bound(int files) {
    keys.bound(files);
    digests.bound(files);
  }
}
