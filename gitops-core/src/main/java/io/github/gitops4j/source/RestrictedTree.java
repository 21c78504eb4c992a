package io.github.gitops4j.source;

import io.github.gitops4j.call.CallContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Some of the files of a tree. It has the id and the names of the whole tree, so that what is said
 * about a file is what is said about it there.
 */
final class RestrictedTree implements SourceTree {
  private final SourceTree whole;
  private final Map<String, TreeEntry> files = new TreeMap<>();

  RestrictedTree(SourceTree whole, Collection<TreeEntry> files) {
    this.whole = whole;
    files.forEach(file -> this.files.put(file.path(), file));
  }

  @Override
  public String id() {
    return whole.id();
  }

  @Override
  public void forEach(Consumer<TreeEntry> visitor, CallContext call) {
    call.checkActive("read tree");
    files.values().forEach(visitor);
  }

  @Override
  public List<String> names(String directory, CallContext call) {
    return whole.names(directory, call);
  }

  @Override
  public Optional<TreeEntry> find(String path, CallContext call) {
    call.checkActive("find file");
    return Optional.ofNullable(files.get(path));
  }

  @Override
  public InputStream open(TreeEntry entry) throws IOException {
    return whole.open(entry);
  }

  @Override
  public long size(TreeEntry entry) throws IOException {
    return whole.size(entry);
  }

  @Override
  public TreeChanges changesSince(String treeId, CallContext call) {
    return new TreeChanges.Unknown();
  }
}
