package io.github.gitops4j.kubernetes.manifest;

import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.TreeEntry;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The objects of files that were read during a pass, so that a file with many of them is not read
 * for each of them, nor one that was just declared for its content. What was not asked for longest
 * gives way; the newest file stays however large it is.
 *
 * <p>Thread-safe.
 */
final class ReadFiles {
  /** Of text; the objects take about six times as much. */
  private static final long MOST_BYTES = 8 << 20;

  private final Map<TreeEntry, Read> files = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  private record Read(Map<ResourceKey, Document> objects, int bytes) {}

  /** Returns the objects of a file, if they are still here. */
  synchronized Optional<Map<ResourceKey, Document>> find(TreeEntry file) {
    return Optional.ofNullable(files.get(file)).map(Read::objects);
  }

  /** Keeps the objects of a file, in the place of what was known of it. */
  synchronized void keep(TreeEntry file, Map<ResourceKey, Document> objects, int size) {
    Read before = files.put(file, new Read(objects, size));
    bytes += size - (before == null ? 0 : before.bytes());
    Iterator<Read> oldest = files.values().iterator();
    while (bytes > MOST_BYTES && files.size() > 1) {
      bytes -= oldest.next().bytes();
      oldest.remove();
    }
  }

  synchronized void clear() {
    files.clear();
    bytes = 0;
  }
}
