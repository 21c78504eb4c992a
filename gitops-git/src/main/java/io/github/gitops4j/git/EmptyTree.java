package io.github.gitops4j.git;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeChanges;
import io.github.gitops4j.source.TreeEntry;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.Constants;

/** The tree of a directory that is not there. */
enum EmptyTree implements SourceTree {
  /** The only one. */
  INSTANCE;

  @Override
  public String id() {
    return Constants.EMPTY_TREE_ID.name();
  }

  @Override
  public void forEach(Consumer<TreeEntry> visitor, CallContext call) {
    call.checkActive("read tree");
  }

  @Override
  public List<String> names(String directory, CallContext call) {
    call.checkActive("read names");
    return List.of();
  }

  @Override
  public Optional<TreeEntry> find(String path, CallContext call) {
    call.checkActive("find file");
    return Optional.empty();
  }

  @Override
  public InputStream open(TreeEntry entry) throws IOException {
    throw new IOException(entry.path() + ": no such file");
  }

  @Override
  public long size(TreeEntry entry) throws IOException {
    throw new IOException(entry.path() + ": no such file");
  }

  @Override
  public TreeChanges changesSince(String treeId, CallContext call) {
    call.checkActive("compare trees");
    return treeId.equals(id()) ? new TreeChanges.Known(List.of()) : new TreeChanges.Unknown();
  }
}
