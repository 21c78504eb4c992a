package io.github.gitops4j.testkit.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/**
 * One directory of a tree that is being edited. Names are kept with one char per byte, so that any
 * bytes survive. Subdirectories are read when an edit first enters them.
 */
final class TreeNode {
  private static final Comparator<Entry> GIT_ORDER = Comparator.comparing(Entry::sortKey);

  private final ObjectReader reader;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** Entries that stand beside one of the same name; a tree that Git writes has none. */
  private final List<Entry> extras = new ArrayList<>();

  private TreeNode(ObjectReader reader) {
    this.reader = reader;
  }

  static TreeNode empty(ObjectReader reader) {
    return new TreeNode(reader);
  }

  static TreeNode read(ObjectReader reader, ObjectId treeId) throws IOException {
    TreeNode node = new TreeNode(reader);
    byte[] bytes = reader.open(treeId, Constants.OBJ_TREE).getCachedBytes();
    int at = 0;
    while (at < bytes.length) {
      int space = indexOf(bytes, ' ', at);
      int end = indexOf(bytes, '\0', space);
      int mode = Integer.parseInt(new String(bytes, at, space - at, US_ASCII), 8);
      String name = new String(bytes, space + 1, end - space - 1, ISO_8859_1);
      node.append(new Entry(name, mode, ObjectId.fromRaw(bytes, end + 1), null));
      at = end + 1 + Constants.OBJECT_ID_LENGTH;
    }
    return node;
  }

  void put(String name, int mode, ObjectId id) {
    extras.removeIf(extra -> extra.name.equals(name));
    entries.put(name, new Entry(name, mode, id, null));
  }

  void append(String name, int mode, ObjectId id) {
    append(new Entry(name, mode, id, null));
  }

  void remove(String name) {
    entries.remove(name);
    extras.removeIf(extra -> extra.name.equals(name));
  }

  void clear() {
    entries.clear();
    extras.clear();
  }

  /** Give the directory of this name; a file of this name makes way for it. */
  TreeNode directory(String name) throws IOException {
    Entry entry = entries.get(name);
    if (entry == null || !entry.isDirectory()) {
      entry = new Entry(name, EntryMode.DIRECTORY_BITS, null, empty(reader));
      entries.put(name, entry);
    }
    return entry.open(reader);
  }

  /** Give the directory of this name; a file of this name stays beside it. */
  TreeNode directoryBeside(String name) throws IOException {
    Entry entry = entries.get(name);
    if (entry == null || entry.isDirectory()) {
      return directory(name);
    }
    for (Entry extra : extras) {
      if (extra.name.equals(name) && extra.isDirectory()) {
        return extra.open(reader);
      }
    }
    Entry added = new Entry(name, EntryMode.DIRECTORY_BITS, null, empty(reader));
    extras.add(added);
    return added.open(reader);
  }

  ObjectId write(ObjectInserter inserter) throws IOException {
    List<Entry> all = new ArrayList<>(entries.values());
    all.addAll(extras);
    all.removeIf(Entry::isEmptyDirectory);
    all.sort(GIT_ORDER);
    ByteArrayOutputStream out = new ByteArrayOutputStream(40 * all.size());
    byte[] raw = new byte[Constants.OBJECT_ID_LENGTH];
    for (Entry entry : all) {
      out.writeBytes(Integer.toOctalString(entry.mode).getBytes(US_ASCII));
      out.write(' ');
      out.writeBytes(entry.name.getBytes(ISO_8859_1));
      out.write(0);
      entry.write(inserter).copyRawTo(raw, 0);
      out.writeBytes(raw);
    }
    return inserter.insert(Constants.OBJ_TREE, out.toByteArray());
  }

  private void append(Entry entry) {
    if (entries.putIfAbsent(entry.name, entry) != null) {
      extras.add(entry);
    }
  }

  private boolean isEmpty() {
    return extras.stream().allMatch(Entry::isEmptyDirectory)
        && entries.values().stream().allMatch(Entry::isEmptyDirectory);
  }

  private static int indexOf(byte[] bytes, int wanted, int from) {
    int at = from;
    while (bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  private static final class Entry {
    private final String name;
    private final int mode;
    private final @Nullable ObjectId id;
    private @Nullable TreeNode opened;

    Entry(String name, int mode, @Nullable ObjectId id, @Nullable TreeNode opened) {
      this.name = name;
      this.mode = mode;
      this.id = id;
      this.opened = opened;
    }

    boolean isDirectory() {
      return mode == EntryMode.DIRECTORY_BITS;
    }

    boolean isEmptyDirectory() {
      return opened != null && opened.isEmpty();
    }

    String sortKey() {
      return isDirectory() ? name + '/' : name;
    }

    TreeNode open(ObjectReader reader) throws IOException {
      TreeNode node = opened;
      if (node == null) {
        node = id == null ? empty(reader) : read(reader, id);
        opened = node;
      }
      return node;
    }

    ObjectId write(ObjectInserter inserter) throws IOException {
      if (opened != null) {
        return opened.write(inserter);
      }
      if (id == null) {
        throw new AssertionError("tree entry has neither id nor content");
      }
      return id;
    }
  }
}
