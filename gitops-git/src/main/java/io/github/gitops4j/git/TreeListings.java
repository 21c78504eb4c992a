package io.github.gitops4j.git;

import io.github.gitops4j.resource.FileMode;
import io.github.gitops4j.source.TreeEntry;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * The directories of one tree in which something was looked up last: who looks for a file looks for
 * its neighbours next, and to walk to each from the root reads all trees on the way again.
 *
 * <p>Thread-safe.
 */
final class TreeListings {
  private static final int MOST_DIRECTORIES = 8;
  private static final int MOST_ENTRIES = 1 << 13;
  private static final int TYPE = 0170000;
  private static final int DIRECTORY = 0040000;

  private final ObjectId tree;
  private final Object lock = new Object();
  private final Map<String, Map<String, Item>> recent = new LinkedHashMap<>(16, 0.75f, true);
  private int entries;

  /** A name in a directory. */
  private record Item(int rawMode, ObjectId id) {}

  TreeListings(ObjectId tree) {
    this.tree = tree;
  }

  /** Returns the file, link or submodule of a path. */
  Optional<TreeEntry> find(String path, ObjectReader reader) throws IOException {
    int slash = path.lastIndexOf('/');
    String directory = path.substring(0, Math.max(0, slash));
    if (slash == 0 || directory.startsWith("/") || directory.endsWith("/")) {
      return Optional.empty();
    }
    Item item = listing(directory, reader).get(path.substring(slash + 1));
    if (item == null) {
      return Optional.empty();
    }
    FileMode mode = mode(item.rawMode);
    return mode == null ? Optional.empty() : Optional.of(new TreeEntry(path, mode, item.id.name()));
  }

  /** Returns the mode of what declares something, or nothing for a directory. */
  static @Nullable FileMode mode(int raw) {
    return switch (raw & TYPE) {
      case 0100000 -> (raw & 0111) == 0 ? FileMode.REGULAR : FileMode.EXECUTABLE;
      case 0120000 -> FileMode.SYMLINK;
      case 0160000 -> FileMode.SUBMODULE;
      default -> null;
    };
  }

  private Map<String, Item> listing(String directory, ObjectReader reader) throws IOException {
    synchronized (lock) {
      Map<String, Item> known = recent.get(directory);
      if (known != null) {
        return known;
      }
    }
    Map<String, Item> read = read(directory, reader);
    if (read.size() <= MOST_ENTRIES) {
      keep(directory, read);
    }
    return read;
  }

  private void keep(String directory, Map<String, Item> listing) {
    synchronized (lock) {
      if (recent.put(directory, listing) == null) {
        entries += listing.size();
      }
      while (recent.size() > MOST_DIRECTORIES || entries > MOST_ENTRIES) {
        String eldest = recent.keySet().iterator().next();
        Map<String, Item> removed = recent.remove(eldest);
        entries -= removed == null ? 0 : removed.size();
      }
    }
  }

  private Map<String, Item> read(String directory, ObjectReader reader) throws IOException {
    ObjectId at = subtree(directory, reader);
    return at == null ? Map.of() : items(at, reader);
  }

  private static Map<String, Item> items(ObjectId at, ObjectReader reader) throws IOException {
    Map<String, Item> found = new HashMap<>();
    CanonicalTreeParser parser = new CanonicalTreeParser();
    parser.reset(reader, at);
    for (; !parser.eof(); parser.next()) {
      found.put(
          EntryNames.name(parser), new Item(parser.getEntryRawMode(), parser.getEntryObjectId()));
    }
    return found;
  }

  /** Returns the tree of a directory, or nothing if there is no such directory. */
  @Nullable ObjectId subtree(String directory, ObjectReader reader) throws IOException {
    return subtree(tree, directory, reader);
  }

  /** Returns the tree of a directory below another tree, or nothing if there is none. */
  static @Nullable ObjectId subtree(ObjectId tree, String directory, ObjectReader reader)
      throws IOException {
    if (directory.isEmpty()) {
      return tree;
    }
    if (directory.indexOf(TreeEntry.UNDECODABLE) >= 0) {
      return spelledSubtree(tree, directory, reader);
    }
    try (TreeWalk walk = TreeWalk.forPath(reader, directory, tree)) {
      return walk != null && walk.isSubtree() ? walk.getObjectId(0) : null;
    }
  }

  /** A name that is not UTF-8 is not found by its bytes, as the spelling has others. */
  private static @Nullable ObjectId spelledSubtree(
      ObjectId tree, String directory, ObjectReader reader) throws IOException {
    ObjectId at = tree;
    for (String name : directory.split("/", -1)) {
      Item item = at == null ? null : items(at, reader).get(name);
      at = item != null && (item.rawMode & TYPE) == DIRECTORY ? item.id : null;
    }
    return at;
  }
}
