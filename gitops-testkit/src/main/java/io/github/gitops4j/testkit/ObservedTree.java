package io.github.gitops4j.testkit;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeChanges;
import io.github.gitops4j.source.TreeEntry;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A tree that tells which of its files are opened, for tests of what is read.
 *
 * <p>As thread-safe as what it tells.
 *
 * @since 0.1.0
 */
public final class ObservedTree implements SourceTree {
  private final SourceTree tree;
  private final Consumer<String> opened;

  private ObservedTree(SourceTree tree, Consumer<String> opened) {
    this.tree = requireNonNull(tree, "tree");
    this.opened = requireNonNull(opened, "opened");
  }

  /**
   * Observes a tree.
   *
   * @param opened told the path of a file each time that it is opened
   */
  public static ObservedTree of(SourceTree tree, Consumer<String> opened) {
    return new ObservedTree(tree, opened);
  }

  @Override
  public String id() {
    return tree.id();
  }

  @Override
  public void forEach(Consumer<TreeEntry> visitor, CallContext call) {
    tree.forEach(visitor, call);
  }

  @Override
  public List<String> names(String directory, CallContext call) {
    return tree.names(directory, call);
  }

  @Override
  public Optional<TreeEntry> find(String path, CallContext call) {
    return tree.find(path, call);
  }

  @Override
  public InputStream open(TreeEntry entry) throws IOException {
    opened.accept(entry.path());
    return tree.open(entry);
  }

  @Override
  public long size(TreeEntry entry) throws IOException {
    return tree.size(entry);
  }

  @Override
  public TreeChanges changesSince(String treeId, CallContext call) {
    return tree.changesSince(treeId, call);
  }
}
