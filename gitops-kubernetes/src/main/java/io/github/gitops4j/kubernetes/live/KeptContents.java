package io.github.gitops4j.kubernetes.live;

import io.github.gitops4j.kubernetes.internal.fields.ServerObject;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.ResourceKey;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The content of objects that were seen last, as far as there is room, so that one that is to be
 * changed need not be read again. Each is of one version, and serves for that version alone. Those
 * of Secrets are not kept.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class KeptContents {
  /** What an entry takes besides its bytes. */
  private static final int ENTRY_BYTES = 250;

  private final Map<ResourceKey, Kept> contents = new LinkedHashMap<>(16, 0.75f, true);
  private final long room;
  private long used;

  private KeptContents(long room) {
    this.room = room;
  }

  /**
   * Returns a place for contents.
   *
   * @param bytes how much may be kept
   */
  public static KeptContents ofBytes(long bytes) {
    return new KeptContents(bytes);
  }

  /** What is kept of an object, as bytes: a tree would be several times as large. */
  private static final class Kept {
    private final String version;
    private final byte[] json;

    Kept(String version, byte[] json) {
      this.version = version;
      this.json = json;
    }

    int bytes() {
      return ENTRY_BYTES + json.length;
    }
  }

  /** Keeps an object that was seen; what was not asked for longest gives way. */
  void keep(ResourceKey key, ServerObject seen) {
    if (seen.resourceVersion().isEmpty() || isSecret(key)) {
      return;
    }
    Kept kept = new Kept(seen.resourceVersion(), seen.slimJson());
    synchronized (contents) {
      Kept before = contents.put(key, kept);
      used += kept.bytes() - (before == null ? 0 : before.bytes());
      Iterator<Kept> oldest = contents.values().iterator();
      while (used > room && oldest.hasNext()) {
        used -= oldest.next().bytes();
        oldest.remove();
      }
    }
  }

  /** Forgets an object that is gone. */
  void drop(ResourceKey key) {
    synchronized (contents) {
      Kept before = contents.remove(key);
      used -= before == null ? 0 : before.bytes();
    }
  }

  /** Returns the content of an object at a version, if it is kept. */
  Optional<Document> find(ResourceKey key, String version) {
    synchronized (contents) {
      return Optional.ofNullable(contents.get(key))
          .filter(kept -> kept.version.equals(version))
          .map(kept -> ServerObject.contentOf(kept.json));
    }
  }

  private static boolean isSecret(ResourceKey key) {
    return key.group().isEmpty() && key.kind().equals("Secret");
  }
}
