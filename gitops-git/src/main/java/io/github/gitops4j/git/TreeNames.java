package io.github.gitops4j.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/**
 * One directory. Names are kept byte for byte, as ISO 8859-1, whatever their encoding is. That of a
 * directory ends in a slash within, which gives Git's order.
 */
final class TreeNames {
  private static final String SLASH = "/";

  private final SortedMap<String, TreeItem> items = new TreeMap<>();

  /** Reads a directory; none is an empty one. */
  static TreeNames read(@Nullable ObjectId tree, ObjectReader reader) throws IOException {
    TreeNames names = new TreeNames();
    if (tree == null) {
      return names;
    }
    CanonicalTreeParser parser = new CanonicalTreeParser();
    parser.reset(reader, tree);
    for (; !parser.eof(); parser.next()) {
      byte[] raw = new byte[parser.getNameLength()];
      parser.getName(raw, 0);
      names.put(
          new String(raw, ISO_8859_1),
          new TreeItem(parser.getEntryRawMode(), parser.getEntryObjectId()));
    }
    return names;
  }

  /** Returns the bytes of a name or path as they are kept here. */
  static String raw(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  /** Returns what a name or path that is kept here says, for globs and people. */
  static String text(String raw) {
    return new String(raw.getBytes(ISO_8859_1), UTF_8);
  }

  private static String key(String name, TreeItem item) {
    return item.isDirectory() ? name + SLASH : name;
  }

  /** Does something with each name. */
  interface Visit {
    void name(String name, TreeItem item) throws IOException;
  }

  void forEach(Visit visit) throws IOException {
    for (var entry : items.entrySet()) {
      String key = entry.getKey();
      boolean directory = entry.getValue().isDirectory();
      visit.name(directory ? key.substring(0, key.length() - 1) : key, entry.getValue());
    }
  }

  Optional<TreeItem> find(String name) {
    TreeItem directory = items.get(name + SLASH);
    return Optional.ofNullable(directory == null ? items.get(name) : directory);
  }

  /** Returns the tree of a directory of this name, or nothing. */
  @Nullable ObjectId directory(String name) {
    TreeItem directory = items.get(name + SLASH);
    return directory == null ? null : directory.id();
  }

  /** Adds a name beside those that are there. */
  void put(String name, TreeItem item) {
    items.put(key(name, item), item);
  }

  /** Lets a name stand for this alone, or for nothing. */
  void set(String name, @Nullable TreeItem item) {
    items.remove(name);
    items.remove(name + SLASH);
    if (item != null) {
      put(name, item);
    }
  }

  /** Writes the directory; Git has no empty ones. */
  @Nullable ObjectId write(MemoryObjects objects) throws IOException {
    if (items.isEmpty()) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    forEach(
        (name, item) -> {
          bytes.write((Integer.toOctalString(item.mode()) + " ").getBytes(ISO_8859_1));
          bytes.write(name.getBytes(ISO_8859_1));
          bytes.write(0);
          item.id().copyRawTo(bytes);
        });
    return objects.insert(Constants.OBJ_TREE, bytes.toByteArray());
  }
}
