package io.github.gitops4j.testkit;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeChange;
import io.github.gitops4j.source.TreeChanges;
import io.github.gitops4j.source.TreeEntry;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A tree held in memory, which knows the other trees of its source. */
final class InMemoryTree implements SourceTree {
  private final SortedMap<String, TreeEntry> entries;
  private final Map<String, byte[]> contents;
  private final Map<String, InMemoryTree> siblings;
  private final String id;

  /** Creates a tree. Contents and siblings are shared by the trees of one source. */
  InMemoryTree(
      SortedMap<String, TreeEntry> entries,
      Map<String, byte[]> contents,
      Map<String, InMemoryTree> siblings) {
    this.entries = new TreeMap<>(entries);
    this.contents = contents;
    this.siblings = siblings;
    StringBuilder all = new StringBuilder();
    entries.values().forEach(entry -> all.append(entry).append('\n'));
    this.id = ContentDigest.of(all.toString()).hex();
  }

  SortedMap<String, TreeEntry> entries() {
    return entries;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public void forEach(Consumer<TreeEntry> visitor, CallContext call) {
    call.checkActive("read tree");
    for (TreeEntry entry : entries.values()) {
      call.checkActive("read tree");
      visitor.accept(entry);
    }
  }

  @Override
  public List<String> names(String directory, CallContext call) {
    call.checkActive("read names");
    String prefix = directory.isEmpty() ? "" : directory + "/";
    List<String> names = new ArrayList<>();
    TreeSet<String> directories = new TreeSet<>();
    for (String path : entries.tailMap(prefix).keySet()) {
      if (!path.startsWith(prefix)) {
        break;
      }
      String rest = path.substring(prefix.length());
      int slash = rest.indexOf('/');
      if (slash < 0) {
        names.add(rest);
      } else {
        directories.add(rest.substring(0, slash));
      }
    }
    // Unlike a real tree this one can have a file and a directory of one name.
    names.addAll(directories);
    return List.copyOf(names);
  }

  @Override
  public Optional<TreeEntry> find(String path, CallContext call) {
    call.checkActive("find file");
    return Optional.ofNullable(entries.get(path));
  }

  @Override
  public InputStream open(TreeEntry entry) throws IOException {
    return new ByteArrayInputStream(bytes(entry));
  }

  @Override
  public long size(TreeEntry entry) throws IOException {
    return bytes(entry).length;
  }

  private byte[] bytes(TreeEntry entry) throws IOException {
    byte[] bytes = contents.get(entry.contentId());
    if (bytes == null) {
      throw new FileNotFoundException(entry.path());
    }
    return bytes;
  }

  @Override
  public TreeChanges changesSince(String treeId, CallContext call) {
    call.checkActive("compare trees");
    InMemoryTree before = siblings.get(treeId);
    if (before == null) {
      return new TreeChanges.Unknown();
    }
    TreeSet<String> paths = new TreeSet<>(entries.keySet());
    paths.addAll(before.entries.keySet());
    List<TreeChange> changes = new ArrayList<>();
    for (String path : paths) {
      TreeEntry old = before.entries.get(path);
      TreeEntry now = entries.get(path);
      if (!Objects.equals(old, now)) {
        changes.add(new TreeChange(path, Optional.ofNullable(old), Optional.ofNullable(now)));
      }
    }
    return new TreeChanges.Known(changes);
  }
}
