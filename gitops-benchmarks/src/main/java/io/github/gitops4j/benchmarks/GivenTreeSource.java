package io.github.gitops4j.benchmarks;

import static java.util.Objects.requireNonNull;

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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives the tree that it was handed last, so that no transfer is in what is measured, and counts
 * the blobs that are opened.
 */
final class GivenTreeSource implements TreeSource {
  private final String id;
  private final RevisionOrder order;
  private final AtomicInteger opened = new AtomicInteger();
  private @Nullable FetchedTree given;

  GivenTreeSource(String id, RevisionOrder order) {
    this.id = id;
    this.order = order;
  }

  /** Takes the tree that is tracked from now on. */
  void give(FetchedTree fetched) {
    given = new FetchedTree(new Counted(fetched.tree()), fetched.revision(), fetched.provenance());
  }

  /** Returns how many blobs were opened since it was asked last. */
  int openedSince() {
    return opened.getAndSet(0);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Revision latest(CallContext call) {
    return requireNonNull(given, "given").revision();
  }

  @Override
  public FetchedTree fetch(Revision revision, CallContext call) {
    return requireNonNull(given, "given");
  }

  @Override
  public RevisionOrder order() {
    return order;
  }

  private final class Counted implements SourceTree {
    private final SourceTree tree;

    Counted(SourceTree tree) {
      this.tree = tree;
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
      opened.incrementAndGet();
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
}
