package io.github.gitops4j.benchmarks;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.source.FetchedTree;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.RevisionOrder;
import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.testkit.ObservedTree;
import java.util.concurrent.atomic.AtomicInteger;
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
    given =
        new FetchedTree(
            ObservedTree.of(fetched.tree(), path -> opened.incrementAndGet()),
            fetched.revision(),
            fetched.provenance());
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
}
