package io.github.gitops4j.kubernetes.manifest;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.source.FetchedTree;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.RevisionOrder;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeChanges;
import io.github.gitops4j.source.TreeEntry;
import io.github.gitops4j.source.TreeSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A source in which one file has no end. */
record EndlessFiles(TreeSource source, String path) implements TreeSource {
  @Override
  public String id() {
    return source.id();
  }

  @Override
  public Revision latest(CallContext call) {
    return source.latest(call);
  }

  @Override
  public FetchedTree fetch(Revision revision, CallContext call) {
    FetchedTree fetched = source.fetch(revision, call);
    return new FetchedTree(
        new EndlessTree(fetched.tree(), path), fetched.revision(), fetched.provenance());
  }

  @Override
  public RevisionOrder order() {
    return source.order();
  }

  private record EndlessTree(SourceTree tree, String path) implements SourceTree {
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
    public Optional<TreeEntry> find(String file, CallContext call) {
      return tree.find(file, call);
    }

    @Override
    public InputStream open(TreeEntry entry) throws IOException {
      return entry.path().equals(path) ? new Spaces() : tree.open(entry);
    }

    @Override
    public long size(TreeEntry entry) throws IOException {
      return entry.path().equals(path) ? Long.MAX_VALUE : tree.size(entry);
    }

    @Override
    public TreeChanges changesSince(String treeId, CallContext call) {
      return tree.changesSince(treeId, call);
    }
  }

  private static final class Spaces extends InputStream {
    @Override
    public int read() {
      return ' ';
    }
  }
}
